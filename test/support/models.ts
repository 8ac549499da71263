/** Reads what a shell saved, as a program that knows nothing of Paramap would. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The saved model file with a name in a home folder, wherever the library puts it. */
export function savedModel(home: string, name: string): Buffer {
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.safetensors'))
  const found = files.find((file) => file.normalize('NFC').includes(name.normalize('NFC')))
  if (found === undefined) throw new Error(`${name} is not among ${files.join(', ') || 'no files'}`)
  return readFileSync(join(home, found))
}

interface TensorEntry {
  readonly shape: readonly number[]
  readonly data_offsets: readonly number[]
}

interface Header {
  readonly metadata: unknown
  readonly tensors: readonly (readonly [string, TensorEntry])[]
}

function headerOf(file: Buffer): Header {
  const length = Number(file.readBigUInt64LE(0))
  const { __metadata__: metadata, ...tensors } = JSON.parse(file.toString('utf8', 8, 8 + length))
  return { metadata, tensors: Object.entries<TensorEntry>(tensors) }
}

/** The recipe that a model file carries, as text. */
export function savedRecipe(file: Buffer): string {
  return JSON.stringify(headerOf(file).metadata)
}

/** Digest over names, shapes and bytes of the parameters; `withState` adds optimizer and random state. */
export function tensorDigest(file: Buffer, withState = false): string {
  const length = Number(file.readBigUInt64LE(0))
  const hash = createHash('sha256')
  for (const [name, entry] of headerOf(file).tensors) {
    if (!withState && name.startsWith('state.')) continue
    const [begin = 0, end = 0] = entry.data_offsets
    hash.update(`${name}\n${entry.shape.join('x')}\n`).update(file.subarray(8 + length + begin, 8 + length + end))
  }
  return hash.digest('hex')
}
