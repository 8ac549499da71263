/** Inputs on which the ops of layers are tried: sides of 1, sides that no block of four divides. */
import type { Attributes, Shape } from '../../../src/core/graph/node.ts'
import { someValue, type Value } from '../../support/compute.ts'

export interface GradientCase {
  readonly inputs: readonly Value[]
  readonly attributes?: Attributes
  /** Inputs that have a gradient; all where not given. */
  readonly targets?: readonly number[]
}

/** A case of some numbers in these shapes. */
export const of = (attributes: Attributes, ...shapes: readonly Shape[]): GradientCase => ({
  inputs: shapes.map((shape, index) => someValue(shape, 11 + index)),
  attributes,
})

const targets = (which: readonly number[], entry: GradientCase): GradientCase => ({ ...entry, targets: which })

const normal = { epsilon: 1e-3 }
const kernel = (kernelH: number, kernelW: number, stride: number, padding: number, dilation = 1): Attributes => ({
  kernelH,
  kernelW,
  stride,
  padding,
  dilation,
})

const patches = [
  of(kernel(3, 3, 1, 0), [2, 2, 5, 4]),
  of(kernel(3, 2, 2, 1), [1, 3, 6, 7]),
  of(kernel(3, 3, 1, 2, 2), [2, 1, 5, 9]),
  of(kernel(1, 1, 3, 0), [1, 2, 7, 7]),
]
const pools = [
  of({ kernel: 2, stride: 2, padding: 0 }, [2, 3, 6, 5]),
  of({ kernel: 3, stride: 1, padding: 1 }, [1, 1, 4, 7]),
  of({ kernel: 1, stride: 2, padding: 0 }, [1, 2, 5, 5]),
]
const heads = (first: number, count: number, size: number): Attributes => ({ first, heads: count, size })

const recurrent = (gates: number): GradientCase[] =>
  [
    [2, 4, 5],
    [1, 1, 1],
    [3, 2, 4],
  ].map(([rows = 0, steps = 0, h = 0]) =>
    targets([0, 1, 2], of({}, [rows, steps, gates * h], [gates * h, h], [gates * h], [rows, gates * h])),
  )

/** By op. */
export const layerCases: Readonly<Record<string, readonly GradientCase[]>> = {
  layer_norm: [of(normal, [4, 3, 6], [6], [6]), of(normal, [3, 7], [7], [7]), of(normal, [2, 1], [1], [1])],
  rms_norm: [of(normal, [4, 3, 6], [6]), of(normal, [3, 9], [9]), of({ epsilon: 1 }, [2, 1], [1])],
  group_norm: [
    of({ ...normal, groups: 2 }, [3, 4, 3, 3], [4], [4]),
    of({ ...normal, groups: 3 }, [2, 6], [6], [6]),
    of({ ...normal, groups: 1 }, [1, 5, 1, 2], [5], [5]),
  ],
  batch_statistics: [targets([], of({}, [5, 3])), targets([], of({}, [2, 3, 2, 3]))],
  // with `ofBatch` the gradient goes through the statistics: test/core/nn/layers.test.ts
  batch_norm: [
    ...[of(normal, [4, 5], [2, 5], [5], [5]), of(normal, [2, 3, 2, 3], [2, 3], [3], [3])].map((entry) => ({
      ...entry,
      inputs: entry.inputs.map((value, index) =>
        index === 1 ? { ...value, data: Float64Array.from(value.data, (x) => Math.abs(x) + 0.5) } : value,
      ),
      targets: [0, 2, 3],
    })),
  ],
  im2col: patches,
  col2im: [
    of({ ...kernel(3, 3, 1, 0), shape: [2, 2, 5, 4] }, [18, 12]),
    of({ ...kernel(3, 2, 2, 1), shape: [1, 3, 6, 7] }, [18, 12]),
  ],
  picture_bias: [of({ shape: [2, 3, 2, 3] }, [3, 12], [3]), of({ shape: [1, 1, 1, 1] }, [1, 1], [1])],
  max_pool: pools,
  avg_pool: pools,
  split_heads: [of(heads(4, 2, 3), [2, 3, 12]), of(heads(0, 1, 1), [1, 1, 1])],
  merge_heads: [of({ ...heads(2, 2, 3), width: 9 }, [4, 3, 3]), of({ ...heads(0, 2, 4), width: 8 }, [2, 5, 4])],
  attention_softmax: [
    of({ scale: 0.5, length: 5, causal: true }, [2, 5, 5]),
    of({ scale: 1.5, length: 3, causal: true }, [1, 6, 3]),
    of({ scale: 0.25, length: 7, causal: false }, [1, 7, 7]),
    of({ scale: 1, length: 1, causal: true }, [2, 1, 1]),
  ],
  rotary: [
    of({ base: 10000, sign: 1 }, [2, 5, 6]),
    of({ base: 100, sign: -1 }, [3, 4, 16]),
    of({ base: 10, sign: 1 }, [1, 1, 2]),
  ],
  sinusoid: [of({ shape: [5, 7] }), of({ shape: [1, 1] })],
  dropout: [
    {
      inputs: [someValue([3, 7], 3), { shape: [], data: [5] }],
      attributes: { rate: 0.4, seed: 9, layer: 1 },
      targets: [0],
    },
    {
      inputs: [someValue([1], 3), { shape: [], data: [0] }],
      attributes: { rate: 0, seed: 4294967295, layer: 0 },
      targets: [0],
    },
  ],
  route: [of({ chosen: 2 }, [5, 4]), of({ chosen: 1 }, [3, 3]), of({ chosen: 5 }, [2, 5])],
  expert_load: [
    {
      inputs: [{ shape: [3, 3], data: [0.5, 0.5, 0, 0, 0.25, 0.75, 1, 0, 0] }],
      attributes: { chosen: 2 },
      targets: [],
    },
  ],
  workspace: [],
  plane: [of({ index: 1 }, [3, 2, 2]), of({ index: 0 }, [1, 5])],
  rnn: recurrent(1),
  gru: recurrent(3),
  lstm: recurrent(4),
}
