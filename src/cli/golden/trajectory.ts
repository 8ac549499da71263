/** Trains the model of a golden optimizer case step by step and compares the whole way. */
import type { Backend, Program } from '../../core/exec/program.ts'
import { differentiate, Graph } from '../../core/graph/graph.ts'
import type { Node, Storage } from '../../core/graph/node.ts'
import { activate, dense } from '../../core/nn/dense.ts'
import { optimizers } from '../../core/optim/index.ts'
import { rateAt } from '../../core/optim/schedules/index.ts'
import { cellCount, cellValues, clipNormEffect, fillRateCell, updateEffects } from '../../core/optim/update.ts'
import { type Activation, activations } from '../../core/spec/index.ts'
import { difference, tolerances } from './compare.ts'
import type { GoldenTensor, OptimizerCase } from './file.ts'
import { type UpdateSpec, updateOf } from './optimizers.ts'

/** One parameter tensor of the case, with its place among all parameters. */
interface Stretch {
  readonly name: string
  readonly tensor: GoldenTensor
  readonly storage: Storage
}

/** Layers of a model such as `Linear(3,5) tanh Linear(5,2), mean MSE`: each with the activation after it. */
function layersOf(model: string): readonly { prefix: string; activation: Activation }[] {
  const [network = ''] = model.replace(/\((\d+),\s*(\d+)\)/g, '($1 $2)').split(',')
  const layers: { prefix: string; activation: Activation }[] = []
  for (const [index, part] of [...network.matchAll(/Linear\(.*?\)|\w+/g)].map(([text]) => text).entries()) {
    const known = activations.find((name) => name === part.toLowerCase())
    const last = layers.at(-1)
    if (part.startsWith('Linear(')) layers.push({ prefix: String(index), activation: 'linear' })
    else if (last !== undefined && known !== undefined) last.activation = known
    else throw new TypeError(`model: unknown part '${part}' of '${model}'`)
  }
  return layers
}

function stretchesOf(golden: OptimizerCase): { readonly flat: Storage; readonly stretches: readonly Stretch[] } {
  const sizes = [...golden.start.values()].map(({ data }) => data.length)
  const flat: Storage = { name: 'parameters', shape: [sizes.reduce((total, size) => total + size, 0)] }
  let first = 0
  const stretches = [...golden.start].map(([name, tensor]) => {
    const storage: Storage = { name, shape: tensor.shape, within: { storage: flat, first } }
    first += tensor.data.length
    return { name, tensor, storage }
  })
  return { flat, stretches }
}

/** Storages of a trajectory that are read or written from outside. */
interface Run {
  readonly program: Program
  readonly flat: Storage
  readonly gradients: Storage
  readonly loss: Storage
  readonly cells: Storage
  readonly stretches: readonly Stretch[]
}

function prepare(golden: OptimizerCase, spec: UpdateSpec, backend: Backend): Run {
  const { flat, stretches } = stretchesOf(golden)
  const like = (name: string): Storage => ({ name, shape: flat.shape })
  const [gradients, loss, one, steps] = [like('gradients'), scalar('loss'), scalar('one'), scalar('steps')]
  const [x, y] = [
    { name: 'x', shape: golden.x.shape },
    { name: 'y', shape: golden.y.shape },
  ]
  const graph = new Graph()
  const parameter = (name: string): Node => {
    const found = stretches.find((stretch) => stretch.name === name)
    if (found === undefined) throw new Error(`no parameter ${name}`)
    return graph.leaf(found.storage)
  }
  let value = graph.leaf(x)
  for (const { prefix, activation } of layersOf(golden.model)) {
    const layer = dense(graph, value, parameter(`${prefix}.weight`), parameter(`${prefix}.bias`), 'linear')
    value = activate(graph, layer.sums, activation)
  }
  const error = graph.apply('mse', [value, graph.leaf(y)])
  const leaves = stretches.map(({ storage }) => graph.leaf(storage))
  const roots = differentiate(graph, error, graph.leaf(one), leaves).flatMap((node, index) => {
    const within = stretches[index]?.storage.within
    if (node === null || within === undefined) return []
    return [{ node, into: { name: 'gradient', shape: node.shape, within: { ...within, storage: gradients } } }]
  })
  const optimizer = optimizers[spec.optimizer.name]
  const cells: Storage = { name: 'cells', shape: [2 * cellCount(optimizer)] }
  const at = { parameters: flat, gradients, slots: optimizer.slots.map(like), cells, steps }
  // PyTorch's weight decay pulls at biases too.
  const segments = [{ first: 0, count: flat.shape[0] ?? 0, penalised: true }]
  backend.write(x, golden.x.data)
  backend.write(y, golden.y.data)
  backend.write(one, [1])
  backend.write(cells, cellValues(optimizer, spec))
  for (const { storage, tensor } of stretches) backend.write(storage, tensor.data)
  return {
    program: {
      before: [],
      roots: [{ node: error, into: loss }, ...roots],
      after: [...(spec.clip.norm > 0 ? [clipNormEffect(at)] : []), ...updateEffects(optimizer, at, segments)],
      cursor: null,
      advanceBy: 0,
      guard: null,
    },
    flat,
    gradients,
    loss,
    cells,
    stretches,
  }
}

function scalar(name: string): Storage {
  return { name, shape: [] }
}

/** What differs on the way and at its end; a text says what is not there yet. */
export function trajectoryProblems(golden: OptimizerCase, backend: Backend): readonly string[] | string {
  const spec = updateOf(golden.label, golden.attributes)
  if (typeof spec === 'string') return spec
  const run = prepare(golden, spec, backend)
  const runnable = backend.load(run.program)
  const losses: number[] = []
  const norms: number[] = []
  const rates = golden.losses.map((_, step) => rateAt(spec, step))
  for (const rate of rates) {
    const cell = new Float32Array(2)
    fillRateCell(rate, cell)
    backend.write(run.cells, cell)
    runnable.run(1)
    losses.push(backend.read(run.loss)[0] ?? Number.NaN)
    norms.push(Math.hypot(...backend.read(run.gradients)))
  }
  const tolerance = tolerances[backend.kind].trajectory
  const series = (name: string, found: readonly number[], expected: readonly number[]): string | null => {
    const shape = [expected.length]
    return difference(name, { shape, data: found }, { shape, dtype: 'f64', data: expected }, tolerance)
  }
  return [
    series('loss', losses, golden.losses),
    series('lr', rates, golden.rates),
    series('grad_norm', norms, golden.gradientNorms),
    ...run.stretches.map(({ name, storage }) => {
      const expected = golden.final.get(name)
      const found = { shape: storage.shape, data: backend.read(storage) }
      return expected === undefined ? `${name}: no final value given` : difference(name, found, expected, tolerance)
    }),
  ].filter((problem) => problem !== null)
}
