/** Text that people type: one form for comparing, and the known word nearest to an unknown one. */

/** Longer words are compared by their beginning, so that a whole pasted file costs nothing. */
const comparedLength = 64

/** Unicode NFC, white space at the ends removed, each run of white space one space. */
export function plainText(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/gu, ' ')
}

/** The beginning of a text, short enough for a sentence and without control characters, which terminals obey. */
export function excerpt(text: string, length = 40): string {
  // A character has at most two units; one more tells whether there is more.
  const characters = [...text.slice(0, 2 * length + 2)]
  const shown = characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text
  return shown.replace(/\p{Cc}/gu, '\ufffd')
}

/** The word with the fewest edits from `word` (a letter put in, left out, replaced, or two swapped); '' for no words. */
export function nearest(word: string, words: readonly string[]): string {
  const given = word.slice(0, comparedLength)
  let best = ''
  let bestDistance = Number.POSITIVE_INFINITY
  for (const candidate of words) {
    const known = candidate.slice(0, comparedLength)
    // Capitals count less than a wrong letter.
    const distance = editDistance(given.toLowerCase(), known.toLowerCase()) + (given === known ? 0 : 0.5)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Optimal string alignment distance (Levenshtein with swaps of neighbours). */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, j) => j)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1]
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1)
      }
      row.push(cost)
    }
    beforeLast = last
    last = row
  }
  return last[to.length] ?? 0
}
