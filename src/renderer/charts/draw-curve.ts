/** Curves of training and test data on any 2D context, with axes, units and a legend: the chart as it goes into a document. */
import { t } from '../i18n/index.ts'
import type { Palette } from '../map/palette.ts'
import type { CurvePoints } from '../stores/curve-points.ts'
import { type ChartPoint, type CurveColumn, curveLine, curveValue } from './decimate.ts'
import { drawMarks } from './edit-marks.ts'
import type { Mark } from './edit-words.ts'
import { epochRange, logRange, tickText } from './loss-options.ts'
import { placeIn, type Span, spanOf, ticksOf } from './value-chart.ts'

/** What is drawn, and how large in px. */
export interface CurvePicture {
  readonly points: CurvePoints
  /** Points of a run beside; none where there is no such run. */
  readonly beside: CurvePoints
  /** What the two are called; empty where there is one. */
  readonly names: readonly [string, string]
  /** Changes made by hand. */
  readonly marks: readonly Mark[]
  readonly columns: readonly [CurveColumn, CurveColumn]
  readonly log: boolean
  readonly isShare: boolean
  readonly title: string
  readonly palette: Palette
  readonly width: number
  readonly height: number
}

const pad = { left: 58, right: 20, top: 44, bottom: 40 } as const
const stretches = 400

/** The axis as it is drawn: values turned into places between 0 and 1, and the ticks. */
interface Axis {
  readonly span: Span
  readonly ticks: readonly number[]
  of(value: number): number
}

function valueAxis(values: readonly number[], { log, isShare }: CurvePicture): Axis {
  if (log) {
    const { min, max } = logRange(values)
    const powers = Array.from({ length: 40 }, (_, n) => 10 ** (Math.floor(Math.log10(min)) + n))
    const ticks = powers
      .flatMap((power) => (max / min > 1e3 ? [power] : [power, 2 * power, 5 * power]))
      .filter((tick) => tick >= min * 0.999 && tick <= max * 1.001)
    return { span: { low: Math.log10(min), high: Math.log10(max) }, ticks, of: Math.log10 }
  }
  const { low, high } = spanOf(values, 0.05)
  const span = isShare ? { low: Math.max(0, low), high: Math.min(1, high) } : { low: 0, high: Math.max(high, 1e-6) }
  return { span, ticks: ticksOf(span, 5), of: (value) => value }
}

function strokeLine(
  context: CanvasRenderingContext2D,
  line: readonly { readonly x: number; readonly y: number }[],
): void {
  context.beginPath()
  line.forEach(({ x, y }, n) => {
    if (n === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
  context.stroke()
}

/** Draws the picture, `ratio` pixels of the context a px. */
export function drawCurve(context: CanvasRenderingContext2D, picture: CurvePicture, ratio: number): void {
  const { points, beside, columns, log, isShare, palette, width, height } = picture
  const linesOf = (of: CurvePoints): ChartPoint[][] =>
    columns.map((column) => curveLine(of, column, stretches).filter((point) => !log || point.y > 0))
  const [lines, besides] = [linesOf(points), linesOf(beside)]
  const y = valueAxis(
    [...lines, ...besides].flatMap((line) => line.map((point) => point.y)),
    picture,
  )
  const epochs = epochRange(Math.max(...[points, beside].map((of) => curveValue(of, of.count - 1, 'epoch') || 0)))
  const x: Span = { low: epochs.min, high: epochs.max }
  const [right, bottom] = [width - pad.right, height - pad.bottom]
  const placeX = (value: number): number => placeIn(x, value, pad.left, right)
  const placeY = (value: number): number => placeIn(y.span, y.of(value), bottom, pad.top)
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.fillStyle = palette.surface
  context.fillRect(0, 0, width, height)
  context.textBaseline = 'alphabetic'
  context.lineWidth = 1
  context.font = `500 11px ${palette.font}`
  context.textAlign = 'right'
  for (const tick of y.ticks) {
    context.strokeStyle = palette.line
    strokeLine(context, [
      { x: pad.left, y: placeY(tick) },
      { x: right, y: placeY(tick) },
    ])
    context.fillStyle = palette.ink3
    context.fillText(isShare ? `${tickText(tick * 100)} %` : tickText(tick), pad.left - 8, placeY(tick) + 4)
  }
  context.textAlign = 'center'
  for (const tick of ticksOf(x, 6)) context.fillText(tickText(tick), placeX(tick), bottom + 16)
  context.textAlign = 'right'
  context.fillText(t('chart.epoch'), right, bottom + 32)
  const place = (line: readonly ChartPoint[]) => line.map((point) => ({ x: placeX(point.x), y: placeY(point.y) }))
  besides.forEach((line, n) => {
    drawLine(context, place(line), n === 1, palette.hand, 1.4)
  })
  lines.forEach((line, n) => {
    drawLine(context, place(line), n === 1, n === 1 ? palette.test : palette.ink, 1.8)
  })
  const chartArea = { left: pad.left, right, top: pad.top, bottom }
  drawMarks({ ctx: context, chartArea }, picture.marks, placeX, palette)
  drawHead(context, picture)
}

function drawLine(
  context: CanvasRenderingContext2D,
  line: readonly { readonly x: number; readonly y: number }[],
  isTest: boolean,
  colour: string,
  lineWidth: number,
): void {
  context.strokeStyle = colour
  context.lineWidth = lineWidth
  context.lineJoin = 'round'
  context.setLineDash(isTest ? [4, 2.5] : [])
  if (line.length > 1) strokeLine(context, line)
  context.setLineDash([])
}

/** Title on the left, what the two lines are on the right. */
function drawHead(context: CanvasRenderingContext2D, { palette, title, width, beside, names }: CurvePicture): void {
  context.textAlign = 'left'
  context.fillStyle = palette.ink
  context.font = `620 14px ${palette.font}`
  context.fillText(title, 16, 24)
  context.font = `500 12px ${palette.font}`
  let at = width - pad.right
  const [own, other] = names.map((name) => (name === '' ? '' : `${name} `))
  const entries = [
    ...(beside.count === 0 ? [] : [true, false].map((isTest) => ({ isTest, of: other, colour: palette.hand }))),
    ...[true, false].map((isTest) => ({ isTest, of: own, colour: isTest ? palette.test : palette.ink })),
  ]
  for (const { isTest, of, colour } of entries) {
    const name = `${of ?? ''}${t(isTest ? 'chart.test' : 'chart.train')}`
    const room = context.measureText(name).width
    context.textAlign = 'right'
    context.fillStyle = palette.ink2
    context.fillText(name, at, 24)
    const key = [28, 6].map((left) => ({ x: at - room - left, y: 20 }))
    drawLine(context, key, isTest, colour, 1.8)
    at -= room + 44
  }
}
