/** Every op's gradient against central differences on the reference backend. */
import { describe, expect, it } from 'vitest'
import { differentiate, opNamed } from '../../../src/core/graph/graph.ts'
import type { Attributes } from '../../../src/core/graph/node.ts'
import { ops } from '../../../src/core/ops/index.ts'
import { applyOp, compute, relativeError, someNumbers, someValue, type Value } from '../../support/compute.ts'
import { edgeCases } from './edge-cases.ts'
import { type GradientCase, layerCases, of } from './layer-cases.ts'

const broadcasts: readonly GradientCase[] = [
  of({}, [3, 4], [3, 4]),
  of({}, [4, 6], [6]),
  of({}, [6], [4, 6]),
  of({}, [2, 3, 4], [3, 1]),
  of({}, [2, 1, 4], [3, 1]),
  of({}, [5], []),
  of({}, [], [2, 2]),
  of({}, [1, 1], [1]),
]

const shapes: readonly GradientCase[] = [of({}, [7]), of({}, [3, 5]), of({}, [2, 3, 4]), of({}, [])]

/** Classes with rewards of every kind beside logits. */
function rewarded(rows: number, classes: number, rewards: readonly number[]): GradientCase {
  const data = Array.from({ length: rows }, (_, row) => [row % classes, rewards[row % rewards.length] ?? 1]).flat()
  return { inputs: [someValue([rows, classes], 5), { shape: [rows, 2], data }], targets: [0] }
}

/** The same with the numbers of some inputs, all where not given, moved to 0.5 and above. */
function awayFromZero(entry: GradientCase, which: readonly number[]): GradientCase {
  const inputs = entry.inputs.map(({ shape, data }, index) =>
    which.includes(index)
      ? { shape, data: Float64Array.from(data, (value) => Math.abs(value) + 0.5) }
      : { shape, data },
  )
  return { ...entry, inputs }
}

const positive = (entry: GradientCase): GradientCase => awayFromZero(entry, [0])

/** A case of an op through which no gradient goes. */
const flat = (entry: GradientCase): GradientCase => ({ ...entry, targets: [] })

/** By op; an op without a line here fails the first test. */
const cases: Readonly<Record<string, readonly GradientCase[]>> = {
  add: broadcasts,
  sub: broadcasts,
  mul: broadcasts,
  scale: shapes.map((entry) => ({ ...entry, attributes: { factor: -1.75 } })),
  expand: [of({ shape: [3, 4] }, [4]), of({ shape: [2, 3, 4] }, [3, 1]), of({ shape: [2, 2] }, [])],
  reshape: [of({ shape: [6] }, [2, 3]), of({ shape: [1, 3, 2] }, [6])],
  sum: [
    of({ from: 0, to: 1 }, [3, 4]),
    of({ from: 1, to: 2 }, [3, 4]),
    of({ from: 0, to: 2 }, [3, 4]),
    of({ from: 1, to: 2 }, [2, 3, 4]),
    of({ from: 1, to: 1 }, [2, 3]),
  ],
  matmul: [
    of({}, [5, 3], [3, 4]),
    of({ transposeA: true }, [3, 5], [3, 4]),
    of({ transposeB: true }, [5, 3], [4, 3]),
    of({ transposeA: true, transposeB: true }, [3, 5], [4, 3]),
    of({ transposeB: true }, [2, 3, 2, 3], [2, 3, 4, 3]),
    of({ transposeA: true, transposeB: true }, [2, 3, 5], [2, 4, 3]),
    of({}, [1, 1], [1, 1]),
  ],
  div: broadcasts.map((entry) => awayFromZero(entry, [1])),
  maximum: broadcasts,
  minimum: broadcasts,
  greater: broadcasts.map(flat),
  equal: broadcasts.map(flat),
  select: [
    { ...of({}, [3, 4], [3, 4], [3, 4]), targets: [1, 2] },
    { inputs: [{ shape: [4], data: [0, 1, 0, -2] }, someValue([3, 1], 2), someValue([3, 4], 3)], targets: [1, 2] },
  ],
  constant: [],
  transpose: [
    of({ order: [1, 0] }, [3, 5]),
    of({ order: [0, 2, 1, 3] }, [2, 3, 4, 2]),
    of({ order: [3, 1, 2, 0] }, [2, 3, 1, 4]),
  ],
  slice: [of({ starts: [0, 1], ends: [4, 3] }, [4, 5]), of({ starts: [1, 0, 2], ends: [2, 3, 2] }, [2, 3, 4])],
  pad: [of({ starts: [0, 1], shape: [4, 5] }, [4, 2]), of({ starts: [1, 0, 2], shape: [3, 2, 4] }, [2, 2, 2])],
  concat: [
    of({ axis: 1 }, [3, 2], [3, 4]),
    of({ axis: 0 }, [2, 3], [1, 3], [4, 3]),
    of({ axis: 1 }, [2, 1, 3], [2, 2, 3]),
  ],
  gather: [
    { inputs: [someValue([4, 3]), { shape: [2, 3], data: [3, 0, 0, 1, 3, 0] }], targets: [0] },
    { inputs: [someValue([4]), { shape: [5], data: [3, 0, 0, 1, 3] }], targets: [0] },
  ],
  scatter_add: [
    { inputs: [{ shape: [5], data: [3, 0, 0, 1, 3] }, someValue([5, 2])], attributes: { rows: 4 }, targets: [1] },
  ],
  exp: shapes,
  log: shapes.map((entry) => positive(entry)),
  sqrt: shapes.map((entry) => positive(entry)),
  square: shapes,
  abs: shapes,
  sign: shapes.map(flat),
  clamp: [of({ min: -0.5, max: 0.5 }, [4, 4]), of({ min: 0, max: 2 }, [5])],
  leaky_relu: shapes,
  elu: shapes,
  gelu: shapes,
  gelu_tanh: shapes,
  silu: shapes,
  mish: shapes,
  softplus: shapes,
  softsign: shapes,
  sine: shapes,
  relu: shapes,
  sigmoid: shapes,
  tanh: shapes,
  softmax: [of({}, [7]), of({}, [3, 5]), of({}, [2, 3, 4]), of({}, [3, 1])],
  log_softmax: [of({}, [7]), of({}, [3, 5]), of({}, [2, 3, 4]), of({}, [3, 1])],
  cross_entropy: [
    { ...rewarded(7, 3, [-1, 1, 0.5, -0.25, 0]), attributes: { smoothing: 0.2, ignored: 1 } },
    rewarded(6, 4, [1]),
    rewarded(7, 3, [-1, 1, 0.5, -0.25, 0]),
    rewarded(1, 2, [-1]),
    rewarded(3, 1, [1]),
  ],
  mae: [of({}, [6, 3], [6, 3]), of({}, [5], [5])],
  huber: [of({ delta: 0.4 }, [6, 3], [6, 3]), of({}, [5], [5])],
  binary_cross_entropy: [of({}, [6, 3], [6, 3]), of({}, [5], [5])],
  hinge: [of({}, [6, 3], [6, 3]), of({}, [5], [5])],
  mse: [of({}, [6, 3], [6, 3]), of({}, [5], [5]), of({}, [1, 1], [1, 1])],
  ...layerCases,
}

