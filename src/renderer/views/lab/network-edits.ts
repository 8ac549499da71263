/** Changes of the network's shape, from the panel and from the map. */
import { hyperparameterAt } from '../../../core/spec/index.ts'
import { useEdits } from '../../stores/edits.ts'
import { useRun } from '../../stores/run.ts'

const units = hyperparameterAt('network.*.units')

/** Most nodes that one layer may have. */
export const mostUnits = units?.kind === 'integer' ? units.max : 1

/** Gives a hidden layer another number of nodes; `index` counts hidden layers from 0. */
export function setUnits(index: number, next: number): void {
  if (next >= 1 && next <= mostUnits && useRun().current?.recipe.network[index] !== undefined) {
    void useEdits().edit(`network.${index}.units`, next)
  }
}
