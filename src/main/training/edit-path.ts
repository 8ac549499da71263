/** What the path of an edit names, apart from values of the recipe. */

/** One learned number, or with `hold` whether it is frozen or switched off. */
export interface ParameterPath {
  readonly kind: 'parameter'
  readonly name: string
  readonly index: number
  readonly hold: 'frozen' | 'off' | null
}

/** Whether a stop (`nodes.LAYER.INDEX.off`) or a layer (`layers.LAYER.off`) is frozen or switched off. */
export interface GroupPath {
  readonly kind: 'group'
  readonly layer: number
  readonly node: number | null
  readonly hold: 'frozen' | 'off'
}

const holdOf = (text: string | undefined): 'frozen' | 'off' | null =>
  text === 'frozen' || text === 'off' ? text : null

/** The learned numbers that a path names; null for a value of the recipe. */
export function splitPath(path: string): ParameterPath | GroupPath | null {
  const parameter = /^parameters\.(.+?)\.(\d{1,9})(?:\.(frozen|off))?$/.exec(path)
  if (parameter?.[1] !== undefined) {
    return { kind: 'parameter', name: parameter[1], index: Number(parameter[2]), hold: holdOf(parameter[3]) }
  }
  const group = /^(?:nodes\.(\d{1,6})\.(\d{1,6})|layers\.(\d{1,6}))\.(frozen|off)$/.exec(path)
  const hold = holdOf(group?.[4])
  if (group === null || hold === null) return null
  const node = group[2] === undefined ? null : Number(group[2])
  return { kind: 'group', layer: Number(group[1] ?? group[3]), node, hold }
}
