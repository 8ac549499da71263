/** The loss chart's look: axes, lines, tooltip, in the page's colours. */
import type { ChartDataset, ChartOptions, Plugin, TooltipItem } from 'chart.js'
import { fixed, whole } from '../i18n/format.ts'
import { t } from '../i18n/index.ts'
import type { Palette } from '../map/palette.ts'
import type { CurvePoints } from '../stores/curve-points.ts'
import { type ChartPoint, curveValue } from './decimate.ts'

export type LossDataset = ChartDataset<'line', ChartPoint[]>

/** Train in solid ink, test in dashed teal, each with a dot at its newest point. */
export function lossDatasets(train: ChartPoint[], test: ChartPoint[], colours: Palette): LossDataset[] {
  const line = (label: string, data: ChartPoint[], colour: string, dash: number[], fill: string): LossDataset => ({
    label,
    data,
    parsing: false,
    borderColor: colour,
    borderDash: dash,
    borderWidth: 1.8,
    pointRadius: ({ dataIndex }) => (dataIndex === data.length - 1 ? 3.2 : 0),
    pointHoverRadius: 4,
    pointBackgroundColor: fill,
    pointBorderColor: colour,
    pointBorderWidth: 1.6,
    tension: 0,
  })
  return [
    line(t('chart.train'), train, colours.ink, [], colours.ink),
    line(t('chart.test'), test, colours.test, [4, 2.5], colours.surface),
  ]
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

/** Options for the points as they are now, `values` being all losses that are drawn; nothing animates. */
export function lossOptions(
  points: CurvePoints,
  log: boolean,
  values: readonly number[],
  colours: Palette,
): ChartOptions<'line'> {
  const range = log ? logRange(values) : { min: 0 }
  const manyDecades = 'max' in range && range.max / range.min > 1e3
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
        ...epochRange(curveValue(points, points.count - 1, 'epoch') || 0),
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
          callback: (value) => tickText(Number(value)),
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
        callbacks: {
          title: (items) => tooltipTitle(items, points),
          label: ({ dataset, parsed }) => `${dataset.label ?? ''} ${fixed(parsed.y, 4)}`,
        },
      },
    },
  }
}

/** A plugin that writes the unit into the plot's corner and the newest training loss beside its point. */
export function plotNotes(colours: () => Palette): Plugin<'line'> {
  return {
    id: 'plotNotes',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea, data } = chart
      const { ink2, ink3, surface, font } = colours()
      ctx.save()
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
      if (point !== undefined && typeof newest === 'object' && newest !== null && 'y' in newest) {
        const text = fixed(newest.y ?? null, 3)
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
