/** Draws what an operation of a step says at the stops: sums and values, target and answer, slopes, what moved. */
import { fixed, signed, significant } from '../i18n/format.ts'
import { drawTag, tagResult, tagRoom, tagValue } from './alone.ts'
import type { Stop } from './layout.ts'
import { type Scene, valueAt } from './scene.ts'

/** Digits of a slope and of a value that moved. */
const digits = 3

const stopsOf = ({ network, layout }: Scene, layer: number): readonly Stop[] => {
  const { firstNode = 0, units = 0 } = network.layers[layer] ?? {}
  return layout.stops.slice(firstNode, firstNode + units)
}

/** A number beside a stop, where its row has the room: left of an output of a bar map, whose name stands at its right. */
function tagBeside(context: CanvasRenderingContext2D, scene: Scene, stop: Stop, text: string): void {
  if (stop.room < tagRoom) return
  const isLast = stop.layer === scene.network.layers.length - 1
  if (isLast && scene.layout.picture === 'bar')
    drawTag(context, scene, text, stop.x - stop.width / 2 - 8, stop.y, 'right')
  else if (isLast) drawTag(context, scene, text, stop.x, stop.y + stop.height / 2 + stop.size.below + 10, 'centre')
  else drawTag(context, scene, text, stop.x + stop.width / 2 + 8, stop.y, 'left')
}

function tagForward(context: CanvasRenderingContext2D, scene: Scene, layer: number): void {
  // Bars have their values written beside them.
  if (scene.layout.picture === 'bar') return
  for (const stop of stopsOf(scene, layer - 1)) tagValue(context, scene, stop)
  for (const stop of stopsOf(scene, layer)) if (stop.room >= tagRoom) tagResult(context, scene, stop)
}

function tagLoss(context: CanvasRenderingContext2D, scene: Scene, layer: number): void {
  const isClasses = scene.network.task === 'classes'
  for (const stop of stopsOf(scene, layer)) {
    const [answer, wanted] = [valueAt(scene.read.activations, stop.node), valueAt(scene.read.wanted, stop.index)]
    if (answer === null || wanted === null) continue
    const text = isClasses
      ? `p ${fixed(answer, 2)} · ${wanted < 0 ? 'r' : 't'} ${significant(wanted, 2)}`
      : `y ${fixed(answer, 2)} · t ${fixed(wanted, 2)}`
    tagBeside(context, scene, stop, text)
  }
}

function tagSlopes(context: CanvasRenderingContext2D, scene: Scene, layer: number): void {
  for (const stop of stopsOf(scene, layer)) {
    const delta = valueAt(scene.read.deltas, stop.node)
    if (delta !== null) tagBeside(context, scene, stop, `δ ${significant(delta, digits)}`)
  }
}

/** A bias before and after. */
function tagMoved(context: CanvasRenderingContext2D, scene: Scene): void {
  for (const { layer, index } of scene.operation?.biases ?? []) {
    const stop = stopsOf(scene, layer)[index]
    const place = (scene.network.layers[layer]?.bias?.offset ?? 0) + index
    const [from, to] = [valueAt(scene.read.before, place), valueAt(scene.read.parameters, place)]
    if (stop !== undefined && from !== null && to !== null) tagBeside(context, scene, stop, `b ${movedText(from, to)}`)
  }
}

/** A parameter before and after its update. */
export const movedText = (from: number, to: number): string => `${signed(from, digits)} → ${signed(to, digits)}`

/** Writes the numbers of the operation beside the stops of its layer. */
export function drawOperation(context: CanvasRenderingContext2D, scene: Scene): void {
  const { operation, mode } = scene
  if (operation === null || mode === 'quiet') return
  if (operation.kind === 'update') tagMoved(context, scene)
  else if (operation.layer === null) return
  else if (operation.kind === 'forward') tagForward(context, scene, operation.layer)
  else if (operation.kind === 'loss') tagLoss(context, scene, operation.layer)
  else tagSlopes(context, scene, operation.layer)
}
