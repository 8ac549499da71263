/** The map as a tree for keyboard and screen reader: layers, their stops, each stop's bias and incoming weights. */
import { stopSides } from '../../core/spec/index.ts'
import { choiceName } from '../controls/choice-name.ts'
import { fixed, signed, whole } from '../i18n/format.ts'
import { heldWords, type MapHolds, marksOf } from './holds.ts'
import { joinedTotal } from './joined.ts'
import { lineNumbers } from './line-words.ts'
import type { MapLayer, MapNetwork } from './network.ts'
import type { MapValues } from './scene.ts'
import { type Selection, selectBias, selectNode, selectWeight } from './selection.ts'
import { type Captions, layerName, stopName, stopPath, type Translate, tokenAt } from './words.ts'

/** The focused item: a layer, a stop of it, a line of that. Line 0 is the bias, line 1 + i the weight of source i. */
export interface TreeFocus {
  readonly layer: number
  readonly stop: number | null
  readonly line: number | null
}

/** An item that is there to be focused; `place` and `count` are its position among its siblings. */
export interface TreeItem {
  readonly id: string
  readonly level: 1 | 2 | 3
  readonly place: number
  readonly count: number
  /** null where there is nothing below. */
  readonly expanded: boolean | null
  readonly focus: TreeFocus
}

/** Siblings further from the focus than this are left out; `aria-setsize` still counts them. */
const siblingWindow = 24

const itemId = ({ layer, stop, line }: TreeFocus): string =>
  [layer, stop, line].filter((part) => part !== null).join('-')

/** Lines of a stop: its bias and its incoming weights; the input has none, nor has a layer without parameters. */
export function lineCount(network: MapNetwork, layer: number): number {
  const ins = network.gaps[layer - 1]?.ins ?? 0
  return ins > 0 || (network.layers[layer]?.bias ?? null) !== null ? 1 + ins : 0
}

function near(count: number, at: number): number[] {
  const start = Math.max(0, at - siblingWindow)
  return Array.from({ length: Math.min(count, at + siblingWindow + 1) - start }, (_, n) => start + n)
}

/** Items to be shown: all layers, the focused layer's stops, the opened stop's lines. */
export function treeItems(network: MapNetwork, focus: TreeFocus): TreeItem[] {
  const items: TreeItem[] = []
  const push = (item: Omit<TreeItem, 'id'>): void => void items.push({ ...item, id: itemId(item.focus) })
  const layers = network.layers.length
  for (const layer of near(layers, focus.layer)) {
    const units = network.layers[layer]?.units ?? 0
    const open = layer === focus.layer
    push({ level: 1, place: layer + 1, count: layers, expanded: open, focus: { layer, stop: null, line: null } })
    if (!open) continue
    const lines = lineCount(network, layer)
    for (const stop of near(units, focus.stop ?? 0)) {
      const opened = stop === focus.stop && focus.line !== null
      const expanded = lines === 0 ? null : opened
      push({ level: 2, place: stop + 1, count: units, expanded, focus: { layer, stop, line: null } })
      if (!opened) continue
      for (const line of near(lines, focus.line ?? 0)) {
        push({ level: 3, place: line + 1, count: lines, expanded: null, focus: { layer, stop, line } })
      }
    }
  }
  return items
}

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value))

function alongLayers(network: MapNetwork, focus: TreeFocus, step: number): TreeFocus {
  const layer = clamp(focus.layer + step, network.layers.length)
  if (layer === focus.layer) return focus
  const stop = focus.stop === null ? null : clamp(focus.stop, network.layers[layer]?.units ?? 1)
  return { layer, stop, line: null }
}

function alongSiblings(network: MapNetwork, focus: TreeFocus, step: number): TreeFocus {
  const { layer, stop, line } = focus
  if (stop === null) return step > 0 ? { layer, stop: 0, line: null } : focus
  if (line === null) {
    if (stop + step < 0) return { layer, stop: null, line: null }
    return { layer, stop: clamp(stop + step, network.layers[layer]?.units ?? 1), line: null }
  }
  if (line + step < 0) return { layer, stop, line: null }
  return { layer, stop, line: clamp(line + step, lineCount(network, layer)) }
}

function toEnd(network: MapNetwork, focus: TreeFocus, last: boolean): TreeFocus {
  const { layer, stop, line } = focus
  const at = (count: number): number => (last ? count - 1 : 0)
  if (stop === null) return { layer: at(network.layers.length), stop: null, line: null }
  if (line === null) return { layer, stop: at(network.layers[layer]?.units ?? 1), line: null }
  return { layer, stop, line: at(lineCount(network, layer)) }
}

function into(network: MapNetwork, focus: TreeFocus): TreeFocus {
  if (focus.stop === null) return { ...focus, stop: 0 }
  return focus.line === null && lineCount(network, focus.layer) > 0 ? { ...focus, line: 0 } : focus
}

function outOf(focus: TreeFocus): TreeFocus {
  if (focus.line !== null) return { ...focus, line: null }
  return { ...focus, stop: null }
}

