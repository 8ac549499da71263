/** The map's words: titles of districts, names of stops and lines, in either caption. */
import { stopSides } from '../../core/spec/index.ts'
import { choiceName } from '../controls/choice-name.ts'
import { fixed, signed } from '../i18n/format.ts'
import type { MessageKey } from '../i18n/index.ts'
import { markNames } from './classes.ts'
import type { MapLayer, MapNetwork } from './network.ts'
import type { Picture } from './stop-size.ts'

/** `map`: the town of stops and buses. `maths`: symbols and formulas. */
export type Captions = 'map' | 'maths'

/** A message by its key, with the values it names. */
export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string

export interface DistrictWords {
  readonly title: string
  readonly subtitle: string
}

const layerKeys = {
  map: { input: 'map.mapInput', hidden: 'map.mapHidden', output: 'map.mapOutput', numbered: 'map.mapHiddenNumbered' },
  maths: {
    input: 'map.mathsInput',
    hidden: 'map.mathsHidden',
    output: 'map.mathsOutput',
    numbered: 'map.mathsHiddenNumbered',
  },
} as const

const digits = { low: '₀₁₂₃₄₅₆₇₈₉', high: '⁰¹²³⁴⁵⁶⁷⁸⁹' }
const small = (value: number, of: keyof typeof digits): string =>
  [...String(value)].map((digit) => digits[of][Number(digit)] ?? digit).join('')
/** `10⁻³¹`. */
export const powerOfTen = (power: number): string => `10${power < 0 ? '⁻' : ''}${small(Math.abs(power), 'high')}`
/** A whole number in subscript digits. */
export const subscript = (value: number): string => small(value, 'low')

const hiddenLayers = (network: MapNetwork): number => network.layers.length - 2

/** `2` where there are several hidden layers, else empty: a lone one needs no number. */
const hiddenNumber = (network: MapNetwork, layer: number): string => (hiddenLayers(network) > 1 ? String(layer) : '')

/** What a layer is called: `은닉 2`, `가운데 동네`. */
export function layerName(network: MapNetwork, layer: number, captions: Captions, t: Translate): string {
  const role = network.layers[layer]?.role ?? 'hidden'
  const number = role === 'hidden' ? hiddenNumber(network, layer) : ''
  return number === '' ? t(layerKeys[captions][role]) : t(layerKeys[captions].numbered, { number })
}

/** `h = tanh(Wx + b)`, with numbers where there are several hidden layers. */
function formula(network: MapNetwork, index: number, layer: MapLayer): string {
  const many = hiddenLayers(network) > 1
  const mark = (letter: string, at: number): string => (many ? letter + subscript(at) : letter)
  const source = index === 1 ? 'x' : mark('h', index - 1)
  const [result, weight, bias] =
    layer.role === 'output'
      ? [layer.activation === 'softmax' ? 'p' : 'y', 'V', 'c']
      : [mark('h', index), mark('W', index), mark('b', index)]
  const sum = `${weight}${source} + ${bias}`
  return layer.activation === 'linear' || layer.activation === 'none'
    ? `${result} = ${sum}`
    : `${result} = ${layer.activation}(${sum})`
}

/** `8 × 28×28`: how many pictures of how many pixels; steps of a sequence; empty for numbers. */
export function sidesText({ units, shape }: Pick<MapLayer, 'units' | 'shape'>): string {
  if (shape === undefined) return ''
  const { height, width } = stopSides({ shape })
  return shape.length === 3 ? `${units} × ${height}×${width}` : `${units} × ${width}`
}

function subtitle(
  network: MapNetwork,
  index: number,
  layer: MapLayer,
  captions: Captions,
  picture: Picture,
  t: Translate,
): string {
  const units = layer.units
  if (layer.kind !== undefined) {
    const { height, width } = stopSides(layer)
    const sides = layer.shape?.length === 3 ? `${height}×${width}` : sidesText(layer)
    return `${choiceName(layer.kind)} ${sides}`.trim()
  }
  if (picture !== 'bar') {
    if (layer.shape?.length === 3 && layer.role === 'input') return sidesText(layer)
    if (layer.role === 'input') return t('map.features', { units })
    return captions === 'maths' ? t('map.nodes', { activation: layer.activation, units }) : t('map.stops', { units })
  }
  if (captions === 'maths')
    return layer.role === 'input' ? `x ∈ ℝ${small(units, 'high')}` : formula(network, index, layer)
  if (layer.role === 'input') return t('map.boarding')
  return layer.role === 'output' ? t('map.alighting') : t('map.stops', { units })
}

