/** Bytes of a text file to text: UTF-8, or UTF-16 with a byte order mark. */
import { Fault } from '../spec/index.ts'
import { fileKind } from './kind.ts'

/** Reads a text file; throws `CSV-021` for what is no text and `CSV-003` for text in another encoding. */
export function readText(bytes: Uint8Array): string {
  const kind = fileKind(bytes)
  if (kind !== undefined) throw new Fault('CSV-025', { kind })
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new Fault('CSV-003', { encoding: encoding.toUpperCase() })
  }
}
