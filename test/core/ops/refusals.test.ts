/** What each op refuses, with its rule and what it was given. */
import { describe, expect, it } from 'vitest'
import { opNamed } from '../../../src/core/graph/graph.ts'
import type { Attributes, Shape } from '../../../src/core/graph/node.ts'
import { ops } from '../../../src/core/ops/index.ts'

/** Shapes, attributes, the words of the refusal. */
type Refusal = readonly [readonly Shape[], Attributes, string]

const unequal: readonly Refusal[] = [[[[2, 3], [4]], {}, 'sides are equal or 1, got [2,3] and [4]']]
const otherShape: readonly Refusal[] = [[[[3], [3, 1]], {}, 'shapes are equal, got [3] and [3,1]']]
const gates = (count: number): readonly Refusal[] => [
  [
    [[2, 5, 7], [7, 2], [7]],
    {},
    `[rows, steps, ${count}h], [${count}h, h] and [${count}h], got [2,5,7], [7,2] and [7]`,
  ],
]
const window: readonly Refusal[] = [
  [[[1, 1, 2, 2]], { kernel: 3, stride: 1, padding: 0 }, 'a window of 3 with at most half of it padding'],
  [[[1, 1, 5, 5]], { kernel: 3, stride: 1, padding: 2 }, 'a window of 3 with at most half of it padding'],
  [[[5, 5]], { kernel: 2, stride: 1, padding: 0 }, 'fits [N, C, H, W], got [5,5]'],
]
const convolution: Attributes = { kernelH: 3, kernelW: 3, stride: 1, padding: 0, dilation: 1 }

/** Any shape suits these. */
const takesAll: ReadonlySet<string> = new Set([
  ...['scale', 'constant', 'sign', 'exp', 'log', 'sqrt', 'square', 'abs', 'relu', 'leaky_relu', 'elu', 'sigmoid'],
  ...['tanh', 'gelu', 'gelu_tanh', 'silu', 'mish', 'softplus', 'softsign', 'sine', 'softmax', 'log_softmax'],
  ...['workspace', 'col2im'],
])

