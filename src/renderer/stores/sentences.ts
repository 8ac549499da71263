/** The learner's own sentences: changed as one list, refused at the row that is wrong, undone like every edit. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import {
  acceptRecipe,
  conflictRecipe,
  englishStoryRecipe,
  type FaultRecord,
  firstSetRecipe,
  type SentenceExample,
  type SentencesData,
  storyRecipe,
  type Tokenizer,
} from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import type { MessageKey } from '../i18n/index.ts'
import { useEdits } from './edits.ts'
import { asFault } from './notices.ts'
import { useRun } from './run.ts'

/** Sentences that are on board. */
interface ReadySet {
  readonly id: string
  readonly message: MessageKey
  readonly recipe: unknown
}

export const readySets: readonly ReadySet[] = [
  { id: 'story', message: 'sentences.setStory', recipe: storyRecipe },
  { id: 'english', message: 'sentences.setEnglish', recipe: englishStoryRecipe },
  { id: 'first', message: 'sentences.setFirst', recipe: firstSetRecipe },
  { id: 'conflict', message: 'sentences.setConflict', recipe: conflictRecipe },
]

/** The row that a fault is about: `data.examples.2.answer` is 2; null for the list as a whole. */
function rowOf(fault: FaultRecord | null): number | null {
  const found = /^data\.examples\.(\d+)/.exec(fault?.at ?? '')?.[1]
  return found === undefined ? null : Number(found)
}

export const useSentences = defineStore('sentences', () => {
  const run = useRun()
  const fault = shallowRef<FaultRecord | null>(null)
  const busy = ref(false)
  const data = computed<SentencesData | null>(() => {
    const found = run.current?.recipe.data
    return found?.source === 'sentences' ? found : null
  })
  const rows = computed<readonly SentenceExample[]>(() => data.value?.examples ?? [])
  const faultRow = computed(() => rowOf(fault.value))

  async function edit(path: string, value: unknown): Promise<boolean> {
    const id = run.current?.run
    if (id === undefined || busy.value) return false
    busy.value = true
    try {
      run.update(await useEdits().change(() => bridge().call('run.edit', { run: id, path, value })))
      fault.value = null
      return true
    } catch (error) {
      fault.value = asFault(error)
      return false
    } finally {
      busy.value = false
    }
  }

  const setAll = (examples: readonly SentenceExample[]): Promise<boolean> => edit('data.examples', examples)
  const change = (at: number, next: SentenceExample): Promise<boolean> =>
    setAll(rows.value.map((row, i) => (i === at ? next : row)))
  const add = (next: SentenceExample): Promise<boolean> => setAll([...rows.value, next])
  const remove = (at: number): Promise<boolean> => setAll(rows.value.filter((_, i) => i !== at))
  /** Changes places with a neighbour. */
  function move(at: number, by: 1 | -1): Promise<boolean> {
    const list = [...rows.value]
    const [row, other] = [list[at], list[at + by]]
    if (row === undefined || other === undefined) return Promise.resolve(false)
    list[at] = other
    list[at + by] = row
    return setAll(list)
  }
  const cut = (tokenizer: Tokenizer): Promise<boolean> => edit('data.tokenizer', tokenizer)
  /** Takes the sentences of a ready set; the network keeps what fits. */
  const take = ({ recipe }: ReadySet): Promise<boolean> => edit('data', acceptRecipe(recipe).data)

  return { data, rows, fault, faultRow, busy, change, add, remove, move, cut, take }
})
