/** Which columns of a table are learned from and which are predicted. */

/** What a column is for. */
export type Role = 'input' | 'target' | 'out'

/** Columns as a recipe names them: none of either means all others, the last one. */
export interface Columns {
  readonly inputs: readonly string[]
  readonly targets: readonly string[]
}

/** The role of every column of a header. */
export function rolesOf(header: readonly string[], { inputs, targets }: Columns): ReadonlyMap<string, Role> {
  const predicted = new Set(targets.length > 0 ? targets : header.slice(-1))
  const learned = new Set(inputs.length > 0 ? inputs : header.filter((name) => !predicted.has(name)))
  return rolesNamed(header, { inputs: [...learned], targets: [...predicted] })
}

/** The role of every column where all columns with one are named. */
export function rolesNamed(header: readonly string[], { inputs, targets }: Columns): ReadonlyMap<string, Role> {
  const [predicted, learned] = [new Set(targets), new Set(inputs)]
  return new Map(header.map((name) => [name, predicted.has(name) ? 'target' : learned.has(name) ? 'input' : 'out']))
}

/** The columns of a recipe from their roles, one changed. */
export function withRole(roles: ReadonlyMap<string, Role>, column: string, role: Role): Columns {
  const next = [...roles].map(([name, old]): [string, Role] => [name, name === column ? role : old])
  const of = (wanted: Role): string[] => next.filter(([, role]) => role === wanted).map(([name]) => name)
  return { inputs: of('input'), targets: of('target') }
}

/** True where something is learned from and something predicted. */
export const isWhole = ({ inputs, targets }: Columns): boolean => inputs.length > 0 && targets.length > 0
