/** The loss chart's look: axes, lines, tooltip, in the page's colours. */
import type { Chart, ChartDataset, ChartOptions, Plugin, TooltipItem } from 'chart.js'
import { fixed, percent, small, whole } from '../i18n/format.ts'
import { t } from '../i18n/index.ts'
import type { Palette } from '../map/palette.ts'
import type { CurvePoints } from '../stores/curve-points.ts'
import { type ChartPoint, curveValue } from './decimate.ts'
import { spanOf } from './value-chart.ts'
import type { Stretch } from './zoom.ts'

export type LossDataset = ChartDataset<'line', ChartPoint[]>

/** A curve as it is, or a smoothed one with the raw one faint beneath. */
export interface CurveLines {
  readonly shown: ChartPoint[]
  readonly raw: ChartPoint[]
}

/** How much of its colour a raw curve keeps beneath a smoothed one. */
const faint = '59'

/** Train in solid ink, test in dashed teal; raw curves behind smoothed ones. */
export function lossDatasets(train: CurveLines, test: CurveLines, colours: Palette): LossDataset[] {
  const raw = (data: ChartPoint[], colour: string): LossDataset => ({
    label: '',
    data,
    parsing: false,
    borderColor: /^#[0-9a-f]{6}$/i.test(colour) ? `${colour}${faint}` : colour,
    borderWidth: 1,
    pointRadius: 0,
    pointHoverRadius: 0,
    tension: 0,
  })
  const line = (label: string, data: ChartPoint[], colour: string, dash: number[], fill: string): LossDataset => ({
    label,
    data,
    parsing: false,
    borderColor: colour,
    borderDash: dash,
    borderWidth: 1.8,
    // The same for every point: radii that differ would have Chart.js resolve all options of all points at each drawing.
    pointRadius: 0,
    pointHoverRadius: 4,
    pointBackgroundColor: fill,
    pointBorderColor: colour,
    pointBorderWidth: 1.6,
    tension: 0,
  })
  return [
    line(t('chart.train'), train.shown, colours.ink, [], colours.ink),
    line(t('chart.test'), test.shown, colours.test, [4, 2.5], colours.surface),
    ...(train.raw.length > 0 ? [raw(train.raw, colours.ink)] : []),
    ...(test.raw.length > 0 ? [raw(test.raw, colours.test)] : []),
  ]
}

/** The curves of a run beside, thinner, in the colour of what is done by hand, without words of their own. */
export function besideDatasets(train: ChartPoint[], test: ChartPoint[], colours: Palette): LossDataset[] {
  const line = (data: ChartPoint[], dash: number[]): LossDataset => ({
    label: '',
    data,
    parsing: false,
    borderColor: colours.hand,
    borderDash: dash,
    borderWidth: 1.4,
    pointRadius: 0,
    pointHoverRadius: 0,
    tension: 0,
  })
  return [line(train, []), line(test, [4, 2.5])]
}

/** Least and greatest epoch, the latter rounded up so that the axis does not jump with every point. */
export function epochRange(last: number): { min: number; max: number } {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, last))))
  return { min: 0, max: Math.max(1, Math.ceil(last / (unit / 2)) * (unit / 2)) }
}

/** Bounds of a log axis: 1, 2 or 5 of a power of ten below and above all values. */
export function logRange(values: readonly number[]): { min: number; max: number } {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value))
  if (positive.length === 0) return { min: 0.1, max: 1 }
  const least = positive.reduce((a, b) => Math.min(a, b))
  const most = positive.reduce((a, b) => Math.max(a, b))
  const power = (value: number): number => 10 ** Math.floor(Math.log10(value) + 1e-9)
  const below = [5, 2, 1].find((step) => step * power(least) <= least * (1 + 1e-9)) ?? 1
  const above = [1, 2, 5, 10].find((step) => step * power(most) >= most * (1 - 1e-9)) ?? 10
  const [min, max] = [below * power(least), above * power(most)]
  return min === max ? { min: min / 2, max } : { min, max }
}

