/** What is told of a table: before it is used, and row by row. */
import type { FaultRecord } from './fault.ts'

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
  readonly encoding: string
  readonly separator: string
  readonly decimal: string
  readonly rows: number
  readonly columns: readonly ColumnPreview[]
  /** The first rows. */
  readonly head: readonly (readonly string[])[]
  readonly notices: readonly FaultRecord[]
}

/** What a row of a table is for. */
export type RowPart = 'left' | 'train' | 'test'

/** A stretch of a run's table. */
export interface SheetRows {
  readonly header: readonly string[]
  readonly total: number
  readonly from: number
  readonly rows: readonly { readonly part: RowPart; readonly cells: readonly string[] }[]
}
