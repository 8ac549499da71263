/** How the lab's left panel is looked through: what is sought, whether only what was changed, which topics are unfolded. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { hyperparameterAt, type Topic } from '../../core/spec/index.ts'
import { finds } from '../app/palette-search.ts'
import { layerOf, textsOf, topicNames } from '../controls/hyperparameter-words.ts'
import { appliedPaths, isChanged } from '../controls/recipe-value.ts'
import { t } from '../i18n/index.ts'
import { useRun } from './run.ts'

/** Rows of one topic, or of one layer. */
export interface FoundRows {
  readonly name: string
  readonly paths: readonly string[]
}

const headingOf = (path: string): string => layerOf(path) || t(topicNames[hyperparameterAt(path)?.topic ?? 'data'])

export const usePanel = defineStore('panel', () => {
  const run = useRun()
  const query = ref('')
  const onlyChanged = ref(false)
  const unfolded = shallowRef<ReadonlySet<Topic>>(new Set(['optimizer']))

  const changed = computed(() => {
    const recipe = run.current?.recipe
    return recipe === undefined ? [] : appliedPaths(recipe).filter((path) => isChanged(recipe, path))
  })
  const isFiltered = computed(() => onlyChanged.value || query.value.trim() !== '')
  /** What is found, by topic and layer, while anything is sought. */
  const found = computed<readonly FoundRows[]>(() => {
    const recipe = run.current?.recipe
    if (recipe === undefined || !isFiltered.value) return []
    const rows = new Map<string, string[]>()
    for (const path of onlyChanged.value ? changed.value : appliedPaths(recipe)) {
      const entry = hyperparameterAt(path)
      const name = headingOf(path)
      if (entry === undefined || !finds(query.value, [name, ...textsOf(entry)])) continue
      rows.set(name, [...(rows.get(name) ?? []), path])
    }
    return [...rows].map(([name, paths]) => ({ name, paths }))
  })
  const foundCount = computed(() => found.value.reduce((sum, { paths }) => sum + paths.length, 0))

  function toggle(topic: Topic): void {
    const next = new Set(unfolded.value)
    if (!next.delete(topic)) next.add(topic)
    unfolded.value = next
  }
  function showAll(): void {
    query.value = ''
    onlyChanged.value = false
  }
  return { query, onlyChanged, unfolded, changed, isFiltered, found, foundCount, toggle, showAll }
})
