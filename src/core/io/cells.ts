/** The cells of a table: its text, and the places in it. A string of a cell is made when it is asked for. */
import type { CellEdit, Decimal } from '../spec/index.ts'
import { plainNumber } from './csv-signs.ts'
import { hashStretch, quickNumber, quoteMark, sameStretches } from './stretch.ts'

/** Where the cells of a text lie. */
export interface CellPlaces {
  readonly text: string
  /** How many cells a row has. */
  readonly width: number
  /**
   * Of each row the place before its first cell, of the separator behind each cell, and of the line's end behind the last:
   * cell `i` of a row begins behind its stop `i` and ends at the next.
   */
  readonly stops: Int32Array
  /** Row of the file on which each row begins. */
  readonly rowNumbers: Uint32Array
}

/** What is seen of them. */
interface View {
  /** Rows of the text, in order. */
  readonly rows: Uint32Array
  readonly decimal: Decimal
  readonly thousands: boolean
  /** Texts that stand for cells, by the stop before each. */
  readonly written: ReadonlyMap<number, string>
}

const wholeView = ({ rowNumbers }: CellPlaces): View => ({
  rows: rowNumbers.map((_, row) => row),
  decimal: '.',
  thousands: false,
  written: new Map(),
})

/** Rows of cells, counted from 0. It does not change: what sees it otherwise is another one over the same places. */
export class Cells {
  readonly width: number
  /** How many rows there are. */
  readonly count: number
  readonly #places: CellPlaces
  readonly #view: View
  /** Numbers are written in the text as they are told. */
  readonly #isPlain: boolean
  /** What a number may have before its fraction. */
  readonly #point: number

  constructor(places: CellPlaces, view?: View) {
    this.#places = places
    this.#view = view ?? wholeView(places)
    this.width = places.width
    this.count = this.#view.rows.length
    this.#point = this.#view.decimal.charCodeAt(0)
    this.#isPlain = this.#view.decimal === '.' && !this.#view.thousands
  }

  /** The text of a cell; numbers have a point before their fractions and nothing between their thousands. */
  cell(row: number, column: number): string {
    const stop = this.#stop(row, column)
    const written = this.#view.written.get(stop)
    if (written !== undefined) return written
    const start = this.#start(stop)
    const raw = this.#places.text.slice(start, this.#end(stop, start))
    // Only where a cell is quoted there are quotes in it, two for one.
    const text = this.#isQuoted(stop, start) && raw.includes('"') ? raw.replaceAll('""', '"') : raw
    return this.#isPlain ? text : plainNumber(text, this.#view.decimal, this.#view.thousands)
  }

  /** The texts of a row. */
  row(row: number): string[] {
    return Array.from({ length: this.width }, (_, column) => this.cell(row, column))
  }

  /** The texts of some rows: of `from` and those up to `to`, as many as there are. */
  texts(from = 0, to = this.count): string[][] {
    return Array.from({ length: Math.max(0, Math.min(to, this.count) - from) }, (_, i) => this.row(from + i))
  }

  /** Row of the file on which a row begins. */
  rowNumber(row: number): number {
    return this.#places.rowNumbers[this.#view.rows[row] ?? 0] ?? 0
  }

  /** The row that begins on a row of the file; -1 where none does. */
  findRow(rowNumber: number): number {
    return this.#view.rows.findIndex((_, row) => this.rowNumber(row) === rowNumber)
  }

  /** The rows from one on. */
  from(row: number): Cells {
    return new Cells(this.#places, { ...this.#view, rows: this.#view.rows.subarray(row) })
  }

  /** Some of the rows, in the order in which they are named. */
  only(rows: Uint32Array): Cells {
    return new Cells(this.#places, { ...this.#view, rows: rows.map((row) => this.#view.rows[row] ?? 0) })
  }

  /** The same cells with numbers that the file writes otherwise. */
  withNumbers(decimal: Decimal, thousands: boolean): Cells {
    return new Cells(this.#places, { ...this.#view, decimal, thousands })
  }

  /** The same cells, some of them written over; all of these are cells of it. */
  overwritten(edits: readonly CellEdit[]): Cells {
    const written = new Map(this.#view.written)
    for (const [row, column, text] of edits) written.set(this.#stop(row, column), text)
    return new Cells(this.#places, { ...this.#view, written })
  }

  /** The number of a cell that one look at its characters tells; NaN where a closer one is needed. */
  number(row: number, column: number): number {
    const stop = this.#stop(row, column)
    if (this.#isWritten(stop)) return Number.NaN
    const { text, stops } = this.#places
    const start = (stops[stop] ?? 0) + 1
    const end = stops[stop + 1] ?? 0
    const quick = quickNumber(text, start, end, this.#point)
    // Quotes are no digits: they are looked for where a number was not found.
    return Number.isNaN(quick) && this.#start(stop) > start ? quickNumber(text, start + 1, end - 1, this.#point) : quick
  }

  /** The first character of a cell; 0 where it is empty. */
  firstCode(row: number, column: number): number {
    const stop = this.#stop(row, column)
    if (this.#isWritten(stop)) return this.cell(row, column).codePointAt(0) ?? 0
    const start = this.#start(stop)
    return start < this.#end(stop, start) ? this.#places.text.charCodeAt(start) : 0
  }

  /** Goes on with a hash; it is the same for cells of the same text. */
  hash(row: number, column: number, seed: number): number {
    const stop = this.#stop(row, column)
    if (this.#isWritten(stop)) {
      const text = this.cell(row, column)
      return hashStretch(text, 0, text.length, seed, !this.#isPlain)
    }
    const start = this.#start(stop)
    return hashStretch(this.#places.text, start, this.#end(stop, start), seed, !this.#isPlain)
  }

  /** True where two rows have the same text in a column. */
  isSame(column: number, row: number, other: number): boolean {
    const a = this.#stop(row, column)
    const b = this.#stop(other, column)
    if (!this.#isWritten(a) && !this.#isWritten(b)) {
      const aStart = this.#start(a)
      const bStart = this.#start(b)
      if (sameStretches(this.#places.text, aStart, this.#end(a, aStart), bStart, this.#end(b, bStart))) return true
      if (this.#isPlain) return false
    }
    return this.cell(row, column) === this.cell(other, column)
  }

  #stop(row: number, column: number): number {
    return (this.#view.rows[row] ?? 0) * (this.width + 1) + column
  }

  #isWritten(stop: number): boolean {
    return this.#view.written.size > 0 && this.#view.written.has(stop)
  }

  /** Where the text of a cell begins, behind a quote that it has. */
  #start(stop: number): number {
    const start = (this.#places.stops[stop] ?? 0) + 1
    return start < this.#places.text.length && this.#places.text.charCodeAt(start) === quoteMark ? start + 1 : start
  }

  #isQuoted(stop: number, start: number): boolean {
    return start > (this.#places.stops[stop] ?? 0) + 1
  }

  /** Where it ends, before its other quote. */
  #end(stop: number, start: number): number {
    const end = this.#places.stops[stop + 1] ?? 0
    return this.#isQuoted(stop, start) ? end - 1 : end
  }
}
