/** The table of the current run, row by row as it is looked at, and files that are opened as tables. */
import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef, watch } from 'vue'
import type { CellEdit, SheetRows, TablePreview } from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import { useEdits } from './edits.ts'
import { base64 } from './library.ts'
import { useNotices } from './notices.ts'
import { useRun } from './run.ts'

/** Rows that are fetched together. */
export const pageRows = 200
/** Bytes of a file that are sent at a time. */
const pieceBytes = 2 * 1024 * 1024

type Row = SheetRows['rows'][number]

export const useSheet = defineStore('sheet', () => {
  const run = useRun()
  const edits = useEdits()
  const notices = useNotices()
  const header = shallowRef<readonly string[]>([])
  const total = ref(0)
  const pages = shallowReactive(new Map<number, readonly Row[]>())
  /** True while the table is shown, and while a file is chosen. */
  const shown = ref(false)
  const opening = ref(false)
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

  /** Sends a file piece by piece; answers what is in it, or null where it is no table. */
  async function open(file: File): Promise<TablePreview | null> {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const upload = crypto.randomUUID()
    const name = file.name.normalize('NFC')
    for (let from = 0; ; from += pieceBytes) {
      const piece = base64(bytes.subarray(from, from + pieceBytes))
      const last = from + pieceBytes >= bytes.length
      const preview = await bridge().call('table.send', { upload, file: name, base64: piece, last })
      if (last) return preview
    }
  }

  return { header, total, pages, shown, opening, data, row, write, open }
})