/** Text of a tick: few digits, powers of ten as `1e−4`. */
export function tickText(value: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size < 1e-4 || size >= 1e5) return value.toExponential(0).replace('e-', 'e−').replace('e+', 'e')
  return String(Number(value.toPrecision(3))).replace('-', '−')
}

/** Ticks of a log axis that are kept: 1, 2 and 5 of each power, or the powers alone. */
const isLogTick = (value: number, powersOnly: boolean): boolean => {
  const first = value / 10 ** Math.floor(Math.log10(value) + 1e-9)
  return (powersOnly ? [1] : [1, 2, 5]).some((step) => Math.abs(first - step) < 1e-6)
}

function tooltipTitle(items: readonly TooltipItem<'line'>[], points: CurvePoints): string {
  const raw = items[0]?.raw
  const row = typeof raw === 'object' && raw !== null && 'row' in raw && typeof raw.row === 'number' ? raw.row : -1
  const epoch = curveValue(points, row, 'epoch')
  return t('chart.tooltipTitle', {
    epoch: fixed(epoch, Number.isInteger(epoch) ? 0 : 2),
    step: whole(curveValue(points, row, 'step')),
  })
}

/** Room in px for the newest value beside its point, also where that stands at the end of the axis. */
const valueRoom = 44
/** How near the floor, in px, the newest value takes the place of the unit. */
const valueHeight = 28

/** What a chart of curves shows. */
export interface CurveLook {
  readonly log: boolean
  /** Epochs in sight; null for all. */
  readonly view: Stretch | null
  /** Shares are shown in percent, from 0 to 1. */
  readonly isShare: boolean
  /** Last epoch of a run beside; 0 for none. */
  readonly lastBeside: number
}

/** A linear axis from 0; of a part of the curve, and of shares, only as far as its values reach. */
function linearRange(
  values: readonly number[],
  { view, isShare }: Pick<CurveLook, 'view' | 'isShare'>,
): { min: number; max?: number } {
  if (view === null && !isShare) return { min: 0 }
  const { low, high } = spanOf(values, 0.06)
  const min = Math.max(0, low)
  return isShare ? { min: Math.floor(min * 20) / 20, max: Math.min(1, high) } : { min, max: high }
}

/** Options for the points as they are now, `values` being all that are drawn; nothing animates. */
export function lossOptions(
  points: CurvePoints,
  look: CurveLook,
  values: readonly number[],
  colours: Palette,
): ChartOptions<'line'> {
  const { log, view, isShare } = look
  const range = log ? logRange(values) : linearRange(values, look)
  const manyDecades = log && (range.max ?? 1) / range.min > 1e3
  const font = { family: colours.font, size: 11, weight: 500 }
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    interaction: { mode: 'index', intersect: false, axis: 'x' },
    layout: { padding: { top: 6, right: valueRoom } },
    scales: {
      x: {
        type: 'linear',
        ...(view ?? epochRange(Math.max(curveValue(points, points.count - 1, 'epoch') || 0, look.lastBeside))),
        grid: { drawOnChartArea: false, color: colours.line2 },
        border: { color: colours.line2 },
        ticks: {
          color: colours.ink3,
          font,
          maxTicksLimit: 6,
          maxRotation: 0,
          callback: (value) => tickText(Number(value)),
        },
      },
      y: {
        type: log ? 'logarithmic' : 'linear',
        ...range,
        grid: { color: colours.line },
        border: { display: false },
        afterBuildTicks: (axis) => {
          if (log) axis.ticks = axis.ticks.filter(({ value }) => isLogTick(value, manyDecades))
        },
        ticks: {
          color: colours.ink3,
          font,
          maxTicksLimit: 6,
          callback: (value) => (isShare ? `${tickText(Number(value) * 100)} %` : tickText(Number(value))),
        },
      },
    },
    plugins: {
      tooltip: {
        animation: false,
        backgroundColor: colours.ink,
        titleColor: colours.surface,
        bodyColor: colours.surface,
        titleFont: { family: colours.font, size: 12, weight: 620 },
        bodyFont: { family: colours.font, size: 12, weight: 400 },
        displayColors: false,
        filter: ({ dataset }) => dataset.label !== '',
        callbacks: {
          title: (items) => tooltipTitle(items, points),
          label: ({ dataset, parsed }) =>
            `${dataset.label ?? ''} ${isShare ? `${percent(parsed.y, 2)} %` : small(parsed.y, 4)}`,
        },
      },
    },
  }
}

