/** How a formula of a step's operation is told: its numbers, and of its sum the largest products. */
import type { OperationLine, OperationRule, Term, TermSum } from '../spec/index.ts'

/** Products that a sum is told with; of more the largest are, the others as one number. */
const mostTerms = 6

/** A sum with its largest products in their order. */
export function sumOf(products: readonly Term[], worth: (term: Term) => number = ({ a, b }) => a * b): TermSum {
  const bySize = [...products].sort((one, other) => Math.abs(worth(other)) - Math.abs(worth(one)))
  const kept = new Set(products.length > mostTerms ? bySize.slice(0, mostTerms - 1) : products)
  const rest = products.reduce((sum, term) => sum + (kept.has(term) ? 0 : worth(term)), 0)
  return { terms: products.filter((term) => kept.has(term)), rest, restCount: products.length - kept.size }
}

/** One formula with its numbers and what the core made of them. */
export const lineOf = (
  rule: OperationRule,
  result: number,
  numbers: Readonly<Record<string, number>> = {},
  sum: TermSum | null = null,
): OperationLine => ({ rule, numbers, sum, result })
