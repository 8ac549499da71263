/** Changes of the network's shape, from the panel and from the map. */
import { hyperparameterAt } from '../../../core/spec/index.ts'
import { useRun } from '../../stores/run.ts'
import { useShape } from '../../stores/shape.ts'

const units = hyperparameterAt('network.*.units')

/** Most nodes that one layer may have. */
export const mostUnits = units?.kind === 'integer' ? units.max : 1

/** The nodes of a hidden layer of dense stops, counted from 0; 0 for others. */
function unitsOf(index: number): number {
  const spec = useRun().current?.recipe.network[index]
  return spec?.layer === 'dense' ? spec.units : 0
}

/** Gives a hidden layer one more node, which is silent at first. */
export async function growLayer(index: number): Promise<void> {
  const count = unitsOf(index)
  if (count > 0 && count < mostUnits) await useShape().reshape({ kind: 'grow', at: index, count: 1 })
}

/** Takes the least useful node of a hidden layer out. */
export async function pruneLayer(index: number): Promise<void> {
  if (unitsOf(index) <= 1) return
  const useful = await useShape().usefulness(index + 1)
  const stop = useful?.order[0]
  if (stop !== undefined) await useShape().reshape({ kind: 'prune', at: index, stops: [stop] })
}