/** Title and subtitle of every district. */
export function districtWords(
  network: MapNetwork,
  captions: Captions,
  picture: Picture,
  t: Translate,
): DistrictWords[] {
  return network.layers.map((layer, index) => ({
    title: layerName(network, index, captions, t),
    subtitle: subtitle(network, index, layer, captions, picture, t),
  }))
}

/** A name that the points' outputs get by their meaning; null for other stops. */
function pointName(network: MapNetwork, layer: number, index: number, t: Translate): string | null {
  if (network.points === null || network.layers[layer]?.role !== 'output') return null
  if (network.task === 'number') return t('map.predicted')
  if (network.points === 'circle') return t(index === 0 ? 'map.outside' : 'map.inside')
  const mark = network.points === 'drawn' ? markNames[network.classes[index] ?? index] : undefined
  return mark === undefined ? t('map.class', { number: index }) : t(mark)
}

/** A stop's own name: feature, word, class; empty where it has none. */
const ownName = (network: MapNetwork, layer: number, index: number, t: Translate): string =>
  pointName(network, layer, index, t) ?? network.layers[layer]?.names[index] ?? ''

/** What a stop is called by what it makes: a word, a picture, a filter; null for a number. */
function madeName(layer: MapLayer | undefined, index: number, t: Translate): string | null {
  const number = index + 1
  if (layer?.tokens !== undefined) return t('map.word', { number })
  if (layer?.shape?.length !== 3) return null
  if (layer.role === 'input' && layer.units === 1) return t('map.picture')
  return layer.kind === 'conv2d' ? t('map.filter', { number }) : t('map.channel', { number })
}

/** What a stop is called: its own name where it has one, `정류장 2` or `h₂` otherwise. */
export function stopName(network: MapNetwork, layer: number, index: number, captions: Captions, t: Translate): string {
  const own = ownName(network, layer, index, t) || madeName(network.layers[layer], index, t)
  if (own) return own
  if (captions === 'map') return t('map.stop', { number: index + 1 })
  const role = network.layers[layer]?.role
  if (role === 'input') return `x${subscript(index + 1)}`
  if (role === 'output') return `${network.task === 'classes' ? 'p' : 'y'}${subscript(index + 1)}`
  return hiddenLayers(network) > 1 ? `h${subscript(layer)}·${index + 1}` : `h${subscript(index + 1)}`
}

/** The word that a number of an input means. */
export function tokenAt({ tokens }: Pick<MapLayer, 'tokens'>, value: number | undefined, t: Translate): string {
  return (value === undefined ? undefined : tokens?.[value]) || t('map.noWord')
}

/** A stop's name with its layer's where the stop has no name of its own. */
export function stopPath(network: MapNetwork, layer: number, index: number, captions: Captions, t: Translate): string {
  const own = ownName(network, layer, index, t)
  const made = network.layers[layer]?.role === 'hidden' ? madeName(network.layers[layer], index, t) : null
  if (made !== null) return `${layerName(network, layer, captions, t)} ${made}`
  if (captions === 'maths' || own !== '' || layer === 0) return stopName(network, layer, index, captions, t)
  return hiddenLayers(network) > 1
    ? t('map.stopOfLayer', { layer: layerName(network, layer, captions, t), number: index + 1 })
    : t('map.stop', { number: index + 1 })
}

/** The numbers under a stop of a bar map; `dim` ones are names of numbers. */
export interface WordPart {
  readonly text: string
  readonly dim: boolean
}

/** Activation (map caption), sum (maths caption, output) and bias, as far as they are known. */
export function stopValues(
  layer: MapLayer,
  captions: Captions,
  activation: number | null,
  sum: number | null,
  bias: number | null,
): WordPart[] {
  const parts: WordPart[] = []
  const add = (text: string, dim: boolean): void => void parts.push({ text, dim })
  if (layer.role === 'hidden' && captions === 'map' && activation !== null) add(`${signed(activation, 2)}  `, false)
  if (layer.role === 'output' && captions === 'maths' && sum !== null) {
    add('z ', true)
    add(`${signed(sum, 2)} · `, false)
  }
  if (bias !== null) {
    add(layer.role === 'output' ? 'c ' : 'b ', true)
    add(signed(bias, 2), false)
  }
  return parts
}

/** Name above a hidden stop of a bar map; with its value in the maths caption. */
export function stopHeading(
  network: MapNetwork,
  layer: number,
  index: number,
  captions: Captions,
  activation: number | null,
  t: Translate,
): string {
  const name = stopName(network, layer, index, captions, t)
  return captions === 'maths' && activation !== null ? `${name} = ${fixed(activation, 2)}` : name
}
