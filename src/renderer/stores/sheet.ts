/** The table of the current run, row by row as it is looked at. */
import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef, watch } from 'vue'
import type { CellEdit, ColumnPreview, SheetRows } from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import { useEdits } from './edits.ts'
import { useNotices } from './notices.ts'
import { useRun } from './run.ts'

/** Rows that are fetched together. */
export const pageRows = 200

type Row = SheetRows['rows'][number]

export const useSheet = defineStore('sheet', () => {
  const run = useRun()
  const edits = useEdits()
  const notices = useNotices()
  const header = shallowRef<readonly string[]>([])
  const total = ref(0)
  const pages = shallowReactive(new Map<number, readonly Row[]>())
  const columns = shallowRef<readonly ColumnPreview[]>([])
  /** True while the table is shown. */
  const shown = ref(false)
  const data = computed(() => (run.current?.recipe.data.source === 'table' ? run.current.recipe.data : null))
  /** What the rows follow from: another text here means other rows or another split. */
  const origin = computed(() =>
    data.value === null ? '' : JSON.stringify([run.current?.run, data.value, run.current?.recipe.seed]),
  )
  let asked = new Set<number>()

  async function loadPage(page: number): Promise<void> {
    const id = run.current?.run
    const from = origin.value
    if (id === undefined || from === '' || asked.has(page)) return
    asked.add(page)
    try {
      const answer = await bridge().call('run.rows', { run: id, from: page * pageRows, count: pageRows })
      if (from !== origin.value) return
      header.value = answer.header
      columns.value = answer.columns
      total.value = answer.total
      pages.set(page, answer.rows)
    } catch (error) {
      asked.delete(page)
      notices.report(error)
    }
  }

  watch(
    origin,
    (now) => {
      // The old rows stay in sight until the new ones are there.
      const inSight = [...pages.keys()]
      asked = new Set()
      if (now === '') {
        pages.clear()
        header.value = []
        columns.value = []
        shown.value = false
      } else for (const page of new Set([0, ...inSight.slice(-3)])) void loadPage(page)
      for (const page of inSight.slice(0, -3)) pages.delete(page)
    },
    { immediate: true },
  )

  /** The row at an index, null while it is on its way. */
  function row(index: number): Row | null {
    const page = Math.floor(index / pageRows)
    const rows = pages.get(page)
    if (rows === undefined) void loadPage(page)
    return rows?.[index - page * pageRows] ?? null
  }

  /** Writes one cell over; taken back like every other edit. */
  async function write(at: number, column: number, text: string): Promise<void> {
    if (data.value === null) return
    const others = data.value.cells.filter(([row, of]) => row !== at || of !== column)
    const cell: CellEdit = [at, column, text]
    await edits.edit('data.cells', [...others, cell])
  }

  /** An output that is a number, as the table would write it: standardised ones become what they were. */
  function inTable(name: string, value: number): number {
    const column = data.value?.standardize === true ? columns.value.find((one) => one.name === name) : undefined
    return value * (column?.deviation ?? 1) + (column?.mean ?? 0)
  }

  return { inTable, header, total, columns, pages, shown, data, row, write }
})
