import { expect, it } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import { useChartZoom } from '../../../src/renderer/charts/use-chart-zoom.ts'
import { type CurvePoints, curveColumns } from '../../../src/renderer/stores/curve-points.ts'

/** A curve of so many epochs. */
const curveOf = (count: number): CurvePoints => {
  const rows = new Float32Array(count * curveColumns)
  for (let row = 0; row < count; row++) rows[row * curveColumns] = row
  return { rows, count }
}

function zoomed(count: number) {
  const points = shallowRef(curveOf(count))
  const zoom = useChartZoom(points, () => null, { rowAtPixel: () => 0, choose: () => {} })
  const press = (code: string): void => zoom.onKey(new KeyboardEvent('keydown', { code }))
  return { points, zoom, press }
}

it('a curve that begins anew is read at its newest point and seen whole', async () => {
  const { points, zoom, press } = zoomed(50)
  press('ArrowLeft')
  press('Equal')
  expect([zoom.read.value, zoom.isZoomed.value]).toEqual([48, true])
  points.value = curveOf(60)
  await nextTick()
  expect([zoom.read.value, zoom.isZoomed.value]).toEqual([48, true])
  points.value = curveOf(0)
  await nextTick()
  expect([zoom.read.value, zoom.isZoomed.value]).toEqual([null, false])
})
