/** Bytes of a text file to text: UTF-8, UTF-16, Korean CP949. */
import { Fault, type TableReading, type TextEncoding } from '../spec/index.ts'
import { firstRows } from './csv.ts'
import { fileKind } from './kind.ts'

function markOf(bytes: Uint8Array): TextEncoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16LE'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16BE'
  return undefined
}

const decode = (bytes: Uint8Array, encoding: TextEncoding): string =>
  new TextDecoder(encoding, { fatal: true }).decode(bytes)

/** Reads a text file in UTF-8, or UTF-16 with a byte order mark; throws `CSV-025` for what is no text, `CSV-003` for other text. */
export function readText(bytes: Uint8Array): string {
  const kind = fileKind(bytes)
  if (kind !== undefined) throw new Fault('CSV-025', { kind })
  const encoding = markOf(bytes) ?? 'UTF-8'
  try {
    return decode(bytes, encoding)
  } catch {
    throw new Fault('CSV-003', { encoding })
  }
}

/** Bytes that show whether every second one is 0. */
const looked = 512

/** UTF-16 without its mark, as most letters of tables are below 256; undefined for other bytes. */
function unmarkedWide(bytes: Uint8Array): TextEncoding | undefined {
  const head = bytes.subarray(0, looked)
  const zeros = [0, 1].map((odd) => head.filter((byte, i) => byte === 0 && i % 2 === odd).length)
  const [even = 0, odd = 0] = zeros
  if (head.length < 4 || bytes.length % 2 !== 0 || Math.max(even, odd) < head.length / 4) return undefined
  return odd > even ? 'UTF-16LE' : 'UTF-16BE'
}

/** Reads a text file in any encoding that it may have been saved in here, and tells which. Faults as `readText`. */
export function readAnyText(bytes: Uint8Array): { readonly text: string; readonly encoding: TextEncoding } {
  const wide = markOf(bytes) ?? unmarkedWide(bytes)
  if (wide !== undefined && markOf(bytes) === undefined) return { text: decode(bytes, wide), encoding: wide }
  try {
    return { text: readText(bytes), encoding: wide ?? 'UTF-8' }
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'CSV-003' || wide !== undefined) throw error
    try {
      return { text: decode(bytes, 'EUC-KR'), encoding: 'EUC-KR' }
    } catch {
      throw error
    }
  }
}

/** The text of a table's file: in the encoding that `reading` names or that is found, and as many rows as it says. */
export interface TableText {
  readonly text: string
  readonly encoding: TextEncoding
  /** How many rows were taken, where not all are. */
  readonly rows?: number
}

/** Reads a table's file; `isCut` says that the bytes are only its beginning. Faults as `readText`. */
export function readTableText(bytes: Uint8Array, reading: TableReading = {}, isCut = false): TableText {
  const { encoding } = reading
  const whole = isCut ? bytes.subarray(0, wholeLines(bytes)) : bytes
  const found = encoding === undefined ? readAnyText(whole) : { text: readAs(whole, encoding), encoding }
  return reading.rows === undefined ? found : { ...found, ...firstRows(found.text, reading.rows, isCut) }
}

function readAs(bytes: Uint8Array, encoding: TextEncoding): string {
  const kind = fileKind(bytes)
  if (kind !== undefined) throw new Fault('CSV-025', { kind })
  try {
    return decode(bytes, encoding)
  } catch {
    throw new Fault('CSV-003', { encoding })
  }
}

const lineFeed = 10

/** Bytes up to where a character ends for sure: behind a line feed, which has two bytes in UTF-16. */
function wholeLines(bytes: Uint8Array): number {
  const wide = markOf(bytes) ?? unmarkedWide(bytes)
  if (wide === undefined) return bytes.lastIndexOf(lineFeed) + 1
  const [low, high] = wide === 'UTF-16LE' ? [0, 1] : [1, 0]
  let at = bytes.length - (bytes.length % 2) - 2
  while (at >= 0 && !(bytes[at + low] === lineFeed && bytes[at + high] === 0)) at -= 2
  return at + 2
}
