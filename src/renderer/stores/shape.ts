/** The layers under a person's hand: what a change would do, how useful stops are, and the change itself. */
import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { Damage, FaultRecord, HeldGroup, ShapeChange, ShapePlan, Usefulness } from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import { useEdits } from './edits.ts'
import { asFault } from './notices.ts'
import { useRun } from './run.ts'

/** A change that was tried: what it would do, or why it cannot be. */
export type Tried =
  | { readonly plan: ShapePlan; readonly refusal: null }
  | { readonly plan: null; readonly refusal: FaultRecord }

export const useShape = defineStore('shape', () => {
  const run = useRun()
  /** The hidden layer whose details are open, counted from 0. */
  const open = shallowRef<number | null>(null)

  watch(
    () => run.current?.run,
    () => {
      open.value = null
    },
  )

  /** Changes the layers; which stop goes on as which is part of the change. */
  async function reshape(change: ShapeChange): Promise<void> {
    const from = run.current?.recipe.network
    const info = await useEdits().change(() => run.act((id) => bridge().call('run.reshape', { run: id, change })))
    if (info === null) return
    run.update(info)
    const isLoss = change.kind === 'remove' || change.kind === 'prune'
    if (isLoss) useEdits().offerUndo('edit.tookOut', { path: 'network', from, to: info.recipe.network })
  }
  /** What a change would keep and cost, or why it is refused; null without a run. */
  async function tryPlan(change: ShapeChange): Promise<Tried | null> {
    const id = run.current?.run
    if (id === undefined) return null
    return bridge()
      .call('run.plan', { run: id, change })
      .then((plan) => ({ plan, refusal: null }))
      .catch((error) => ({ plan: null, refusal: asFault(error) }))
  }
  /** Why each of several ways to put layers in cannot be; null for those that can. */
  const fits = (
    at: number,
    choices: readonly (readonly unknown[])[],
  ): Promise<readonly (FaultRecord | null)[] | null> =>
    run.act((id) => bridge().call('run.fits', { run: id, at, choices }))
  const usefulness = (layer: number): Promise<Usefulness | null> =>
    run.act((id) => bridge().call('run.usefulness', { run: id, layer }))
  const damage = (layer: number, node: number | null): Promise<Damage | null> =>
    run.act((id) => bridge().call('run.damage', { run: id, layer, node, passenger: null }))

  /** Whether a stop, or with `node` null a layer, is frozen or off as a whole. */
  function held(layer: number, node: number | null): Pick<HeldGroup, 'frozen' | 'off'> {
    const found = run.current?.heldGroups.find((group) => group.layer === layer && group.node === node)
    return found ?? { frozen: false, off: false }
  }
  function hold(layer: number, node: number | null, what: 'frozen' | 'off'): Promise<void> {
    const path = node === null ? `layers.${layer}` : `nodes.${layer}.${node}`
    return useEdits().edit(`${path}.${what}`, !held(layer, node)[what])
  }

  return { open, reshape, tryPlan, fits, usefulness, damage, held, hold }
})
