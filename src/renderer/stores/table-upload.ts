/** The file of a table on its way to the services, piece by piece. */
import type { TablePreview, TableReading } from '../../core/spec/index.ts'
import { maxTableBytes } from '../../shared/protocol.ts'
import { bridge } from '../app/bridge.ts'

/** Bytes of a file that are sent at a time; the first piece is small, so that the first rows are seen at once. */
const pieceBytes = 4 * 1024 * 1024
const headBytes = 256 * 1024
/**
 * Sends a file piece by piece, or its beginning where `rows` are wanted; answers what is in it. `showHead` is told what
 * the first rows are, as soon as they are there.
 */
async function sendPieces(
  file: File,
  upload: string,
  rows: number | null,
  showHead: (head: TablePreview) => void,
): Promise<TablePreview | null> {
  const name = file.name.normalize('NFC')
  if (file.size > maxTableBytes && rows === null) {
    throw { code: 'FILE-004', values: { file: name, size: file.size, max: maxTableBytes } }
  }
  const size = Math.min(file.size, maxTableBytes)
  const answers: Promise<TablePreview | null>[] = []
  for (let from = 0, end = 0; from === 0 || from < size; from = end) {
    end = Math.min(size, from + (from === 0 ? headBytes : pieceBytes))
    const bytes = new Uint8Array(await file.slice(from, end).arrayBuffer())
    // The next piece is read while this one is on its way; they arrive in their order.
    const answer = bridge().call('table.send', { upload, file: name, bytes, last: end === size, rows })
    // What is refused before all are sent is told below.
    answer.then(
      (found) => found !== null && end < size && showHead(found),
      () => {},
    )
    answers.push(answer)
  }
  return (await Promise.all(answers)).at(-1) ?? null
}

export interface Upload {
  /** The file that was sent last. */
  readonly file: File | null
  /** Sends a file, or its first `rows`; answers what is in it, and tells what its first rows show as soon as they are there. */
  send(file: File, rows: number | null, showHead: (head: TablePreview) => void): Promise<TablePreview | null>
  /** The file that was sent last, read another way. */
  read(reading: TableReading): Promise<TablePreview>
}

/** Sends one file after the other. */
export function createUpload(): Upload {
  let source: File | null = null
  let upload = ''
  let sending: Promise<unknown> = Promise.resolve()
  return {
    get file() {
      return source
    },
    send(file, rows, showHead) {
      source = file
      upload = crypto.randomUUID()
      const answer = sendPieces(file, upload, rows, showHead)
      // What is wrong with it is told by the answer itself.
      sending = answer.catch(() => {})
      return answer
    },
    async read(reading) {
      const wanted = { upload, reading }
      // It can be read once all of it is there.
      await sending
      return bridge().call('table.read', wanted)
    },
  }
}
