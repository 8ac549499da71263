/**
 * Every op at the edges of shapes: sides of 0 and 1, and sides that neither a vector of four, a register block (6 x 16,
 * 4 x 8) nor a block of 256 terms divides.
 */
import type { Attributes, Shape } from '../../../src/core/graph/node.ts'
import { someValue, type Value } from '../../support/compute.ts'
import { type GradientCase, of } from './layer-cases.ts'

const each = (attributes: Attributes, shapes: readonly Shape[]): GradientCase[] =>
  shapes.map((shape) => of(attributes, shape))

/** Elements one by one. */
const lines = each({}, [[0], [0, 5], [1], [1, 1], [17], [3, 11], [2, 0, 3], []])
/** Rows along the last axis. */
const rows = each({}, [
  [0, 5],
  [1, 1],
  [1, 17],
  [3, 33],
  [2, 1, 7],
])
const pairs = [of({}, [0], [0]), of({}, [0, 3], [3]), of({}, [1], [1]), of({}, [17], []), of({}, [1, 13], [5, 1])]
const losses = [of({}, [1], [1]), of({}, [17], [17]), of({}, [1, 1], [1, 1]), of({}, [5, 3], [5, 3])]

const positive = (entries: readonly GradientCase[], which: number): GradientCase[] =>
  entries.map((entry) => ({
    ...entry,
    inputs: entry.inputs.map(({ shape, data }, index) =>
      index === which ? { shape, data: Float64Array.from(data, (x) => Math.abs(x) + 0.5) } : { shape, data },
    ),
  }))
const towards = (targets: readonly number[], entries: readonly GradientCase[]): GradientCase[] =>
  entries.map((entry) => ({ ...entry, targets }))
const flat = (entries: readonly GradientCase[]): GradientCase[] => towards([], entries)

function products(): GradientCase[] {
  // [m, k, n]
  const sides = [
    [0, 3, 4],
    [3, 0, 4],
    [3, 4, 0],
    [1, 1, 1],
    [1, 257, 1],
    [7, 1, 17],
    [5, 300, 9],
    [13, 31, 35],
    [6, 16, 16],
  ]
  return sides.flatMap(([m = 0, k = 0, n = 0]) => [
    of({}, [m, k], [k, n]),
    of({ transposeA: true }, [k, m], [k, n]),
    of({ transposeB: true }, [m, k], [n, k]),
    of({ transposeA: true, transposeB: true }, [k, m], [n, k]),
    of({}, [2, m, k], [2, k, n]),
  ])
}

const classesOf = (count: number, classes: number): Value => ({
  shape: [count, 2],
  data: Array.from({ length: count }, (_, row) => [row % classes, row % 3 === 0 ? -0.5 : 1]).flat(),
})
const entropies = [
  [1, 1],
  [1, 2],
  [5, 17],
  [33, 3],
].map(([count = 0, classes = 0]) => ({
  inputs: [someValue([count, classes], 3), classesOf(count, classes)],
  targets: [0],
}))

const kernel = (kernelH: number, kernelW: number, stride: number, padding: number, dilation = 1): Attributes => ({
  kernelH,
  kernelW,
  stride,
  padding,
  dilation,
})
const norm = { epsilon: 0.1 }
const recurrent = (gates: number): GradientCase[] =>
  towards(
    [0, 1, 2],
    [
      [1, 1, 1],
      [1, 5, 3],
      [5, 2, 17],
    ].map(([count = 0, steps = 0, h = 0]) =>
      of({}, [count, steps, gates * h], [gates * h, h], [gates * h], [count, gates * h]),
    ),
  )

const indices = (...data: number[]): Value => ({ shape: [data.length], data })
const steps: Value = { shape: [], data: [3] }

const elementwise = Object.fromEntries(
  [
    ...['exp', 'square', 'abs', 'leaky_relu', 'elu', 'gelu', 'gelu_tanh', 'silu', 'mish', 'softplus', 'softsign'],
    ...['sine', 'relu', 'sigmoid', 'tanh'],
  ].map((name) => [name, lines]),
)

