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
import { bridge } from '../app/bridge.ts'
import { asFault } from './notices.ts'
import { useRun } from './run.ts'
import { createUpload } from './table-upload.ts'

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
  const upload = createUpload()
  /** Names of the columns for which the choice was made. */
  let columns = ''
  /** Counts what was asked, so that an answer that came too late is not taken for the newest. */
  let asked = 0

  /** True while only the first rows of the file are known. */
  const isHead = computed(() => preview.value?.content === '')
  const recipe = computed(() => {
    const table = preview.value
    if (table === null || isHead.value) return null
    const { file, content } = table
    const data = { source: 'table', file, content, ...choice.value, reading: table.reading }
    return { ...irisRecipe, name: file.slice(0, nameLength), data }
  })

  /** Does something that others may overtake; a fault is shown as the refusal. */
  async function attempt(work: (mine: number) => Promise<void>): Promise<void> {
    const mine = ++asked
    busy.value = true
    refusal.value = null
    trial.value = null
    try {
      await work(mine)
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
    take(found)
    await consider()
  }

  function take(found: TablePreview): void {
    const names = found.columns.map(({ name }) => name).join('\n')
    // Columns that are called otherwise were not chosen.
    if (names !== columns) choice.value = { ...choice.value, inputs: [], targets: [], cells: [] }
    columns = names
    preview.value = found
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
    preview.value = null
    reading.value = {}
    choice.value = atFirst
    await attempt((mine) => show(upload.send(file, rows, (head) => mine === asked && take(head))))
  }

  /** Uses only the first rows of the file that was too large. */
  async function openFirst(rows: number): Promise<void> {
    if (upload.file !== null) await open(upload.file, rows)
  }

  /** Reads the same file another way. */
  async function read(change: TableReading): Promise<void> {
    reading.value = { ...reading.value, ...change }
    await attempt(() => show(upload.read(reading.value)))
  }

  /** Chooses something else; what would come of it is tried at once. */
  async function choose(change: Partial<TableChoice>): Promise<void> {
    choice.value = { ...choice.value, ...change }
    if (!isHead.value) await attempt(consider)
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
    // What is still on its way was asked for another time.
    asked++
    busy.value = false
    preview.value = null
    refusal.value = null
    trial.value = null
    opening.value = true
  }

  return { opening, busy, preview, isHead, reading, choice, trial, refusal, open, openFirst, read, choose, use, start }
})
