/** Changes made by hand as marks on a chart: a violet dashed line, a diamond on the axis, what was changed beside it. */
import type { Chart, Plugin } from 'chart.js'
import type { Mark } from './edit-words.ts'

/** Lines of labels, their height, and how far a label keeps from its mark and from others, in px. */
const labelLines = 4
const labelHeight = 14
const beside = 6
/** Labels of one line are this far apart. */
const apart = 12
const diamond = 5

interface MarkColours {
  readonly hand: string
  readonly surface: string
  readonly font: string
}

/** Where curves are drawn: a chart on screen, or a picture. */
export type MarkedPlot = Pick<Chart, 'ctx'> & {
  readonly chartArea: Pick<Chart['chartArea'], 'left' | 'right' | 'top' | 'bottom'>
}

function drawMark({ ctx, chartArea }: MarkedPlot, x: number, colours: MarkColours): void {
  ctx.strokeStyle = colours.hand
  ctx.lineWidth = 1
  ctx.setLineDash([2, 2])
  ctx.beginPath()
  ctx.moveTo(x, chartArea.top)
  ctx.lineTo(x, chartArea.bottom)
  ctx.stroke()
  ctx.setLineDash([])
  ctx.beginPath()
  ctx.moveTo(x, chartArea.bottom - diamond)
  ctx.lineTo(x + diamond, chartArea.bottom)
  ctx.lineTo(x, chartArea.bottom + diamond)
  ctx.lineTo(x - diamond, chartArea.bottom)
  ctx.closePath()
  ctx.fillStyle = colours.hand
  ctx.fill()
  ctx.strokeStyle = colours.surface
  ctx.lineWidth = 1.5
  ctx.stroke()
}

/** As much of a text as has room, with `…` for the rest. */
export function shortened(text: string, room: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= room) return text
  let end = text.length
  while (end > 0 && widthOf(`${text.slice(0, end).trimEnd()}…`) > room) end--
  return end === 0 ? '' : `${text.slice(0, end).trimEnd()}…`
}

/** A label's stretch on its line. */
interface Label {
  readonly line: number
  readonly from: number
  readonly to: number
}

/** Where a label of this width has room: beside its mark, on the first line that is free there; null for nowhere. */
export function roomFor(x: number, width: number, right: number, taken: readonly Label[]): Label | null {
  const from = x + beside + width > right ? x - beside - width : x + beside
  const to = from + width
  for (let line = 0; line < labelLines; line++) {
    const isFree = taken.every((other) => other.line !== line || to + apart < other.from || from - apart > other.to)
    if (isFree) return { line, from, to }
  }
  return null
}

/** Draws marks where `placeX` puts their epochs; those outside the plot are left out, and labels that find no room. */
export function drawMarks(
  plot: MarkedPlot,
  marks: readonly Mark[],
  placeX: (epoch: number) => number,
  colours: MarkColours,
): void {
  const { ctx, chartArea } = plot
  const taken: Label[] = []
  ctx.save()
  for (const { epoch, text } of marks) {
    const x = placeX(epoch)
    if (x < chartArea.left - 1 || x > chartArea.right + 1) continue
    drawMark(plot, x, colours)
    ctx.font = `560 11px ${colours.font}`
    const widthOf = (part: string): number => ctx.measureText(part).width
    const room = Math.max(chartArea.right - x, x - chartArea.left) - beside
    const shown = shortened(text, room, widthOf)
    const label = roomFor(x, widthOf(shown), chartArea.right, taken)
    if (label === null) continue
    taken.push(label)
    ctx.textAlign = 'left'
    ctx.fillStyle = colours.hand
    ctx.fillText(shown, label.from, chartArea.top + labelHeight * (label.line + 1) - 3)
  }
  ctx.restore()
}

/** A Chart.js plugin that asks for the marks at every drawing. */
export function editMarks(marks: () => readonly Mark[], colours: () => MarkColours): Plugin<'line'> {
  return {
    id: 'editMarks',
    afterDatasetsDraw(chart) {
      const scale = chart.scales.x
      if (scale !== undefined) drawMarks(chart, marks(), (epoch) => scale.getPixelForValue(epoch), colours())
    },
  }
}
