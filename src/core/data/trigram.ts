/** The model that a text network must beat: counts of three tokens in a row (Jurafsky, Martin, Speech and Language Processing, section 3.6). */
import { log } from './elementary.ts'

/**
 * Mean loss in nats of each token of `heldOut` after its first two, given the two before it:
 * `-ln((n(a b c) + 1) / (n(a b) + vocabulary))` with the counts of `train`. Tokens are whole numbers below `vocabulary`.
 */
export function trigramLoss(train: readonly number[], heldOut: readonly number[], vocabulary: number): number {
  const pairs = new Map<number, number>()
  const triples = new Map<number, number>()
  const pairAt = (tokens: readonly number[], i: number): number =>
    (tokens[i - 2] ?? 0) * vocabulary + (tokens[i - 1] ?? 0)
  for (let i = 2; i < train.length; i++) {
    const pair = pairAt(train, i)
    const triple = pair * vocabulary + (train[i] ?? 0)
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
    triples.set(triple, (triples.get(triple) ?? 0) + 1)
  }
  let loss = 0
  for (let i = 2; i < heldOut.length; i++) {
    const pair = pairAt(heldOut, i)
    const seen = triples.get(pair * vocabulary + (heldOut[i] ?? 0)) ?? 0
    loss -= log((seen + 1) / ((pairs.get(pair) ?? 0) + vocabulary))
  }
  return loss / (heldOut.length - 2)
}
