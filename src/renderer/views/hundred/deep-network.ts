/** The hundred neighbourhoods with any of their repairs joined: start, normalisation, residual connections, activation. */
import { deepPlainRecipe, deepRepairedRecipe, type Recipe, type Repair } from '../../../core/spec/index.ts'

/** The ways to repair that can be switched. */
export type RepairId = Repair['id']

/** Those that change the network; the others are ways to draw the start, of which one holds. */
export const networkRepairs = ['residual', 'normalisation', 'activation'] as const
export const startRepairs = ['orthogonal', 'xavier', 'he'] as const
export type NetworkRepair = (typeof networkRepairs)[number]
export type StartRepair = (typeof startRepairs)[number]

/** The initialiser of a start; the plain example's is `uniform`. */
export const initializerOf: Readonly<Record<StartRepair, string>> = {
  orthogonal: 'orthogonal',
  xavier: 'xavier-uniform',
  he: 'he-normal',
}

const neighbourhoods = deepPlainRecipe.network.length
const names: ReadonlySet<string> = new Set([deepPlainRecipe.name, deepRepairedRecipe.name])

/** Whether a recipe is the example with a hundred neighbourhoods, repaired or not. */
export const isHundred = ({ name, network }: Recipe): boolean => names.has(name) && network.length >= neighbourhoods - 1

interface Layer {
  readonly layer: string
  readonly units?: number
  readonly activation?: string
  readonly layers?: readonly Layer[]
}

/** The network with these repairs: residual streets around what is normalised, or norms between the streets. */
export function networkWith(on: ReadonlySet<NetworkRepair>): readonly Layer[] {
  const street = { layer: 'dense', units: 8, activation: on.has('activation') ? 'leaky-relu' : 'tanh' }
  const norm = { layer: 'layer-norm' }
  const times = <Item>(count: number, items: readonly Item[]): readonly Item[] =>
    Array.from({ length: count }, () => items).flat()
  if (on.has('residual')) {
    const inner = on.has('normalisation') ? [norm, street] : [street]
    return [street, ...times(neighbourhoods - 1, [{ layer: 'residual', layers: inner }])]
  }
  if (on.has('normalisation')) return times<Layer>(neighbourhoods / 2, [norm, street]).slice(1)
  return times(neighbourhoods, [street])
}

/** The repairs that a recipe has. */
export function repairsOf({ network, training }: Recipe): ReadonlySet<RepairId> {
  const text = JSON.stringify(network)
  const found = new Set<RepairId>()
  if (text.includes('"residual"')) found.add('residual')
  if (text.includes('"layer-norm"')) found.add('normalisation')
  if (!text.includes('"tanh"')) found.add('activation')
  for (const id of startRepairs) if (training.initializer === initializerOf[id]) found.add(id)
  return found
}
