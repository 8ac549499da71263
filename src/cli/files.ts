/** Files that the command line reads and writes. Every fault names the file. */
import { constants } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { buildDataset, type DataSource } from '../core/data/build.ts'
import { codedDataset } from '../core/data/coding.ts'
import type { Dataset } from '../core/data/dataset.ts'
import { codedText } from '../core/data/text-coding.ts'
import { roundingWarning } from '../core/exec/self-test.ts'
import type { Kernels } from '../core/exec/wasm.ts'
import { contentHash } from '../core/io/hash.ts'
import { parseJson } from '../core/io/json.ts'
import { fileKind } from '../core/io/kind.ts'
import { type ModelFile, readModel } from '../core/io/model.ts'
import { readTableText, readText } from '../core/io/text.ts'
import { acceptRecipe, Fault, faultRecord, type Recipe, type TableReading } from '../core/spec/index.ts'
import { fileFault, saveAtomically } from '../main/services/atomic.ts'
import { loadKernels } from '../main/training/kernels.ts'
import { FaultIn, type Output, within } from './output.ts'

const mebibyte = 2 ** 20
const largestRecipe = 64 * mebibyte
const largestTable = 256 * mebibyte
const largestModel = 2 ** 31 - 1

/** What the system would say if it looked before it acted. */
function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}

/** The bytes of a file of at most `max`; faults `FILE-…`. */
async function readBytes(path: string, max: number): Promise<Uint8Array> {
  try {
    const info = await stat(path)
    if (info.isDirectory()) throw systemError('EISDIR')
    // A device may never end.
    if (!info.isFile() && !info.isFIFO()) throw systemError('ENODEV')
    if (info.size > max) throw new Fault('FILE-004', { file: path, size: info.size, max })
    return await readFile(path)
  } catch (error) {
    throw fileFault(error, 'read', path)
  }
}

/** Bytes of a model or of any other safetensors file. */
export const readModelBytes = (path: string): Promise<Uint8Array> => readBytes(path, largestModel)

/** Reads a model. */
export function readModelFile(path: string): Promise<ModelFile> {
  return within(path, async () => readModel(await readModelBytes(path)))
}

/** Reads and completes a recipe. */
export function readRecipe(path: string): Promise<Recipe> {
  return within(path, async () => {
    const bytes = await readBytes(path, largestRecipe)
    const kind = bytes[8] === 0x7b && bytes[7] === 0 ? 'safetensors' : fileKind(bytes)
    if (kind !== undefined) throw new Fault('RECIPE-021', { kind })
    return acceptRecipe(parseJson(readText(bytes)))
  })
}

/** Text of a file: UTF-8, UTF-16 with a byte order mark, else Korean CP949, which is then said. */
export function readTextFile(path: string, out: Output, reading?: TableReading): Promise<string> {
  return within(path, async () => {
    const bytes = await readBytes(path, largestTable)
    const { text, encoding } = readTableText(bytes, reading)
    if (encoding === 'EUC-KR' && reading?.encoding === undefined) out.note('CLI-cp949', {}, path)
    return text
  })
}

/** What a recipe's data needs of the files that come with the program, packed beside the kernels. */
async function bundledData({ data }: Recipe): Promise<DataSource> {
  const packed = (name: string): Promise<Uint8Array> =>
    readBytes(join(import.meta.dirname, '../core/gen', name), largestTable)
  if (data.source === 'digits') return { digits: await packed('digits.bin') }
  if (data.source === 'table' && data.name !== undefined) return { table: readText(await packed(`${data.name}.csv`)) }
  if (data.source === 'text' && data.name !== undefined) return { text: readText(await packed(`${data.name}.txt`)) }
  return {}
}

/** The file that a recipe's data is read from. */
function fileOf({ data }: Recipe): string | undefined {
  if (data.source === 'csv' || data.source === 'text') return data.path
  return data.source === 'table' ? data.file : undefined
}

function sourceFrom({ data }: Recipe, text: string): DataSource {
  if (data.source === 'csv') return { csv: text }
  return data.source === 'table' ? { table: text } : { text }
}

/** A recipe made in the app says which table it means; another one of the same name would be trained on unnoticed. */
function checkContent({ data }: Recipe, text: string): void {
  if (data.source !== 'table' || data.content === undefined || contentHash(text) === data.content) return
  throw new Fault('CSV-033', { file: data.file ?? '' }, 'data.content')
}

/** The data of a recipe; paths in it are relative to the recipe. */
export async function readDataset(recipe: Recipe, recipePath: string, out: Output): Promise<Dataset> {
  const { data } = recipe
  const named = fileOf(recipe)
  if (named === undefined) return within(recipePath, async () => buildDataset(recipe, await bundledData(recipe)))
  const path = resolve(dirname(recipePath), named)
  const reading = data.source === 'table' ? data.reading : undefined
  const text = await readTextFile(path, out, reading).catch((error: unknown) => {
    const isMissing = error instanceof FaultIn && error.fault.code.startsWith('FILE-')
    const at = data.source === 'table' ? 'data.file' : 'data.path'
    throw isMissing ? new FaultIn(recipePath, { ...error.fault, at }) : error
  })
  try {
    checkContent(recipe, text)
    const dataset = buildDataset(recipe, sourceFrom(recipe, text))
    for (const { code, values } of dataset.warnings ?? []) out.note(code, values, path)
    return dataset
  } catch (error) {
    // A column that the recipe names is the recipe's mistake, all else the table's.
    const fault = faultRecord(error)
    throw new FaultIn(fault.at?.startsWith('data.') ? recipePath : path, fault)
  }
}

/** The data that a model predicts with; its training table or text is not needed. */
export async function datasetOfModel(model: ModelFile): Promise<Dataset> {
  const { data } = model.recipe
  if (model.coding !== undefined) return codedDataset(model.coding)
  if (model.textCoding !== undefined && data.source === 'text') return codedText(data, model.textCoding)
  if (data.source === 'csv' || (data.source === 'table' && data.file !== undefined))
    throw new Fault('MODEL-009', { field: 'paramap.coding' })
  return buildDataset(model.recipe, await bundledData(model.recipe))
}

/** Says before hours of training that the result could not be saved. */
export async function checkTarget(path: string): Promise<void> {
  await within(path, async () => {
    try {
      const folder = dirname(resolve(path))
      if (!(await stat(folder)).isDirectory()) throw systemError('ENOTDIR')
      await access(folder, constants.W_OK)
      const found = await stat(path).catch(() => undefined)
      if (found?.isDirectory()) throw systemError('EISDIR')
    } catch (error) {
      throw fileFault(error, 'save', path)
    }
  })
}

/** Writes the whole file or leaves the old one. */
export async function save(path: string, bytes: Uint8Array): Promise<void> {
  await within(path, async () => {
    try {
      await saveAtomically(path, bytes)
    } catch (error) {
      throw fileFault(error, 'save', path)
    }
  })
}

/**
 * The kernels, which lie beside the core in the sources and at the same place below `out/`. `fastest` measures for a
 * tenth of a second which build suits this computer; the bits are the same.
 */
export function readKernels(choice: 'plain' | 'fastest'): Kernels {
  return loadKernels(join(import.meta.dirname, '../core/gen/kernels.wasm'), choice)
}

/** Says on stderr that another computer would train to other bits, where that is so. */
export function warnOfRounding(kernels: Kernels, out: Output): void {
  const warning = roundingWarning(kernels)
  if (warning !== null) out.note(warning.code, warning.values)
}
