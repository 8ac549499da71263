/** What helps against something odd in a table, each one click. */
import { excerpt, type FaultRecord } from '../../../core/spec/index.ts'
import type { MessageKey } from '../../i18n/index.ts'
import type { TableChoice } from '../../stores/new-table.ts'
import { type Columns, isWhole, rolesOf, withRole } from './table-columns.ts'

/** A way out with its name, and what it changes in the choice of a table. */
export interface Mend {
  readonly label: MessageKey
  readonly change: Partial<TableChoice>
}

/** The ways out of what a notice or a fault says; none where there is only another table. */
export function mendsOf({ code, values }: FaultRecord, header: readonly string[], columns: Columns): readonly Mend[] {
  if (code === 'CSV-031') {
    return [
      { label: 'table.mendTogether', change: { duplicates: 'together' } },
      { label: 'table.mendDrop', change: { duplicates: 'drop' } },
    ]
  }
  if (code !== 'CSV-012' && code !== 'CSV-027') return []
  const roles = rolesOf(header, columns)
  const name = header.find((one) => excerpt(one) === values.column && roles.get(one) === 'input')
  if (name === undefined) return []
  const change = withRole(roles, name, 'out')
  return isWhole(change) ? [{ label: 'table.mendOut', change }] : []
}
