/** What is told of a table: before it is used, and row by row. */
import type { FaultRecord } from './fault.ts'
import type { CellEdit, TableReading } from './recipe.ts'

/** One column of a table, as its cells show it. */
export interface ColumnPreview {
  readonly name: string
  readonly kind: 'number' | 'words'
  /** Empty cells. */
  readonly missing: number
  /** Different values, counted up to 1,000. */
  readonly distinct: number
  /** Of the numbers; null for words. */
  readonly mean: number | null
  readonly deviation: number | null
}

/** A table that a person opened: how it was read and what is in it. */
export interface TablePreview {
  /** SHA-256 of its text: what the recipe calls it. */
  readonly content: string
  readonly file: string
  /** As it was told or found: separator, header, decimal sign and encoding are always said. */
  readonly reading: TableReading
  readonly rows: number
  readonly columns: readonly ColumnPreview[]
  /** The first rows. */
  readonly head: readonly (readonly string[])[]
  readonly notices: readonly FaultRecord[]
}

/** What would come of a recipe with a table. */
export interface TableTrial {
  readonly train: number
  readonly test: number
  /** Inputs and outputs of the network. */
  readonly inputs: number
  readonly outputs: readonly string[]
  readonly notices: readonly FaultRecord[]
}

/** Why nothing can be learned from a table, with the cell that is to blame where it is one. */
export interface TableRefusal {
  readonly fault: FaultRecord
  readonly cell: CellEdit | null
}

/** What a row of a table is for. */
export type RowPart = 'left' | 'train' | 'test'

/** A stretch of a run's table. */
export interface SheetRows {
  readonly header: readonly string[]
  readonly total: number
  readonly from: number
  readonly columns: readonly ColumnPreview[]
  readonly rows: readonly { readonly part: RowPart; readonly cells: readonly string[] }[]
}
