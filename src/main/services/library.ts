/** The library: a folder of models, one `.safetensors` file each. The folder is the truth; nothing else is kept. */
import { createHash } from 'node:crypto'
import { lstat, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../../core/spec/index.ts'
import type { LibraryEntry } from '../../shared/protocol.ts'
import { fileFault, saveAtomically, sweepOrphans } from './atomic.ts'
import type { Log } from './log.ts'
import { MODEL_SUFFIX, modelFileName, modelName } from './names.ts'

/** Models for training stay far below; what is larger is not read whole. */
const MAX_MODEL_BYTES = 512 * 1024 * 1024

/** What a file looked like when it was last read or written here. */
export interface Stamp {
  readonly fileName: string
  readonly mtimeMs: number
  readonly hash: string
}

export interface OpenedModel {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly file: string
  readonly stamp: Stamp
}

export interface SaveRequest {
  readonly name: string
  readonly bytes: Uint8Array
  /** How the run's own file looked when it was last opened or saved; undefined for a run without a file. */
  readonly known: Stamp | undefined
  /** A person has said that another file of this name may go. */
  readonly replace: boolean
}

export interface Library {
  list(): Promise<readonly LibraryEntry[]>
  open(file: string): Promise<OpenedModel>
  save(request: SaveRequest): Promise<{ readonly entry: LibraryEntry; readonly stamp: Stamp }>
  delete(file: string): Promise<void>
}

interface Options {
  readonly folder: string
  /** Counts the parameters in a model's bytes; rejects for what is no model. */
  readonly countParameters: (bytes: Uint8Array) => Promise<number>
  readonly log: Log
}

interface Found {
  readonly fileName: string
  readonly sizeBytes: number
  readonly mtimeMs: number
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** An id says nothing about the path, and is the same after a restart. */
const idOf = (fileName: string): string => createHash('sha256').update(fileName).digest('base64url').slice(0, 22)

/** Opens the library in this folder, made where it is missing; sweeps what interrupted saves left there. */
export function openLibrary({ folder, countParameters, log }: Options): Library {
  const counts = new Map<string, { readonly mtimeMs: number; readonly count: number }>()
  let ready: Promise<unknown> | null = null

  const prepare = async (): Promise<void> => {
    await mkdir(folder, { recursive: true })
    await sweepOrphans(folder)
  }
  const find = async (): Promise<Found[]> => {
    ready ??= prepare().catch((error: unknown) => {
      ready = null
      throw fileFault(error, 'read', folder)
    })
    await ready
    const names = (await readdir(folder)).filter(
      (name) => name.toLowerCase().endsWith(MODEL_SUFFIX) && !name.startsWith('.'),
    )
    const found = await Promise.all(
      names.map(async (fileName) => {
        // A link may lead out of the folder: only plain files belong to the library.
        const status = await lstat(join(folder, fileName)).catch(() => null)
        return status?.isFile() ? [{ fileName, sizeBytes: status.size, mtimeMs: status.mtimeMs }] : []
      }),
    )
    return found.flat()
  }
  const locate = async (file: string): Promise<Found> => {
    const found = (await find()).find(({ fileName }) => idOf(fileName) === file)
    if (found === undefined) throw new Fault('FILE-001', { file })
    return found
  }
  const read = async ({ fileName, sizeBytes }: Found): Promise<Uint8Array<ArrayBuffer>> => {
    const name = modelName(fileName)
    if (sizeBytes > MAX_MODEL_BYTES) throw new Fault('FILE-004', { file: name, size: sizeBytes, max: MAX_MODEL_BYTES })
    try {
      return new Uint8Array(await readFile(join(folder, fileName)))
    } catch (error) {
      throw fileFault(error, 'read', name)
    }
  }
  const count = async (found: Found): Promise<number> => {
    const known = counts.get(found.fileName)
    if (known?.mtimeMs === found.mtimeMs) return known.count
    // A file that is no model stays in the list (it says so when opened) and counts nothing.
    const counted = await read(found)
      .then(countParameters)
      .catch((error: unknown) => {
        log(`library: ${found.fileName}: ${String(error)}`)
        return 0
      })
    counts.set(found.fileName, { mtimeMs: found.mtimeMs, count: counted })
    return counted
  }
  const entry = async (found: Found): Promise<LibraryEntry> => ({
    file: idOf(found.fileName),
    name: modelName(found.fileName),
    savedAt: new Date(found.mtimeMs).toISOString(),
    sizeBytes: found.sizeBytes,
    parameterCount: await count(found),
  })
  const isUnchanged = async (found: Found, known: Stamp | undefined): Promise<boolean> => {
    if (known === undefined || known.fileName !== found.fileName) return false
    return known.mtimeMs === found.mtimeMs || known.hash === hashOf(await read(found))
  }

  return {
    async list() {
      const entries: LibraryEntry[] = []
      for (const found of await find()) entries.push(await entry(found))
      return entries.sort((a, b) => b.savedAt.localeCompare(a.savedAt))
    },
    async open(file) {
      const found = await locate(file)
      const bytes = await read(found)
      return { bytes, file, stamp: { fileName: found.fileName, mtimeMs: found.mtimeMs, hash: hashOf(bytes) } }
    },
    async save({ name, bytes, known, replace }) {
      const wanted = modelFileName(name)
      const existing = (await find()).find(({ fileName }) => fileName.normalize('NFC') === wanted)
      if (existing !== undefined && !replace && !(await isUnchanged(existing, known))) {
        throw new Fault('FILE-003', { file: modelName(wanted) })
      }
      const fileName = existing?.fileName ?? wanted
      const path = join(folder, fileName)
      try {
        await saveAtomically(path, bytes)
        const { size, mtimeMs } = await lstat(path)
        const saved = await entry({ fileName, sizeBytes: size, mtimeMs })
        return { entry: saved, stamp: { fileName, mtimeMs, hash: hashOf(bytes) } }
      } catch (error) {
        throw fileFault(error, 'save', modelName(fileName))
      }
    },
    async delete(file) {
      const { fileName } = await locate(file)
      try {
        await rm(join(folder, fileName))
      } catch (error) {
        throw fileFault(error, 'save', modelName(fileName))
      }
    },
  }
}
