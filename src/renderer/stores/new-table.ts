/** A table that a person opens: read, read another way, tried, and made a run of. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import {
  type FaultRecord,
  irisRecipe,
  type TableData,
  type TablePreview,
  type TableReading,
  type TableRefusal,
  type TableTrial,
} from '../../core/spec/index.ts'
import { maxTableBytes } from '../../shared/protocol.ts'
import { bridge } from '../app/bridge.ts'
import { asFault } from './notices.ts'
import { useRun } from './run.ts'

/** Bytes of a file that are sent at a time. */
const pieceBytes = 4 * 1024 * 1024
/** Longest name of a recipe that is named after its file. */
const nameLength = 80

/** What is chosen before the table is used. */
export type TableChoice = Pick<TableData, 'inputs' | 'targets' | 'missing' | 'duplicates' | 'standardize' | 'cells'>

const atFirst: TableChoice = {
  inputs: [],
  targets: [],
  missing: 'drop',
  duplicates: 'keep',
  standardize: true,
  cells: [],
}

/** Sends a file piece by piece, or its beginning where `rows` are wanted; answers what is in it. */
async function send(file: File, upload: string, rows: number | null): Promise<TablePreview | null> {
  const name = file.name.normalize('NFC')
  if (file.size > maxTableBytes && rows === null) {
    throw { code: 'FILE-004', values: { file: name, size: file.size, max: maxTableBytes } }
  }
  const size = Math.min(file.size, maxTableBytes)
  const answers: Promise<TablePreview | null>[] = []
  for (let from = 0; from === 0 || from < size; from += pieceBytes) {
    const end = Math.min(size, from + pieceBytes)
    const bytes = new Uint8Array(await file.slice(from, end).arrayBuffer())
    // The next piece is read while this one is on its way; they arrive in their order.
    const answer = bridge().call('table.send', { upload, file: name, bytes, last: end === size, rows })
    // What is refused before all are sent is told below.
    answer.catch(() => {})
    answers.push(answer)
  }
  return (await Promise.all(answers)).at(-1) ?? null
}

export const useNewTable = defineStore('new-table', () => {
  const run = useRun()
  const opening = ref(false)
  const busy = ref(false)
  const preview = shallowRef<TablePreview | null>(null)
  /** What was told rather than found. */
  const reading = shallowRef<TableReading>({})
  const choice = shallowRef<TableChoice>(atFirst)
  const trial = shallowRef<TableTrial | null>(null)
  const refusal = shallowRef<TableRefusal | null>(null)
  let source: File | null = null
  let upload = ''
  /** Names of the columns for which the choice was made. */
  let columns = ''
  /** Counts what was asked, so that an answer that came too late is not taken for the newest. */
  let asked = 0

  const recipe = computed(() => {
    const table = preview.value
    if (table === null) return null
    const { file, content } = table
    const data = { source: 'table', file, content, ...choice.value, reading: table.reading }
    return { ...irisRecipe, name: file.slice(0, nameLength), data }
  })

  /** Does something that others may overtake; a fault is shown as the refusal. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    const mine = ++asked
    busy.value = true
    refusal.value = null
    trial.value = null
    try {
      await work()
    } catch (error) {
      if (mine === asked) refuse(asFault(error))
    }
    if (mine === asked) busy.value = false
  }
  function refuse(fault: FaultRecord): void {
    refusal.value = { fault, cell: null }
  }

  /** Shows a preview and tries what would come of it. */
  async function show(answer: Promise<TablePreview | null>): Promise<void> {
    const mine = asked
    const found = await answer.catch((error: unknown) => {
      // What is shown is what was asked for, or nothing.
      if (mine === asked) preview.value = null
      throw error
    })
    if (mine !== asked || found === null) return
    const names = found.columns.map(({ name }) => name).join('\n')
    // Columns that are called otherwise were not chosen.
    if (names !== columns) choice.value = { ...choice.value, inputs: [], targets: [], cells: [] }
    columns = names
    preview.value = found
    await consider()
  }

  async function consider(): Promise<void> {
    const mine = asked
    if (recipe.value === null) return
    const answer = await bridge().call('table.try', { recipe: recipe.value })
    if (mine !== asked) return
    if ('fault' in answer) refusal.value = answer
    else trial.value = answer
  }

  /** Reads a file; `rows` takes only its first ones. */
  async function open(file: File, rows: number | null = null): Promise<void> {
    source = file
    upload = crypto.randomUUID()
    preview.value = null
    reading.value = {}
    choice.value = atFirst
    await attempt(() => show(send(file, upload, rows)))
  }

  /** Uses only the first rows of the file that was too large. */
  async function openFirst(rows: number): Promise<void> {
    if (source !== null) await open(source, rows)
  }

  /** Reads the same file another way. */
  async function read(change: TableReading): Promise<void> {
    reading.value = { ...reading.value, ...change }
    const asking = bridge().call('table.read', { upload, reading: reading.value })
    await attempt(() => show(asking))
  }

  /** Chooses something else; what would come of it is tried at once. */
  async function choose(change: Partial<TableChoice>): Promise<void> {
    choice.value = { ...choice.value, ...change }
    await attempt(consider)
  }

  /** Makes a run of the table and puts it into the lab. */
  async function use(): Promise<void> {
    const wanted = recipe.value
    if (wanted === null) return
    await attempt(async () => {
      await run.adopt(await bridge().call('run.create', { recipe: wanted }))
      opening.value = false
    })
  }

  function start(): void {
    source = null
    preview.value = null
    refusal.value = null
    trial.value = null
    opening.value = true
  }

  return { opening, busy, preview, reading, choice, trial, refusal, open, openFirst, read, choose, use, start }
})
