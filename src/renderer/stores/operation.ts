/** The step that is taken apart: its operations, the one that is shown, and the formulas of the stop that is looked at. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import {
  type OperationLines,
  type OperationMove,
  type Phase,
  phasesOf,
  type UpdateParts,
} from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import { mapNetwork } from '../map/network.ts'
import { routePlace, type Selection, stopPlace } from '../map/selection.ts'
import { useFrame } from './frame.ts'
import { usePoints } from './points.ts'
import { createRenewal } from './renewal.ts'
import { useRun } from './run.ts'
import { useSelection } from './selection.ts'

/** A calm look at what stands needs no waiting. */
const stillMs = 16

/** What the formulas are of: a stop of the operation's layer, or a line into it; of the update one parameter. */
interface Target {
  readonly stop: number
  readonly from: number | null
  readonly parameter: string
  readonly index: number
}

export const useOperation = defineStore('operation', () => {
  const run = useRun()
  const frame = useFrame()
  const selection = useSelection()
  const points = usePoints()
  /** Row of the batch that was asked for; `state` says which is shown. */
  const row = ref(0)
  const formulas = shallowRef<OperationLines | null>(null)
  const update = shallowRef<{
    readonly step: number
    readonly name: string
    readonly index: number
    readonly parts: UpdateParts
  } | null>(null)

  const state = computed(() => frame.head?.operation ?? null)
  const phases = computed<readonly Phase[]>(() => (run.current === null ? [] : phasesOf(run.current.layers.length)))
  const phase = computed<Phase | null>(() => phases.value[state.value?.phase ?? -1] ?? null)
  const network = computed(() => (run.current === null ? null : mapNetwork(run.current)))

  /** The selection as far as it belongs to the operation that is shown; else the first stop, or the first parameter. */
  const target = computed<Target>(() => {
    const chosen: Selection | null = selection.selected
    const first = run.current?.parameters[0]
    const own = run.current?.parameters.find(({ name }) => name === chosen?.parameter)
    const parameter =
      own === undefined
        ? { parameter: first?.name ?? '', index: 0 }
        : { parameter: own.name, index: chosen?.index ?? 0 }
    const layer = phase.value?.layer ?? null
    if (network.value === null || layer === null) return { stop: 0, from: null, ...parameter }
    const route = routePlace(network.value, chosen)
    if (route !== null && route.gap + 1 === layer) {
      // Of a picture a line joins many weights: one of them is meant.
      const { inner = 1 } = network.value.gaps[route.gap] ?? {}
      return { stop: route.to, from: route.from * inner + (route.part ?? 0), ...parameter }
    }
    const stop = stopPlace(network.value, chosen)
    return { stop: stop?.layer === layer ? stop.index : 0, from: null, ...parameter }
  })

  /** Where the row that is shown lies on the plane; null where the data is no points. */
  const point = computed<readonly [number, number] | null>(() => {
    const [train, sample] = [points.current?.train, state.value?.sample]
    const [x, y] = sample === undefined ? [] : (train?.slice(3 * sample, 3 * sample + 2) ?? [])
    return x === undefined || y === undefined ? null : [x, y]
  })

  const move = (to: OperationMove) => run.act((id) => bridge().call('run.operate', { run: id, to }))

  /** Formulas that belong to what is shown now; null while they are worked out. */
  const lines = computed(() => {
    const [known, now, { stop, from }] = [formulas.value, state.value, target.value]
    if (known === null || now === null || known.stop !== stop || known.from !== from) return null
    return known.step === now.step && known.phase === now.phase && known.row === now.row ? known : null
  })
  const parts = computed(() => {
    const known = update.value
    const isNow = known !== null && known.step === state.value?.step
    return isNow && known.name === target.value.parameter && known.index === target.value.index ? known.parts : null
  })

  async function load(): Promise<void> {
    const [asked, now, kind] = [target.value, state.value, phase.value?.kind]
    if (now === null || kind === undefined) return
    if (kind === 'update') {
      const { parameter: name, index } = asked
      const answer = await run.act((id) => bridge().call('run.update', { run: id, name, index }))
      update.value = answer === null ? null : { step: now.step, name, index, parts: answer }
      return
    }
    const { stop, from } = asked
    formulas.value = await run.act((id) => bridge().call('run.operation', { run: id, row: now.row, stop, from }))
  }
  const renewal = createRenewal(load, () => stillMs)
  watch([state, target], () => {
    if (state.value !== null) renewal.ask()
  })

  return { row, state, phases, phase, point, target, lines, parts, move }
})
