/**
 * Pairs of pieces that are often neighbours become one piece, again and again
 * (Sennrich, Haddow, Birch 2016, section 3.2). Begins with characters; a word keeps the white space before it.
 */

/** Pairs that are joined at most. */
export const mostPairs = 512
/** Pairs seen more rarely are not joined. */
const fewest = 4

const wordsOf = (text: string): string[] => text.match(/\s*\S+|\s+$/gu) ?? []
/** No character of a text, so that a pair has one key. */
const between = '\u0000'

function joined(pieces: readonly string[], first: string, second: string): string[] {
  const result: string[] = []
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] ?? ''
    if (piece === first && pieces[i + 1] === second) {
      result.push(first + second)
      i++
    } else result.push(piece)
  }
  return result
}

/** The most frequent pair, the first seen of equals; null where none is frequent. */
function bestPair(words: ReadonlyMap<string, { pieces: string[]; count: number }>): string | null {
  const counts = new Map<string, number>()
  for (const { pieces, count } of words.values()) {
    for (let i = 0; i + 1 < pieces.length; i++) {
      const key = `${pieces[i]}${between}${pieces[i + 1]}`
      counts.set(key, (counts.get(key) ?? 0) + count)
    }
  }
  let best: string | null = null
  let most = fewest - 1
  for (const [key, count] of counts) {
    if (count > most) {
      best = key
      most = count
    }
  }
  return best
}

/** The pairs to join, in order. */
export function learnPairs(text: string): readonly (readonly [string, string])[] {
  const words = new Map<string, { pieces: string[]; count: number }>()
  for (const word of wordsOf(text)) {
    const known = words.get(word)
    if (known === undefined) words.set(word, { pieces: [...word], count: 1 })
    else known.count++
  }
  const pairs: [string, string][] = []
  while (pairs.length < mostPairs) {
    const [first, second] = bestPair(words)?.split(between) ?? []
    if (first === undefined || second === undefined) break
    pairs.push([first, second])
    for (const word of words.values()) word.pieces = joined(word.pieces, first, second)
  }
  return pairs
}

/** The pieces of a text. */
export function pairTokens(text: string, pairs: readonly (readonly [string, string])[]): string[] {
  const known = new Map<string, string[]>()
  return wordsOf(text).flatMap((word) => {
    let pieces = known.get(word)
    if (pieces === undefined) {
      pieces = pairs.reduce<string[]>((list, [first, second]) => joined(list, first, second), [...word])
      known.set(word, pieces)
    }
    return pieces
  })
}
