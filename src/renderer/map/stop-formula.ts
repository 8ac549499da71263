/** What a stop computes, with its numbers put in: z = w·x + ... + b, then the activation or the softmax. */
import { fixed, percent, signed, whole } from '../i18n/format.ts'
import type { MapNetwork } from './network.ts'
import type { MapValues } from './scene.ts'
import type { StopPlace } from './selection.ts'
import { stopName, subscript, type Translate } from './words.ts'

/** A line of a formula: its letters, its numbers, what comes out. */
export interface StopFormulaLine {
  readonly symbols: string
  readonly numbers: string
  readonly result: string
}

/** Terms that are written out; of more the largest are, and the rest as one sum. */
const mostTerms = 5

const inBrackets = (value: number): string => (value < 0 ? `(${fixed(value, 2)})` : fixed(value, 2))

interface Term {
  readonly text: string
  readonly size: number
  readonly value: number
}

/** The largest terms in their order, the others as one number. */
function joined(terms: readonly Term[]): string {
  if (terms.length <= mostTerms) return terms.map(({ text }) => text).join(' + ')
  const kept = new Set([...terms].sort((a, b) => b.size - a.size).slice(0, mostTerms - 1))
  const rest = terms.reduce((sum, term) => sum + (kept.has(term) ? 0 : term.value), 0)
  const shown = terms.filter((term) => kept.has(term)).map(({ text }) => text)
  return [...shown, `… ${inBrackets(rest)}`].join(' + ')
}

function softmaxLine(
  network: MapNetwork,
  sums: Float32Array,
  place: StopPlace,
  share: number,
  name: string,
): StopFormulaLine {
  const layer = network.layers[place.layer]
  const first = layer?.firstNode ?? 0
  const powers = Array.from(sums.subarray(first, first + (layer?.units ?? 0)), (z) => ({
    text: `e^${inBrackets(z)}`,
    size: z,
    value: Math.exp(z),
  }))
  return {
    symbols: `p(${name}) = e^z / Σ e^z`,
    numbers: `${powers[place.index]?.text ?? ''} / (${joined(powers)})`,
    result: `${percent(share)} %`,
  }
}

/** The terms of all pixels as one sum. */
const manyTerms = (count: number, sum: number, t: Translate): string =>
  t('map.manyTerms', { count: whole(count), sum: inBrackets(sum) })

/** The lines of a stop for the passenger of the values; empty where there is nothing to compute or no passenger. */
export function stopFormula(
  network: MapNetwork,
  values: MapValues,
  place: StopPlace,
  t: Translate,
): readonly StopFormulaLine[] {
  const layer = network.layers[place.layer]
  const gap = network.gaps[place.layer - 1]
  const { activations, sums, parameters } = values
  if (layer === undefined || gap === undefined || gap.ins === 0) return []
  if (activations.length === 0 || sums.length === 0 || parameters.length === 0) return []
  // A picture has no single sum.
  if (layer.shape !== undefined) return []
  const source = network.layers[place.layer - 1]?.firstNode ?? 0
  const terms = Array.from({ length: gap.ins }, (_, i): Term => {
    const weight = parameters[gap.offset + place.index * gap.ins + i] ?? 0
    const x = activations[source + i] ?? 0
    return { text: `${inBrackets(weight)}·${inBrackets(x)}`, size: Math.abs(weight * x), value: weight * x }
  })
  const bias = layer.bias === null ? 0 : (parameters[layer.bias.offset + place.index] ?? 0)
  const node = layer.firstNode + place.index
  const [z, a] = [sums[node] ?? 0, activations[node] ?? 0]
  const mark = subscript(place.index + 1)
  const sum: StopFormulaLine = {
    symbols: `z${mark} = Σ w·x + b`,
    numbers: `${gap.inner === 1 ? joined(terms) : manyTerms(gap.ins * gap.inner, z - bias, t)} + ${inBrackets(bias)}`,
    result: fixed(z, 3),
  }
  const name = stopName(network, place.layer, place.index, 'maths', t)
  if (layer.activation === 'softmax') return [sum, softmaxLine(network, sums, place, a, name)]
  if (layer.activation === 'linear' || layer.activation === 'none') return [sum]
  return [
    sum,
    {
      symbols: `${name} = ${layer.activation}(z${mark})`,
      numbers: `${layer.activation}(${fixed(z, 3)})`,
      result: signed(a, 3),
    },
  ]
}