const refusals: Readonly<Record<string, readonly Refusal[]>> = {
  add: unequal,
  sub: unequal,
  mul: unequal,
  div: unequal,
  maximum: unequal,
  minimum: unequal,
  greater: unequal,
  equal: unequal,
  select: [[[[2], [3], [3]], {}, 'sides are equal or 1, got']],
  expand: [[[[2]], { shape: [3] }, 'sides are equal or 1, got [2] and [3]']],
  reshape: [[[[2, 3]], { shape: [5] }, 'keeps the size, got [2,3] to [5]']],
  transpose: [
    [[[2, 3]], { order: [0, 0] }, 'order names each axis of [2,3] once, got [0,0]'],
    [[[2, 3]], { order: [0] }, 'order names each axis of [2,3] once, got [0]'],
  ],
  slice: [
    [[[3]], { starts: [1], ends: [4] }, '0 <= start <= end <= side for each axis of [3], got [1] to [4]'],
    [[[3]], { starts: [2], ends: [1] }, 'got [2] to [1]'],
    [[[3, 3]], { starts: [0], ends: [1] }, 'for each axis of [3,3]'],
  ],
  pad: [[[[3]], { starts: [1], shape: [3] }, '[3] lies within [3] from [1] on']],
  concat: [
    [
      [
        [2, 3],
        [2, 4],
      ],
      { axis: 0 },
      'sides but that of axis 0 are equal, got [2,3],[2,4]',
    ],
  ],
  gather: [[[[], [2]], {}, 'the table has rows, got a scalar']],
  scatter_add: [[[[3], [4, 2]], { rows: 5 }, 'values [...indices, ...row], got [3] and [4,2]']],
  sum: [
    [[[2, 3]], { from: 1, to: 3 }, 'axes lie within [2,3], got 1..3'],
    [[[2, 3]], { from: 2, to: 1 }, 'got 2..1'],
  ],
  matmul: [
    [
      [
        [2, 3],
        [4, 5],
      ],
      {},
      'inner sides and batches are equal, got [2,3] and [4,5]',
    ],
    [
      [
        [2, 3],
        [3, 5],
      ],
      { transposeB: true },
      'inner sides and batches are equal',
    ],
    [
      [
        [2, 2, 3],
        [3, 3, 5],
      ],
      {},
      'inner sides and batches are equal',
    ],
    [[[3], [3, 5]], {}, 'same rank of at least 2, got [3] and [3,5]'],
  ],
  clamp: [[[[2]], { min: 2, max: 1 }, 'min is at most max, got 2 and 1']],
  cross_entropy: [
    [
      [
        [2, 3],
        [3, 2],
      ],
      {},
      'logits [rows, classes] and targets [rows, 2], got [2,3] and [3,2]',
    ],
    [
      [
        [2, 3],
        [2, 3],
      ],
      {},
      'got [2,3] and [2,3]',
    ],
    [
      [
        [2, 3],
        [2, 2],
      ],
      { smoothing: 1 },
      '0 <= smoothing < 1, got 1',
    ],
    [
      [
        [2, 3],
        [2, 2],
      ],
      { smoothing: -0.1 },
      'got -0.1',
    ],
  ],
  binary_cross_entropy: otherShape,
  hinge: otherShape,
  mse: otherShape,
  mae: otherShape,
  huber: [...otherShape, [[[3], [3]], { delta: 0 }, 'delta is above 0, got 0']],
  layer_norm: [[[[2, 3], [4], [3]], {}, 'parameters are [3], got [4] and [3]']],
  rms_norm: [[[[2, 3], [2]], {}, 'parameters are [3], got [2]']],
  group_norm: [
    [[[2, 3], [3], [3]], { groups: 2 }, '2 groups share the channels, got [2,3]'],
    [[[2, 4], [4], [2]], { groups: 2 }, 'parameters are [4], got [4] and [2]'],
  ],
  batch_statistics: [[[[3]], {}, 'x is [rows, channels, ..], got [3]']],
  batch_norm: [
    [[[3], [2, 3], [3], [3]], {}, 'x is [rows, channels, ..], got [3]'],
    [[[4, 3], [2, 3], [2], [3]], {}, 'parameters are [3], got [2] and [3]'],
  ],
  im2col: [
    [[[1, 1, 2, 2]], convolution, 'a kernel of 3 x 3 fits into [N, C, H, W], got [1,1,2,2]'],
    [[[9, 9]], convolution, 'got [9,9]'],
  ],
  picture_bias: [[[[3, 12], [2]], { shape: [2, 3, 2, 3] }, 'product and bias make [2,3,2,3], got [3,12] and [2]']],
  max_pool: window,
  avg_pool: window,
  split_heads: [[[[2, 3, 8]], { first: 4, heads: 2, size: 4 }, '2 heads of 4 from column 4 on lie in']],
  merge_heads: [
    [[[3, 5, 4]], { first: 0, heads: 2, size: 4, width: 8 }, '[rows x 2, steps, 4] is needed, got [3,5,4]'],
  ],
  attention_softmax: [[[[2, 5, 5]], { scale: 1, length: 3, causal: true }, 'multiple of the length 3, got [2,5,5]']],
  rotary: [
    [[[2, 3]], {}, 'x is [.., steps, even width], got [2,3]'],
    [[[4]], {}, 'got [4]'],
  ],
  sinusoid: [[[], { shape: [3] }, 'the shape is [steps, width], got [3]']],
  dropout: [
    [[[2], []], { rate: 1 }, '0 <= rate < 1, got 1'],
    [[[2], []], { rate: Number.NaN }, 'got NaN'],
    [[[2], [2]], { rate: 0.5 }, 'the step is one number, got [2]'],
  ],
  route: [
    [[[2, 3]], { chosen: 4 }, '4 of the columns of [rows, experts] are chosen, got [2,3]'],
    [[[3]], { chosen: 1 }, 'got [3]'],
  ],
  expert_load: [[[[2, 3]], { chosen: 0 }, '0 of the columns of [rows, experts] are chosen']],
  plane: [[[[3, 2]], { index: 3 }, 'an index within [3,2], got 3']],
  rnn: gates(1),
  gru: gates(3),
  lstm: gates(4),
}

describe('refusals', () => {
  it('are listed for every op of the list that does not take any shape', () => {
    const named = ops.filter((op) => op.gradient !== 'backwardOnly').map((op) => op.name)
    expect([...Object.keys(refusals), ...takesAll].sort()).toEqual(named.sort())
  })

  for (const [name, entries] of Object.entries(refusals)) {
    it(`of ${name} name the rule and what was given`, () => {
      for (const [shapes, attributes, words] of entries) {
        const attempt = (): Shape => opNamed(name).shape(shapes, attributes)
        expect(attempt, words).toThrow(RangeError)
        expect(attempt).toThrow(words)
      }
    })
  }

  it('of an unknown op say its name', () => {
    expect(() => opNamed('convolute')).toThrow('convolute')
  })
})
