/** Changes made by hand as marks on a chart: a violet dashed line, a diamond on the axis, what was changed beside it. */
import type { Chart, Plugin } from 'chart.js'
import type { Mark } from './edit-words.ts'

/** Marks closer than this on screen share one label. */
const labelRoom = 14
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

function drawLabel({ ctx, chartArea }: MarkedPlot, x: number, y: number, text: string, colours: MarkColours): void {
  ctx.font = `560 11px ${colours.font}`
  const right = x + 6 + ctx.measureText(text).width > chartArea.right
  ctx.textAlign = right ? 'right' : 'left'
  ctx.fillStyle = colours.hand
  ctx.fillText(text, right ? x - 6 : x + 6, y)
}

/** Draws marks where `placeX` puts their epochs; those outside the plot are left out, crowded labels step down. */
export function drawMarks(
  plot: MarkedPlot,
  marks: readonly Mark[],
  placeX: (epoch: number) => number,
  colours: MarkColours,
): void {
  const { ctx, chartArea } = plot
  ctx.save()
  let lastX = Number.NEGATIVE_INFINITY
  let line = 0
  for (const { epoch, text } of marks) {
    const x = placeX(epoch)
    if (x < chartArea.left - 1 || x > chartArea.right + 1) continue
    drawMark(plot, x, colours)
    line = x - lastX < labelRoom * 6 ? line + 1 : 0
    lastX = x
    if (line < 4) drawLabel(plot, x, chartArea.top + 11 + line * labelRoom, text, colours)
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