/** By op. */
export const edgeCases: Readonly<Record<string, readonly GradientCase[]>> = {
  ...elementwise,
  add: pairs,
  sub: pairs,
  mul: pairs,
  div: positive(pairs, 1),
  maximum: pairs,
  minimum: pairs,
  greater: flat(pairs),
  equal: flat(pairs),
  sign: flat(lines),
  log: positive(lines, 0),
  sqrt: positive(lines, 0),
  select: towards([1, 2], [of({}, [0], [0], [0]), of({}, [1], [17], [17]), of({}, [3, 11], [], [11])]),
  scale: lines.map((entry) => ({ ...entry, attributes: { factor: 0 } })),
  constant: [of({ shape: [0], value: 2 }), of({ shape: [1, 17], value: 2 })],
  expand: [of({ shape: [0, 3] }, [3]), of({ shape: [1] }, []), of({ shape: [5, 17] }, [17])],
  reshape: [of({ shape: [0] }, [0, 3]), of({ shape: [] }, [1, 1]), of({ shape: [17, 1] }, [17])],
  transpose: [of({ order: [1, 0] }, [0, 3]), of({ order: [1, 0] }, [1, 1]), of({ order: [1, 0] }, [17, 5])],
  slice: [
    of({ starts: [2], ends: [2] }, [5]),
    of({ starts: [0, 0], ends: [1, 1] }, [1, 1]),
    of({ starts: [1, 2], ends: [4, 13] }, [5, 17]),
  ],
  pad: [
    of({ starts: [1], shape: [2] }, [0]),
    of({ starts: [0], shape: [1] }, [1]),
    of({ starts: [2, 3], shape: [9, 17] }, [5, 11]),
  ],
  concat: [of({ axis: 0 }, [0, 3], [2, 3]), of({ axis: 1 }, [1, 1], [1, 1]), of({ axis: 1 }, [3, 17], [3, 1], [3, 5])],
  gather: [
    { inputs: [someValue([4, 3]), indices()], targets: [0] },
    { inputs: [someValue([1, 1]), indices(0)], targets: [0] },
    { inputs: [someValue([5, 17]), indices(4, 4, 0, 4, 1, 0, 2)], targets: [0] },
  ],
  scatter_add: [
    { inputs: [indices(), someValue([0, 3])], attributes: { rows: 2 }, targets: [1] },
    { inputs: [indices(0), someValue([1, 1])], attributes: { rows: 1 }, targets: [1] },
    { inputs: [indices(4, 4, 0, 4, 1), someValue([5, 17])], attributes: { rows: 7 }, targets: [1] },
  ],
  sum: [
    of({ from: 0, to: 1 }, [0, 3]),
    of({ from: 0, to: 1 }, [1]),
    of({ from: 0, to: 1 }, [257, 3]),
    of({ from: 1, to: 2 }, [5, 301]),
    of({ from: 0, to: 2 }, [17, 9]),
  ],
  matmul: products(),
  clamp: lines.map((entry) => ({ ...entry, attributes: { min: -0.3, max: 0.4 } })),
  softmax: rows,
  log_softmax: rows,
  cross_entropy: entropies,
  binary_cross_entropy: losses,
  hinge: losses,
  mse: losses,
  mae: losses,
  huber: losses.map((entry) => ({ ...entry, attributes: { delta: 0.2 } })),
  layer_norm: [of(norm, [0, 5], [5], [5]), of(norm, [1, 1], [1], [1]), of(norm, [3, 33], [33], [33])],
  rms_norm: [of(norm, [0, 5], [5]), of(norm, [1, 1], [1]), of(norm, [3, 33], [33])],
  group_norm: [
    of({ ...norm, groups: 1 }, [1, 1, 1, 1], [1], [1]),
    of({ ...norm, groups: 5 }, [3, 5, 1, 7], [5], [5]),
    of({ ...norm, groups: 1 }, [1, 3, 5, 1], [3], [3]),
  ],
  batch_statistics: flat([of({}, [1, 1]), of({}, [17, 5]), of({}, [3, 2, 1, 7])]),
  batch_norm: towards(
    [0, 2, 3],
    positive(
      [
        of(norm, [1, 1], [2, 1], [1], [1]),
        of(norm, [17, 5], [2, 5], [5], [5]),
        of(norm, [3, 2, 1, 7], [2, 2], [2], [2]),
      ],
      1,
    ),
  ),
  im2col: [
    of(kernel(1, 1, 1, 0), [1, 1, 1, 1]),
    of(kernel(3, 3, 1, 1), [1, 1, 1, 1]),
    of(kernel(2, 3, 3, 2, 2), [3, 1, 5, 7]),
  ],
  col2im: [
    of({ ...kernel(1, 1, 1, 0), shape: [1, 1, 1, 1] }, [1, 1]),
    of({ ...kernel(3, 3, 1, 1), shape: [1, 1, 1, 1] }, [9, 1]),
  ],
  picture_bias: [of({ shape: [1, 1, 1, 1] }, [1, 1], [1]), of({ shape: [3, 5, 1, 7] }, [5, 21], [5])],
  max_pool: each({ kernel: 1, stride: 1, padding: 0 }, [[1, 1, 1, 1]]).concat(
    each({ kernel: 2, stride: 2, padding: 1 }, [[1, 3, 5, 1]]),
  ),
  avg_pool: each({ kernel: 1, stride: 1, padding: 0 }, [[1, 1, 1, 1]]).concat(
    each({ kernel: 2, stride: 2, padding: 1 }, [[1, 3, 5, 1]]),
  ),
  split_heads: [of({ first: 0, heads: 1, size: 1 }, [1, 1, 1]), of({ first: 3, heads: 3, size: 5 }, [2, 7, 18])],
  merge_heads: [
    of({ first: 0, heads: 1, size: 1, width: 1 }, [1, 1, 1]),
    of({ first: 2, heads: 3, size: 5, width: 17 }, [6, 7, 5]),
  ],
  attention_softmax: [
    of({ scale: 1, length: 1, causal: false }, [1, 1, 1]),
    of({ scale: 0.3, length: 17, causal: true }, [1, 34, 17]),
    of({ scale: 0.3, length: 5, causal: false }, [3, 5, 5]),
  ],
  rotary: [of({ base: 10000, sign: 1 }, [1, 1, 2]), of({ base: 10000, sign: 1 }, [3, 17, 10])],
  sinusoid: [of({ shape: [1, 1] }), of({ shape: [17, 5] })],
  dropout: [[0], [1], [17]].map((shape) => ({
    inputs: [someValue(shape, 3), steps],
    attributes: { rate: 0.5, seed: 1, layer: 0 },
    targets: [0],
  })),
  route: [of({ chosen: 1 }, [1, 1]), of({ chosen: 3 }, [17, 5])],
  expert_load: flat([of({ chosen: 1 }, [1, 1])]),
  workspace: [],
  plane: [of({ index: 0 }, [1, 1]), of({ index: 2 }, [3, 5, 7])],
  rnn: recurrent(1),
  gru: recurrent(3),
  lstm: recurrent(4),
}
