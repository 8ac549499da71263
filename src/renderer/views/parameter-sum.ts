/** Parameter counts as sums that can be checked by hand. */
import { type CountTerm, countTerms, type LayerInfo } from '../../core/spec/index.ts'
import type { RunInfo } from '../../shared/protocol.ts'
import { whole } from '../i18n/format.ts'

/** `10+5 + 20+4`: weights and biases of every layer. */
export function parameterSum(layers: readonly LayerInfo[]): string {
  return layers
    .slice(1)
    .map((layer, i) => `${(layers[i]?.units ?? 0) * layer.units}+${layer.units}`)
    .join(' + ')
}

type Counted = Pick<RunInfo, 'layers' | 'parameters'>

/** A tensor's number as a product: what is read times what is made, `2×5`. */
const product = ({ factors }: CountTerm): string => [...factors].reverse().join('×')

/** Tensors of one size that follow each other are told once: `4×(6×8)`. */
function grouped(terms: readonly CountTerm[]): readonly string[] {
  const groups: { text: string; times: number }[] = []
  for (const term of terms) {
    const text = product(term)
    const last = groups.at(-1)
    if (last?.text === text) last.times++
    else groups.push({ text, times: 1 })
  }
  return groups.map(({ text, times }) => {
    if (times === 1) return text
    return text.includes('×') ? `${times}×(${text})` : `${times}×${text}`
  })
}

/** `2×5+5 = 15`: how one layer's count comes about. */
export function layerSum(info: Counted | null, index: number): string {
  const terms = countTerms(info?.parameters ?? [], index)
  const count = info?.layers[index]?.parameterCount ?? 0
  return terms.length === 0 ? whole(count) : `${grouped(terms).join('+')} = ${whole(count)}`
}

/**
 * Parameters that one more stop of a hidden layer brings: its own numbers, those of norms that it passes, and the weights
 * by which the next layer of weights reads it.
 */
export function nodeCost(info: Counted | null, index: number): number {
  const units = info?.layers[index]?.units ?? 0
  if (info === null || units === 0) return 0
  let total = 0
  for (let layer = index; layer < info.layers.length; layer++) {
    const own = info.parameters.filter((tensor) => tensor.layer === layer)
    const isReader = layer > index && own.some(({ kind }) => kind === 'weight')
    for (const { kind, size } of own) if (!isReader || kind === 'weight') total += size / units
    if (isReader) break
  }
  return Math.round(total)
}
