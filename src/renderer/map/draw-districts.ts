/** Draws the grounds of the layers with their titles. */
import { writeText } from './draw-text.ts'
import type { District, MapLayout } from './layout.ts'
import type { Scene } from './scene.ts'

/** Distance of two layer numbers, in px. */
const numberRoom = 30

/** Layers between two numbers where titles have no room: a round number. */
function numberEvery({ districts }: MapLayout): number {
  const pitch = Math.max(0.1, (districts[1]?.centre ?? 1) - (districts[0]?.centre ?? 0))
  return [1, 2, 5, 10, 20, 50, 100].find((every) => every * pitch >= numberRoom) ?? 200
}

/** Grounds of the layers with their titles. */
export function drawDistricts(context: CanvasRenderingContext2D, scene: Scene): void {
  const { layout, palette, view } = scene
  const number = { size: 11, weight: 500, colour: palette.districtInk }
  const every = numberEvery(layout)
  for (const district of layout.districts) {
    if (district.x > view.left + view.width || district.x + district.width < view.left) continue
    context.fillStyle = palette.district
    context.beginPath()
    context.roundRect(district.x, district.y, district.width, district.height, district.radius)
    context.fill()
    if (district.layer === scene.operation?.layer) {
      context.strokeStyle = palette.ink
      context.lineWidth = 2
      context.stroke()
    }
    if (district.titled) drawTitle(context, scene, district)
    else if (district.layer % every === 0) {
      writeText(context, palette, String(district.layer), district.centre, district.y - 7, number)
    }
  }
}

function drawTitle(context: CanvasRenderingContext2D, scene: Scene, district: District): void {
  const { layout, palette } = scene
  const words = scene.districts[district.layer]
  if (words === undefined) return
  const bar = layout.picture === 'bar'
  const next = layout.districts[district.layer + 1] ?? layout.districts[district.layer - 1]
  const pitch = next === undefined ? district.width : Math.abs(next.centre - district.centre)
  const room = Math.max(district.width, Math.min(pitch - 6, 200))
  const x = district.x + district.width / 2
  const title = { size: bar ? 13 : 12, weight: 620, colour: palette.ink2 }
  context.font = `${title.weight} ${title.size}px ${palette.font}`
  const fits = context.measureText(words.title).width <= room
  writeText(context, palette, fits ? words.title : String(district.layer), x, district.y + (bar ? 26 : 21), title)
  if (!fits || layout.height < 440) return
  context.font = `500 11px ${palette.font}`
  if (context.measureText(words.subtitle).width > room) return
  writeText(context, palette, words.subtitle, x, district.y + (bar ? 43 : 36), {
    size: 11,
    weight: 500,
    colour: palette.districtInk,
  })
}
