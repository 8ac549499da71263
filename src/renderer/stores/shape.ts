/** Changes of the network's shape that keep what was learned, and what stops and layers are good for. */
import { defineStore } from 'pinia'
import {
  type Damage,
  hyperparameterAt,
  type ShapeChange,
  type ShapePlan,
  type Usefulness,
} from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import { useEdits } from './edits.ts'
import { useRun } from './run.ts'
import { useTrip } from './trip.ts'

const units = hyperparameterAt('network.*.units')

/** Most nodes that one layer may have. */
export const mostUnits = units?.kind === 'integer' ? units.max : 1

export const useShape = defineStore('shape', () => {
  const run = useRun()
  const edits = useEdits()
  const trip = useTrip()
  let last: Promise<unknown> = Promise.resolve()

  async function send(change: ShapeChange): Promise<void> {
    const info = await run.act((id) => bridge().call('run.reshape', { run: id, change }))
    if (info === null) return
    run.update(info)
    edits.canUndo = true
    edits.canRedo = false
  }
  /** Changes the layers, one change after the other; a refusal becomes a notice. */
  function reshape(change: ShapeChange): Promise<void> {
    const next = last.then(() => send(change))
    last = next
    return next
  }

  const usefulness = (layer: number): Promise<Usefulness | null> =>
    run.act((id) => bridge().call('run.usefulness', { run: id, layer }))
  const plan = (change: ShapeChange): Promise<ShapePlan | null> =>
    run.act((id) => bridge().call('run.plan', { run: id, change }))
  const damage = (layer: number, node: number | null): Promise<Damage | null> =>
    run.act((id) => bridge().call('run.damage', { run: id, layer, node, passenger: trip.passenger }))

  /** A new node that changes no answer yet; `index` counts hidden layers from 0. */
  const grow = (index: number): Promise<void> => reshape({ kind: 'grow', at: index, count: 1 })
  /** Takes a node away, or where none is named the one that does least. */
  async function prune(index: number, stop: number | null = null): Promise<void> {
    await last
    const least = stop ?? (await usefulness(index + 1))?.order[0]
    if (least !== undefined) await reshape({ kind: 'prune', at: index, stops: [least] })
  }
  /** Whether a node (or with null a layer) is frozen or off; `layer` counts from the input, 0. */
  function held(layer: number, node: number | null): { readonly frozen: boolean; readonly off: boolean } {
    const found = run.current?.heldGroups.find((group) => group.layer === layer && group.node === node)
    return { frozen: found?.frozen ?? false, off: found?.off ?? false }
  }
  /** Freezes or switches off a node or a layer, or lets it go. */
  function hold(layer: number, node: number | null, what: 'frozen' | 'off'): Promise<void> {
    const path = node === null ? `layers.${layer}.${what}` : `nodes.${layer}.${node}.${what}`
    return edits.edit(path, !held(layer, node)[what])
  }

  return { reshape, usefulness, plan, damage, grow, prune, held, hold }
})