// The error of a central difference is about h^2 |f'''| + 1e-16 / h: 1e-9 for h = 1e-6, far below what is asked.
const h = 1e-6
const allowed = 1e-6
/** Numbers of a case of the edges. */
const mostMoved = 120

function weighted(op: string, inputs: readonly Value[], upstream: ArrayLike<number>, attributes: Attributes): number {
  const outputs = Array.from(applyOp('reference', op, inputs, attributes))
  return outputs.reduce((total, value, i) => total + value * (upstream[i] ?? 0), 0)
}

function centralDifferences(
  op: string,
  { inputs, attributes = {} }: GradientCase,
  target: number,
  upstream: Value,
): number[] {
  const moved = (at: number, by: number): Value[] =>
    inputs.map((value, index) => {
      const data = Float64Array.from(value.data)
      if (index === target) data[at] = (data[at] ?? 0) + by
      return { shape: value.shape, data }
    })
  return Array.from(inputs[target]?.data ?? [], (_, at) => {
    const [above, below] = [h, -h].map((by) => weighted(op, moved(at, by), upstream.data, attributes))
    return ((above ?? Number.NaN) - (below ?? Number.NaN)) / (2 * h)
  })
}

/** Edges of shapes with few enough numbers to move each of them. */
const edgesOf = (name: string): readonly GradientCase[] =>
  (edgeCases[name] ?? []).filter(({ inputs }) => inputs.reduce((size, { data }) => size + data.length, 0) <= mostMoved)

const differentiable = ops.filter((op) => op.gradient !== 'backwardOnly')

describe('gradients', () => {
  it('have a case for every op of the list that has one', () => {
    expect(Object.keys(cases).sort()).toEqual(differentiable.map((op) => op.name).sort())
  })

  for (const { name } of differentiable) {
    it(`of ${name} agree with central differences`, () => {
      for (const entry of [...(cases[name] ?? []), ...edgesOf(name)]) {
        const { inputs, attributes = {} } = entry
        const targets = entry.targets ?? inputs.map((_, index) => index)
        const size = applyOp('reference', name, inputs, attributes).length
        const shape = opNamed(name).shape(
          inputs.map((value) => value.shape),
          attributes,
        )
        const upstream: Value = { shape, data: someNumbers(size, 99) }
        const found = compute('reference', [...inputs, upstream], (graph, leaves) => {
          const [above] = leaves.slice(-1)
          if (above === undefined) throw new Error('no upstream')
          const output = graph.apply(name, leaves.slice(0, -1), attributes)
          return differentiate(
            graph,
            output,
            above,
            targets.flatMap((index) => leaves[index] ?? []),
          )
        })
        targets.forEach((target, index) => {
          const expected = centralDifferences(name, entry, target, upstream)
          const place = `${name} ${inputs.map((value) => `[${value.shape}]`)} ${JSON.stringify(attributes)} input ${target}`
          expect(relativeError(found[index] ?? [], expected), place).toBeLessThan(allowed)
        })
      }
    })
  }
})
