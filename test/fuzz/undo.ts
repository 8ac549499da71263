/** Random edits of a run and their undos: a run that has had all of them taken back is the one that it was. */
import { Stream } from '../../src/core/data/random.ts'
import {
  acceptRecipe,
  circleRecipe,
  Fault,
  mostPaintedClasses,
  type PaintedPoint,
  type ShapeChange,
} from '../../src/core/spec/index.ts'
import { Session } from '../../src/core/train/session.ts'
import { datasetOf, Run } from '../../src/main/training/run.ts'
import { kernels } from '../support/kernels.ts'

/** Longer apart than edits that are taken back together. */
const apartMs = 5000
/** Edits before all of them are taken back: as many as undo promises to know. */
const editsARound = 1000
const mostUnits = 9

const activations = ['tanh', 'relu', 'sigmoid', 'linear', 'sine']

type Choose = (run: Run, random: Stream, now: number) => void

const pick = <Item>(random: Stream, items: readonly Item[]): Item => {
  const item = items[random.below(items.length)]
  if (item === undefined) throw new Error('internal: nothing to pick from')
  return item
}

const edit =
  (path: string, value: (random: Stream) => unknown): Choose =>
  (run, random, now) =>
    run.edit(path, value(random), now)

function reshape(run: Run, random: Stream, now: number): void {
  const { network } = run.session.recipe
  const at = random.below(Math.max(1, network.length))
  const layer = pick(random, [
    { layer: 'dense', units: 1 + random.below(mostUnits), activation: pick(random, activations) },
    { layer: 'dropout', rate: 0.2 },
    { layer: 'batch-norm' },
  ])
  const spec = network[at]
  const units = spec?.layer === 'dense' ? spec.units : 0
  const changes: ShapeChange[] = [
    { kind: 'insert', at, layers: [layer] },
    { kind: 'remove', at },
    { kind: 'move', at, to: random.below(Math.max(1, network.length)) },
    { kind: 'grow', at, count: 1 + random.below(2) },
    { kind: 'prune', at, stops: [random.below(Math.max(1, units))] },
  ]
  const change = pick(random, network.length > 3 ? changes.slice(1) : changes)
  if (change.kind === 'grow' && units > mostUnits) return
  run.reshape(change, now)
}

const somePoints = (random: Stream, count: number): PaintedPoint[] =>
  Array.from({ length: count }, () => [random.below(13) - 6, random.below(13) - 6, random.below(mostPaintedClasses)])

/** Paints and rubs out, sometimes in one stroke with the last. */
function paint(run: Run, random: Stream, now: number): void {
  const { data } = run.session.recipe
  const points = data.source === 'points' ? (data.points ?? []) : []
  const take = points.filter(() => random.below(5) === 0)
  run.paint(now - random.below(2) * apartMs, somePoints(random, random.below(6)), take)
}

function touch(run: Run, random: Stream, now: number): void {
  const { parameters, layers } = run.session
  const info = pick(random, parameters)
  const path = `parameters.${info.name}.${random.below(info.size)}`
  const layer = random.below(layers.length)
  const group = `nodes.${layer}.${random.below(layers[layer]?.units ?? 1)}`
  const isHeld = random.below(2) === 0
  const [at, value] = pick(random, [
    [path, random.normal()],
    [`${path}.frozen`, isHeld],
    [`${path}.off`, isHeld],
    [`${group}.frozen`, isHeld],
    [`${group}.off`, isHeld],
    [`layers.${layer}.off`, isHeld],
  ] as const)
  run.edit(at, value, now)
}

const choices: readonly Choose[] = [
  reshape,
  reshape,
  touch,
  touch,
  touch,
  edit('training.optimizer.learningRate', (random) => 10 ** -(1 + 3 * random.uniform())),
  edit('training.optimizer.name', (random) => pick(random, ['sgd', 'adam', 'momentum', 'nadam', 'rmsprop'])),
  edit('training.batchSize', (random) => 1 + random.below(30)),
  edit('training.l2', (random) => random.uniform()),
  edit('training.loss', (random) => pick(random, ['auto', 'hinge', 'mse', 'binary-cross-entropy'])),
  edit('data.features', (random) => pick(random, [['x'], ['y', 'xy'], ['x', 'y', 'x^2', 'sin y']])),
  edit('data.noise', (random) => random.uniform() / 2),
  edit('data.shape', (random) => pick(random, ['circle', 'xor', 'spiral', 'gauss', 'drawn'])),
  edit('data', (random) => ({ ...circleRecipe.data, shape: 'drawn', points: somePoints(random, random.below(12)) })),
  paint,
  paint,
  paint,
  edit('seed', (random) => random.below(100)),
  (run, random, now) => {
    const at = random.below(Math.max(1, run.session.recipe.network.length))
    run.edit(`network.${at}.activation`, pick(random, activations), now)
  },
  (run, random, now) => {
    const at = random.below(Math.max(1, run.session.recipe.network.length))
    run.edit(`network.${at}.units`, 1 + random.below(mostUnits), now)
  },
  (run) => void run.undo(),
  (run) => void run.redo(),
]

export interface UndoCounts {
  readonly edits: number
  readonly refused: number
  readonly undos: number
}

const stateOf = (run: Run): string => `${JSON.stringify(run.session.recipe)} ${run.hash()}`

/** Makes `count` random edits and takes them back, a thousand at a time; throws where something is not as it was. */
export function fuzzUndo(count: number, seed: number): UndoCounts {
  const random = new Stream(seed, 'sampling')
  const accepted = acceptRecipe({ ...circleRecipe, data: { ...circleRecipe.data, samples: 40 } })
  const run = new Run('r', Session.create(accepted, datasetOf(accepted), kernels))
  const start = stateOf(run)
  const counts = { edits: 0, refused: 0, undos: 0 }
  let now = 0
  while (counts.edits < count) {
    for (let i = 0; i < editsARound && counts.edits < count; i++, counts.edits++, now += apartMs) {
      try {
        pick(random, choices)(run, random, now)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        counts.refused++
      }
    }
    const end = stateOf(run)
    const depth = run.edits.undoable.length
    while (run.undo()) counts.undos++
    if (stateOf(run) !== start) throw new Error(`seed ${seed}: ${counts.edits} edits taken back leave another run`)
    for (let i = 0; i < depth; i++) run.redo()
    if (stateOf(run) !== end) throw new Error(`seed ${seed}: ${depth} edits made again lead elsewhere`)
    while (run.undo()) counts.undos++
    if (stateOf(run) !== start) throw new Error(`seed ${seed}: taken back once more, the run is another`)
  }
  run.dispose()
  return counts
}
