/** Tables that people opened, and those that come with the program, as the training worker has them. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { DataSource } from '../../core/data/build.ts'
import { previewTable } from '../../core/data/preview.ts'
import digitsPath from '../../core/gen/digits.bin?asset&asarUnpack'
import irisPath from '../../core/gen/iris.csv?asset&asarUnpack'
import penguinsPath from '../../core/gen/penguins.csv?asset&asarUnpack'
import { readAnyText } from '../../core/io/text.ts'
import { Fault, type Recipe, type SheetRows, type TablePreview } from '../../core/spec/index.ts'
import type { Session, SessionState } from '../../core/train/session.ts'

/** Texts that are kept though no run uses them; the one used longest ago makes room. */
const MAX_TABLES = 8
/** Files that are on their way at a time, and the bytes of one. */
const MAX_UPLOADS = 4
const MAX_BYTES = 64 * 1024 * 1024

const bundledTables = { iris: irisPath, penguins: penguinsPath } as const

/** Texts by their content hash. */
const texts = new Map<string, string>()
const uploads = new Map<string, Buffer[]>()

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

/** Takes a piece of a file; with the last one the table is read. Throws `FILE-004` for too much, `CSV-…` for no table. */
export function receiveTable(upload: string, file: string, base64: string, last: boolean): TablePreview | null {
  const pieces = uploads.get(upload) ?? []
  if (pieces.length === 0 && uploads.size >= MAX_UPLOADS) uploads.delete([...uploads.keys()][0] ?? '')
  pieces.push(Buffer.from(base64, 'base64'))
  uploads.set(upload, pieces)
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0)
  if (last || size > MAX_BYTES) uploads.delete(upload)
  if (size > MAX_BYTES) throw new Fault('FILE-004', { file, size, max: MAX_BYTES })
  if (!last) return null
  const { text, encoding } = readAnyText(Buffer.concat(pieces))
  const preview = previewTable(text)
  const content = createHash('sha256').update(text).digest('hex')
  keepTable(content, text)
  return { content, file, encoding, ...preview }
}

const PARTS = ['left', 'train', 'test'] as const

/** A stretch of a session's table; empty where its data is none. */
export function sheetRows({ dataset }: Session, from: number, count: number): SheetRows {
  const { header, rows, parts } = dataset.sheet ?? { header: [], rows: [], parts: new Uint8Array(0) }
  const shown = rows.slice(from, from + count)
  return {
    header,
    total: rows.length,
    from,
    rows: shown.map((cells, i) => ({ part: PARTS[parts[from + i] ?? 0] ?? 'left', cells })),
  }
}