/** Radius of the dot at the newest point of a curve. */
const newestRadius = 3.2

/** Dots at the newest points of training and test data, where these are in sight. */
function drawNewest(chart: Chart<'line'>, { ink, test, surface }: Palette): void {
  const { ctx, chartArea } = chart
  ctx.lineWidth = 1.6
  for (const [index, line, fill] of [
    [0, ink, ink],
    [1, test, surface],
  ] as const) {
    const point = chart.getDatasetMeta(index).data.at(-1)
    if (point === undefined || !(point.x > chartArea.left && point.x < chartArea.right + 1)) continue
    ctx.strokeStyle = line
    ctx.fillStyle = fill
    ctx.beginPath()
    ctx.arc(point.x, point.y, newestRadius, 0, 2 * Math.PI)
    ctx.fill()
    ctx.stroke()
  }
}

/** A plugin that marks the newest points, and writes the unit into the plot's corner and the newest training loss. */
export function plotNotes(colours: () => Palette, isShare: () => boolean): Plugin<'line'> {
  return {
    id: 'plotNotes',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea, data } = chart
      const { ink2, ink3, surface, font } = colours()
      ctx.save()
      drawNewest(chart, colours())
      ctx.font = `500 11px ${font}`
      ctx.textAlign = 'right'
      ctx.fillStyle = ink3
      const newest = data.datasets[0]?.data.at(-1)
      const point = chart.getDatasetMeta(0).data.at(-1)
      const unit = t('chart.epoch')
      // The corner belongs to the newest point where that comes down into it; the unit then stands above its value.
      const meets =
        point !== undefined &&
        point.x > chartArea.right - ctx.measureText(unit).width - valueRoom &&
        point.y > chartArea.bottom - valueHeight
      const floor = chartArea.bottom - 6
      ctx.fillText(unit, chartArea.right, meets ? Math.min(floor, point.y - 14) : floor)
      const inSight = point !== undefined && point.x > chartArea.left && point.x < chartArea.right + 1
      if (inSight && typeof newest === 'object' && newest !== null && 'y' in newest) {
        const text = isShare() ? percent(newest.y ?? null) : small(newest.y ?? null, 3)
        ctx.textAlign = 'left'
        ctx.strokeStyle = surface
        ctx.lineWidth = 4
        ctx.lineJoin = 'round'
        const [x, y] = [point.x + 8, point.y + 4]
        ctx.strokeText(text, x, y)
        ctx.fillStyle = ink2
        ctx.fillText(text, x, y)
      }
      ctx.restore()
    },
  }
}

/** A plugin that draws where the curves are read, and the stretch that is being chosen. */
export function readingMarks(
  reading: () => number | null,
  chosen: () => readonly [number, number] | null,
  colours: () => Palette,
): Plugin<'line'> {
  return {
    id: 'readingMarks',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea } = chart
      const scale = chart.scales.x
      if (scale === undefined) return
      const { top, bottom, left, right } = chartArea
      ctx.save()
      const epoch = reading()
      const x = epoch === null ? Number.NaN : Math.round(scale.getPixelForValue(epoch)) + 0.5
      if (x >= left && x <= right + 1) {
        ctx.strokeStyle = colours().ink3
        ctx.lineWidth = 1
        ctx.beginPath()
        ctx.moveTo(x, top)
        ctx.lineTo(x, bottom)
        ctx.stroke()
      }
      const stretch = chosen()
      if (stretch !== null) {
        ctx.globalAlpha = 0.12
        ctx.fillStyle = colours().ink
        ctx.fillRect(Math.min(...stretch), top, Math.abs(stretch[1] - stretch[0]), bottom - top)
      }
      ctx.restore()
    },
  }
}
