/** Forks of the lab's run: begun with one value changed, shown beside it, and one of the two kept. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { groupOf, type Hyperparameter, hyperparameters, type Recipe, recipeValue } from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import { applies } from '../controls/recipe-value.ts'
import { useApp } from './app.ts'
import { useFrame } from './frame.ts'
import { useNotices } from './notices.ts'
import { useRun } from './run.ts'

const originalKey = 'paramap.fork.original'

/** Hyperparameters that a fork can change: those of training that do not begin or end it. */
export function forkable(recipe: Recipe): readonly Hyperparameter[] {
  return hyperparameters.filter(
    (entry) =>
      groupOf(entry) === 'training' &&
      entry.kind !== 'set' &&
      !entry.path.includes('*') &&
      entry.path !== 'seed' &&
      !entry.path.startsWith('training.stop') &&
      applies(entry, recipe),
  )
}

/** Paths of training at which two recipes differ. */
function differences(one: Recipe, other: Recipe): readonly string[] {
  return forkable(one)
    .map(({ path }) => path)
    .filter((path) => JSON.stringify(recipeValue(one, path)) !== JSON.stringify(recipeValue(other, path)))
}

/** A fork that is asked for: where, and what would be otherwise. */
export interface ForkPlan {
  readonly step: number
  readonly path: string
  readonly value: unknown
}

export const useFork = defineStore('fork', () => {
  const run = useRun()
  const frame = useFrame()
  /** What the next question about a fork begins with; null for the moment that is shown. */
  const plan = shallowRef<ForkPlan | null>(null)
  /** The run that was there first; the page's loading again keeps it. */
  const original = ref(sessionStorage.getItem(originalKey))
  const isOpen = computed(() => run.beside !== null && run.current !== null)
  /** Whether the map shows the run that was there first. */
  const showsOriginal = computed(() => run.current?.run === original.value)
  const different = computed(() =>
    run.current === null || run.beside === null ? [] : differences(run.current.recipe, run.beside.recipe),
  )
  /** The two, the one that was there first before the other. */
  const sides = computed(() => {
    const shown = {
      name: showsOriginal.value ? 'A' : 'B',
      info: run.current,
      frame: frame.source,
      read: frame.written,
      isShown: true,
    }
    const other = {
      name: showsOriginal.value ? 'B' : 'A',
      info: run.beside,
      frame: () => frame.beside,
      read: frame.besideWritten,
      isShown: false,
    }
    return showsOriginal.value ? [shown, other] : [other, shown]
  })
  const names = computed<readonly [string, string]>(() => (showsOriginal.value ? ['A', 'B'] : ['B', 'A']))

  /** Asks for a fork at a step with a value that may be changed there. */
  function propose(next: ForkPlan): void {
    plan.value = next
    useApp().forkShown = true
  }

  /** Forks the run at a step (null: at the moment shown) with one value changed; the map then shows the fork. */
  async function begin(path: string, value: unknown, step: number | null = null): Promise<boolean> {
    const from = run.current
    const info = await run.act((id) => bridge().call('run.fork', { run: id, step, path, value }))
    if (from === null || info === null) return false
    original.value = from.run
    sessionStorage.setItem(originalKey, from.run)
    run.accompany(info)
    run.swap()
    await run.setSpeed(run.speeds[run.slot])
    return true
  }

  /** Keeps one of the two, A or B; the other is closed. */
  async function keep(name: string): Promise<void> {
    if (names.value[0] !== name) run.swap()
    const other = run.beside
    if (other === null) return
    run.accompany(null)
    await bridge().call('run.close', { run: other.run }).catch(useNotices().report)
  }

  return { plan, propose, isOpen, sides, names, different, begin, keep }
})
