/** How the report writes its numbers. */

/** Decimals that leave about three digits. */
function decimals(value: number): number {
  if (value < 10) return 2
  return value < 100 ? 1 : 0
}

/** About three digits, or all before the point: `1.14`, `43.5`, `72,388`. */
export function formatValue(value: number): string {
  const digits = decimals(value)
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** `1.24x`, `12.8x`, `137x`. */
export function formatRatio(value: number): string {
  return `${formatValue(value)}x`
}
