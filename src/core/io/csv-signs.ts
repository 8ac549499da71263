/** The signs of a table: what stands between its values and in its numbers, found or told. */
import { type Decimal, type Separator, separators } from '../spec/index.ts'

/** Characters of the first line that are looked at. */
const longestLine = 2 ** 20
const withPoint = /^\s*[+-]?\d*\.\d+(e[+-]?\d+)?\s*$/i
const withComma = /^\s*[+-]?\d*,\d+(e[+-]?\d+)?\s*$/i
/** `1,750` may mean one thousand seven hundred and fifty. */
const asGroups = /^\s*[+-]?[1-9]\d{0,2},\d{3}\s*$/
/** `1.750,0` has points between thousands. */
const withBoth = /^\s*[+-]?\d{1,3}(\.\d{3})+,\d+\s*$/

const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= '0' && character <= '9'

/**
 * The separator that occurs most often outside quotes in the first line; a comma where none does. Commas between digits
 * count only where no other separator occurs: `1,5;2,5;3,5` has three of them.
 */
export function findSeparator(text: string): Separator {
  const counts = new Map<string, number>()
  let quoted = false
  for (let i = 0; i < Math.min(text.length, longestLine); i++) {
    const character = text[i] ?? ''
    if (character === '"') quoted = !quoted
    else if (!quoted && character === '\n') break
    else if (!quoted && character === ',' && isDigit(text[i - 1]) && isDigit(text[i + 1])) continue
    else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  let best: Separator = ','
  for (const separator of separators) {
    if ((counts.get(separator) ?? 0) > (counts.get(best) ?? 0)) best = separator
  }
  return best
}

/** A comma where numbers have commas that cannot stand between thousands, and none has a point for its fraction. */
export function findDecimal(cells: readonly string[]): Decimal {
  if (cells.some((cell) => withPoint.test(cell))) return '.'
  return cells.some((cell) => (withComma.test(cell) && !asGroups.test(cell)) || withBoth.test(cell)) ? ',' : '.'
}

const grouped = {
  '.': /^\s*[+-]?\d{1,3}(,\d{3})+(\.\d+)?\s*$/,
  ',': /^\s*[+-]?\d{1,3}(\.\d{3})+(,\d+)?\s*$/,
} as const
const groupMarks = { '.': /,/g, ',': /\./g } as const

/** A number with a point before its fraction and nothing between its thousands; other text as it is. */
export function plainNumber(text: string, decimal: Decimal, thousands: boolean): string {
  const plain = thousands && grouped[decimal].test(text) ? text.replace(groupMarks[decimal], '') : text
  return decimal === ',' && withComma.test(plain) ? plain.replace(',', '.') : plain
}
