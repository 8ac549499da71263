/** Tables that people opened, and those that come with the program, as the training worker has them. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { DataSource } from '../../core/data/build.ts'
import { previewTable } from '../../core/data/preview.ts'
import digitsPath from '../../core/gen/digits.bin?asset&asarUnpack'
import irisPath from '../../core/gen/iris.csv?asset&asarUnpack'
import penguinsPath from '../../core/gen/penguins.csv?asset&asarUnpack'
import { readTableText } from '../../core/io/text.ts'
import {
  Fault,
  type FaultRecord,
  type Recipe,
  type SheetRows,
  type TablePreview,
  type TableReading,
} from '../../core/spec/index.ts'
import type { Session, SessionState } from '../../core/train/session.ts'
import { type Argument, maxTableBytes } from '../../shared/protocol.ts'

/** Texts that are kept though no run uses them; the one used longest ago makes room. */
const MAX_TABLES = 8
/** Files that are on their way at a time. */
const MAX_UPLOADS = 4
/** Rows of the beginning of a file that show how it is read. */
const HEAD_ROWS = 1000

const bundledTables = { iris: irisPath, penguins: penguinsPath } as const

/** Texts by their content hash. */
const texts = new Map<string, string>()
const uploads = new Map<string, Uint8Array[]>()
/** The file that came last, so that it can be read another way; `rows` where only its beginning came. */
let received: {
  readonly upload: string
  readonly file: string
  readonly bytes: Uint8Array
  readonly rows: number | null
} | null = null

function keepTable(content: string, text: string): void {
  texts.delete(content)
  texts.set(content, text)
  for (const oldest of texts.keys()) {
    if (texts.size <= MAX_TABLES) return
    texts.delete(oldest)
  }
}

/** Keeps the table that a state brought with it, so that its recipe can be read. */
export function keepTableOf({ recipe, table }: Pick<SessionState, 'recipe' | 'table'>): void {
  if (table === undefined || recipe.data.source !== 'table' || recipe.data.content === undefined) return
  keepTable(recipe.data.content, table)
}

/** What a recipe's data needs of files. Throws `SHELL-004` for a table that nobody opened here. */
export function sourceOf({ data }: Recipe): DataSource {
  if (data.source === 'digits') return { digits: readFileSync(digitsPath) }
  if (data.source !== 'table') return {}
  if (data.name !== undefined) return { table: readFileSync(bundledTables[data.name], 'utf8') }
  const content = data.content ?? ''
  const text = texts.get(content)
  if (text === undefined) throw new Fault('SHELL-004', { path: data.file ?? '' }, 'data.content')
  keepTable(content, text)
  return { table: text }
}

/**
 * Takes a piece of a file; with the first of several its first rows are read, with the last one the table. Throws
 * `FILE-004` for too much, `CSV-…` for no table.
 */
export function receiveTable({ upload, file, bytes, last, rows }: Argument<'table.send'>): TablePreview | null {
  const pieces = uploads.get(upload) ?? []
  if (pieces.length === 0 && uploads.size >= MAX_UPLOADS) uploads.delete([...uploads.keys()][0] ?? '')
  pieces.push(bytes)
  uploads.set(upload, pieces)
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0)
  if (last || size > maxTableBytes) uploads.delete(upload)
  if (size > maxTableBytes) throw new Fault('FILE-004', { file, size, max: maxTableBytes })
  if (!last) return pieces.length === 1 ? headOf(bytes, file) : null
  received = { upload, file, bytes: Buffer.concat(pieces), rows: rows ?? null }
  return readTable(upload, {})
}

/** What the first rows of a file show of it; null where they cannot be read by themselves. */
function headOf(bytes: Uint8Array, file: string): TablePreview | null {
  try {
    const { text, encoding } = readTableText(bytes, { rows: HEAD_ROWS }, true)
    const preview = previewTable(text)
    return { ...preview, content: '', file, reading: { encoding, ...preview.reading } }
  } catch (error) {
    // The whole file may be one that can be read; what is wrong with it is told then.
    if (error instanceof Fault) return null
    throw error
  }
}

/** Reads the table that was sent last, as `reading` says. Throws `FILE-001` for one that is no longer here. */
export function readTable(upload: string, reading: TableReading): TablePreview {
  if (received?.upload !== upload) throw new Fault('FILE-001', { file: '' })
  const { file, bytes, rows } = received
  const wished = rows === null ? reading : { ...reading, rows }
  const { text, encoding, rows: taken } = readTableText(bytes, wished, rows !== null)
  const { skip, thousands } = reading
  const preview = previewTable(text, reading)
  const content = createHash('sha256').update(text).digest('hex')
  keepTable(content, text)
  const notices: FaultRecord[] = []
  if (encoding === 'EUC-KR' && reading.encoding === undefined) notices.push({ code: 'CSV-034', values: {} })
  if (taken !== undefined) notices.push({ code: 'CSV-042', values: { count: taken } })
  return {
    ...preview,
    content,
    file,
    reading: {
      encoding,
      ...preview.reading,
      ...(skip === true && { skip }),
      ...(thousands === true && { thousands }),
      ...(taken !== undefined && { rows: taken }),
    },
    notices: [...notices, ...preview.notices],
  }
}

const PARTS = ['left', 'train', 'test'] as const

/** A stretch of a session's table; empty where its data is none. */
export function sheetRows({ dataset: { sheet } }: Session, from: number, count: number): SheetRows {
  if (sheet === undefined) return { header: [], total: 0, from, columns: [], rows: [] }
  const { header, cells, parts } = sheet
  const shown = cells.texts(from, from + count)
  return {
    header,
    total: cells.count,
    from,
    columns: sheet.columns(),
    rows: shown.map((texts, i) => ({ part: PARTS[parts[from + i] ?? 0] ?? 'left', cells: texts })),
  }
}
