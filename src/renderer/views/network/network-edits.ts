/** Changes of the network's shape, from the panel and from the map. */
import { hyperparameterAt, type LayerSpec, widthOf } from '../../../core/spec/index.ts'
import { useRun } from '../../stores/run.ts'
import { useShape } from '../../stores/shape.ts'

/** Most nodes or filters that one layer may have. */
export function mostStops(spec: LayerSpec): number {
  const width = hyperparameterAt(`network.*.${widthOf(spec)?.key ?? 'units'}`)
  return width?.kind === 'integer' ? width.max : 1
}

/** How many nodes or filters a hidden layer has that can have more or fewer, and the most it may have. */
function stopsOf(index: number): { readonly count: number; readonly most: number } {
  const spec = useRun().current?.recipe.network[index]
  return spec === undefined ? { count: 0, most: 0 } : { count: widthOf(spec)?.units ?? 0, most: mostStops(spec) }
}

/** Gives a hidden layer one more node or filter, which is silent at first. */
export async function growLayer(index: number): Promise<void> {
  const { count, most } = stopsOf(index)
  if (count > 0 && count < most) await useShape().reshape({ kind: 'grow', at: index, count: 1 })
}

/** Takes the least useful node or filter of a hidden layer out. */
export async function pruneLayer(index: number): Promise<void> {
  if (stopsOf(index).count <= 1) return
  const useful = await useShape().usefulness(index + 1)
  const stop = useful?.order[0]
  if (stop !== undefined) await useShape().reshape({ kind: 'prune', at: index, stops: [stop] })
}