/** Where a key leads: arrows, Home, End, Enter (in), Escape (out); null for a key that moves nothing here. */
export function moveFocus(network: MapNetwork, focus: TreeFocus, key: string): TreeFocus | null {
  switch (key) {
    case 'ArrowRight':
      return alongLayers(network, focus, 1)
    case 'ArrowLeft':
      return alongLayers(network, focus, -1)
    case 'ArrowDown':
      return alongSiblings(network, focus, 1)
    case 'ArrowUp':
      return alongSiblings(network, focus, -1)
    case 'Home':
    case 'End':
      return toEnd(network, focus, key === 'End')
    case 'Enter':
      return into(network, focus)
    case 'Escape':
      return outOf(focus)
    default:
      return null
  }
}

/** The focus as far as the network still has it. */
export function keptFocus(network: MapNetwork, focus: TreeFocus): TreeFocus {
  const layer = clamp(focus.layer, network.layers.length)
  const stop = focus.stop === null ? null : clamp(focus.stop, network.layers[layer]?.units ?? 1)
  const lines = lineCount(network, layer)
  return { layer, stop, line: focus.line === null || stop === null || lines === 0 ? null : clamp(focus.line, lines) }
}

/** What the focused item selects; null for a layer. */
export function focusSelection(network: MapNetwork, { layer, stop, line }: TreeFocus): Selection | null {
  if (stop === null) return null
  if (line === null) return selectNode(network, { layer, index: stop })
  if (line === 0) return selectBias(network, { layer, index: stop })
  return selectWeight(network, { gap: layer - 1, from: line - 1, to: stop })
}

/** What a layer is called, of what kind it is, and how it bends: `은닉 1, 완전 연결, tanh`. */
function layerWords(network: MapNetwork, index: number, captions: Captions, t: Translate): string {
  const name = layerName(network, index, captions, t)
  const layer = network.layers[index]
  if (layer === undefined || layer.role === 'input') return name
  const kind = layer.kind === undefined ? t('layers.denseName') : choiceName(layer.kind)
  return [name, kind, ...(layer.activation === 'none' ? [] : [choiceName(layer.activation)])].join(', ')
}

/** What a screen reader says of an item: name, value, gradient where the frame has one, and whether it is held. */
export function itemName(
  network: MapNetwork,
  focus: TreeFocus,
  values: MapValues,
  captions: Captions,
  t: Translate,
  holds: MapHolds,
): string {
  const { layer, stop } = focus
  const marks = stop === null ? (holds.layers[layer] ?? 0) : marksOf(network, holds, focusSelection(network, focus))
  return [itemText(network, focus, values, captions, t), ...heldWords(marks, t)].join(', ')
}

/** What a stop says: a number, a word, the mean of a picture or of its steps. */
function valueText(layer: MapLayer, value: number, t: Translate): string {
  if (layer.tokens !== undefined) return tokenAt(layer, value, t)
  if (layer.shape === undefined) return t('map.treeValue', { value: fixed(value, 2) })
  const { height, width } = stopSides(layer)
  return layer.shape.length === 3
    ? t('map.treePicture', { size: `${height}×${width}`, value: fixed(value, 2) })
    : t('map.treeSteps', { steps: width, value: fixed(value, 2) })
}

function itemText(network: MapNetwork, focus: TreeFocus, values: MapValues, captions: Captions, t: Translate): string {
  const { layer: index, stop, line } = focus
  const layer = network.layers[index]
  if (layer === undefined) return ''
  const title = layerName(network, index, captions, t)
  if (stop === null) {
    const words = layerWords(network, index, captions, t)
    return t('map.treeLayer', { layer: words, units: whole(layer.units), parameters: whole(layer.parameterCount) })
  }
  const number = (position: number): string => signed(values.parameters[position] ?? Number.NaN, 3)
  const slope = (position: number): string => {
    const gradient = values.gradients[position]
    return gradient === undefined ? '' : `, ${t('map.gradient')} ${signed(gradient, 4)}`
  }
  if (line === null) {
    const parts = [`${stopName(network, index, stop, captions, t)}, ${title}`]
    const activation = values.activations[layer.firstNode + stop]
    if (activation !== undefined) parts.push(valueText(layer, activation, t))
    if (layer.bias) parts.push(t('map.treeBias', { value: number(layer.bias.offset + stop) }))
    const ins = network.gaps[index - 1]?.ins ?? 0
    if (ins > 0) parts.push(t('map.treeWeights', { count: whole(ins) }))
    return parts.join(', ')
  }
  if (line === 0) {
    const position = (layer.bias?.offset ?? 0) + stop
    return t('map.treeBias', { value: number(position) }) + slope(position)
  }
  const gap = network.gaps[index - 1]
  const position = (gap?.offset ?? 0) + stop * (gap?.ins ?? 0) + line - 1
  const from = stopPath(network, index - 1, line - 1, captions, t)
  const to = stopPath(network, index, stop, captions, t)
  const joined = lineNumbers(network, index - 1)
  if (joined !== null) {
    const sum = joinedTotal(network, values.parameters, { gap: index - 1, from: line - 1, to: stop })
    return t(joined.isKernel ? 'map.treeKernel' : 'map.treePixels', {
      from,
      to,
      size: joined.size,
      count: joined.count,
      value: signed(sum, 3),
    })
  }
  const turned = captions === 'map' && (values.parameters[position] ?? 0) < 0 ? `, ${t('map.keyTurns')}` : ''
  return t('map.treeWeight', { from, to, value: number(position) }) + turned + slope(position)
}
