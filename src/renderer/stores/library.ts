/** The models that were saved: list, save, open, delete, upload. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { type LibraryEntry, maxCallBytes, type RunInfo } from '../../shared/protocol.ts'
import { bridge } from '../app/bridge.ts'
import { asFault, useNotices } from './notices.ts'
import { useRun } from './run.ts'
import { useSaved } from './saved.ts'

export const useLibrary = defineStore('library', () => {
  const notices = useNotices()
  const run = useRun()
  const entries = shallowRef<readonly LibraryEntry[]>([])
  const loaded = ref(false)
  const busy = ref(false)
  const saved = useSaved()
  /** Name of the current run's file, else of its recipe. */
  const currentName = computed(() => {
    const info = run.current
    return entries.value.find((entry) => entry.file === info?.file)?.name ?? info?.recipe.name ?? ''
  })

  /** Runs work that may fail; a fault becomes a notice and null. */
  async function attempt<Result>(work: () => Promise<Result>): Promise<Result | null> {
    busy.value = true
    try {
      return await work()
    } catch (error) {
      notices.report(error)
      return null
    } finally {
      busy.value = false
    }
  }

  async function load(): Promise<void> {
    const list = await attempt(() => bridge().call('library.list', null))
    if (list !== null) entries.value = list
    loaded.value = true
  }

  // The name of a file that was saved or opened elsewhere is read from the list.
  watch(
    () => run.current?.file ?? null,
    (file) => {
      if (file !== null && entries.value.every((entry) => entry.file !== file)) void load()
    },
  )

  /** Saves the current run; `conflict` says that the file changed meanwhile and may be replaced on request. */
  async function save(name: string, replace: boolean): Promise<'saved' | 'conflict' | 'failed'> {
    const info = run.current
    if (info === null) return 'failed'
    try {
      const written = saved.now()
      const entry = await bridge().call('model.save', { run: info.run, name, replace })
      saved.mark(info.run, written)
      await run.refresh(info.run)
      notices.tell('notice.saved', { name: entry.name })
      await load()
      return 'saved'
    } catch (error) {
      if (asFault(error).code === 'FILE-003') return 'conflict'
      notices.report(error)
      return 'failed'
    }
  }

  async function show(info: RunInfo | null): Promise<boolean> {
    if (info !== null) await run.adopt(info)
    return info !== null
  }

  const open = async (file: string): Promise<boolean> =>
    show(await attempt(() => bridge().call('model.open', { file })))

  const choose = async (): Promise<boolean> => show(await attempt(() => bridge().call('model.choose', null)))

  async function upload(file: File): Promise<boolean> {
    return show(
      await attempt(async () => {
        if (file.size > maxCallBytes) {
          throw { code: 'FILE-004', values: { file: file.name, size: file.size, max: maxCallBytes } }
        }
        const bytes = new Uint8Array(await file.arrayBuffer())
        return bridge().call('model.upload', { name: file.name.normalize('NFC'), bytes })
      }),
    )
  }

  async function remove(entry: LibraryEntry): Promise<void> {
    await attempt(() => bridge().call('library.delete', { file: entry.file }))
    await load()
  }

  return { entries, loaded, busy, currentName, load, save, open, choose, upload, remove }
})
