/** Does the sums that a page writes out again. */

/** A number as the page writes it, in brackets or not. */
export const readNumber = (text: string): number => Number(text.replace(/[()…\s]/g, '').replaceAll('−', '-'))

/** What `0.5·(−1.2) + … 0.3 + 0.1` comes to. */
export const readSum = (text: string): number =>
  text
    .split(' + ')
    .map((term) => term.split('·').reduce((product, factor) => product * readNumber(factor), 1))
    .reduce((total, term) => total + term, 0)

/** A number to as many significant digits as another one is written with. */
export function toDigitsOf(value: number, written: string): number {
  const [digits = ''] = /[\d.]+/.exec(written) ?? []
  return Number(value.toPrecision(Math.max(1, digits.replace('.', '').replace(/^0+/, '').length)))
}
