/** Every layer of the list: shape, gradients against central differences, both backends, in a network that trains. */
import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/core/data/dataset.ts'
import { differentiate, type Graph } from '../../../src/core/graph/graph.ts'
import type { Node } from '../../../src/core/graph/node.ts'
import { sizeOf } from '../../../src/core/graph/node.ts'
import type { Row } from '../../../src/core/nn/layer.ts'
import { layerOf } from '../../../src/core/nn/layers.ts'
import { describeNetwork } from '../../../src/core/nn/network.ts'
import {
  acceptRecipe,
  circleRecipe,
  editRecipe,
  Fault,
  type LayerSpec,
  layerKinds,
  type Recipe,
} from '../../../src/core/spec/index.ts'
import { Session } from '../../../src/core/train/session.ts'
import { compute, relativeError, someNumbers, someValue, type Value } from '../../support/compute.ts'
import { kernels } from '../../support/kernels.ts'

type Json = Readonly<Record<string, unknown>>

/** A network of these layers, otherwise the recipe of the circle. */
function recipeWith(network: readonly Json[]): Recipe {
  return acceptRecipe({ ...circleRecipe, network, training: { optimizer: { name: 'adam' }, batchSize: 5 } })
}

function specOf(layer: Json): LayerSpec {
  const [spec] = recipeWith([layer]).network
  if (spec === undefined) throw new Error('no layer')
  return spec
}

const sequence: Row = { sides: [5, 6] }
const picture: Row = { sides: [4, 6, 5] }
const tokens: Row = { sides: [5], vocabulary: 7 }

/** By layer: a recipe's entry, what enters, what comes out; every layer of the list has one. */
const cases: readonly (readonly [Json, Row, readonly number[]])[] = [
  [{ layer: 'dense', units: 3, activation: 'gelu' }, { sides: [7] }, [3]],
  [{ layer: 'dense', units: 3 }, sequence, [5, 3]],
  [{ layer: 'dense', units: 3 }, picture, [3]],
  [{ layer: 'embedding', units: 6 }, tokens, [5, 6]],
  [{ layer: 'position', kind: 'learned' }, sequence, [5, 6]],
  [{ layer: 'position', kind: 'sinusoidal' }, sequence, [5, 6]],
  [{ layer: 'position', kind: 'rotary' }, sequence, [5, 6]],
  [{ layer: 'flatten' }, picture, [120]],
  [{ layer: 'dropout', rate: 0.3 }, sequence, [5, 6]],
  [{ layer: 'layer-norm' }, sequence, [5, 6]],
  [{ layer: 'rms-norm' }, { sides: [9] }, [9]],
  [{ layer: 'batch-norm' }, { sides: [7] }, [7]],
  [{ layer: 'batch-norm' }, picture, [4, 6, 5]],
  [{ layer: 'batch-norm' }, sequence, [5, 6]],
  [{ layer: 'group-norm', groups: 2 }, picture, [4, 6, 5]],
  [{ layer: 'residual', layers: [{ layer: 'dense', units: 6 }, { layer: 'batch-norm' }] }, { sides: [6] }, [6]],
  [{ layer: 'conv2d', filters: 6, kernel: 3, stride: 2, padding: 1, groups: 2 }, picture, [6, 3, 3]],
  [{ layer: 'conv2d', filters: 3, kernel: 2, dilation: 2, activation: 'tanh' }, picture, [3, 4, 3]],
  [{ layer: 'max-pool', kernel: 2 }, picture, [4, 3, 2]],
  [{ layer: 'avg-pool', kernel: 3, stride: 1, padding: 1 }, picture, [4, 6, 5]],
  [{ layer: 'global-pool' }, picture, [4]],
  [{ layer: 'global-pool' }, sequence, [6]],
  [{ layer: 'rnn', units: 3 }, sequence, [5, 3]],
  [{ layer: 'gru', units: 5 }, sequence, [5, 5]],
  [{ layer: 'gru', units: 4, output: 'last' }, sequence, [4]],
  [{ layer: 'lstm', units: 3, output: 'last' }, sequence, [3]],
  [{ layer: 'attention', heads: 2 }, sequence, [5, 6]],
  [{ layer: 'attention', heads: 3, kvHeads: 1, causal: false }, sequence, [5, 6]],
  [{ layer: 'attention', heads: 4, kvHeads: 2 }, { sides: [5, 8], isRotary: true }, [5, 8]],
  [{ layer: 'transformer', heads: 2 }, sequence, [5, 6]],
  [{ layer: 'transformer', heads: 3, feedForward: 'swiglu', expansion: 2, causal: false }, { sides: [1, 6] }, [1, 6]],
  [{ layer: 'experts', experts: 3, topK: 2, units: 4 }, sequence, [5, 6]],
  [{ layer: 'experts', experts: 2, topK: 1, units: 4 }, { sides: [6] }, [6]],
  // the edges: sides of 1, and sides that no vector and no register block divides
  [{ layer: 'dense', units: 1, activation: 'tanh' }, { sides: [1] }, [1]],
  [{ layer: 'dense', units: 17, activation: 'relu' }, { sides: [33] }, [17]],
  [{ layer: 'embedding', units: 1 }, { sides: [1], vocabulary: 1 }, [1, 1]],
  [{ layer: 'position', kind: 'sinusoidal' }, { sides: [1, 1] }, [1, 1]],
  [{ layer: 'flatten' }, { sides: [1] }, [1]],
  [{ layer: 'layer-norm', epsilon: 0.1 }, { sides: [2] }, [2]],
  [{ layer: 'rms-norm', epsilon: 0.1 }, { sides: [1] }, [1]],
  [{ layer: 'batch-norm' }, { sides: [1] }, [1]],
  [{ layer: 'group-norm', groups: 1 }, { sides: [1, 1, 3] }, [1, 1, 3]],
  [{ layer: 'conv2d', filters: 1, kernel: 1 }, { sides: [1, 1, 1] }, [1, 1, 1]],
  [{ layer: 'conv2d', filters: 5, kernel: 3, stride: 3, padding: 2 }, { sides: [1, 1, 7] }, [5, 1, 3]],
  [{ layer: 'max-pool', kernel: 1 }, { sides: [1, 1, 1] }, [1, 1, 1]],
  [{ layer: 'avg-pool', kernel: 2, padding: 1 }, { sides: [3, 1, 5] }, [3, 1, 3]],
  [{ layer: 'global-pool' }, { sides: [1, 1, 1] }, [1]],
  [{ layer: 'rnn', units: 1 }, { sides: [1, 1] }, [1, 1]],
  [{ layer: 'gru', units: 17 }, { sides: [1, 3] }, [1, 17]],
  [{ layer: 'lstm', units: 1 }, { sides: [7, 1] }, [7, 1]],
  [{ layer: 'attention', heads: 1 }, { sides: [1, 1] }, [1, 1]],
  [{ layer: 'attention', heads: 3, kvHeads: 3 }, { sides: [9, 15] }, [9, 15]],
  [{ layer: 'transformer', heads: 2, kvHeads: 1, expansion: 1 }, { sides: [1, 4], isRotary: true }, [1, 4]],
  [{ layer: 'experts', experts: 1, topK: 1, units: 1 }, { sides: [1] }, [1]],
]

const rows = 3

/** What a layer computes in training: its output, its gradients, its penalty. */
function layerGraph(
  layer: Json,
  row: Row,
): { values: readonly Value[]; build(graph: Graph, leaves: readonly Node[]): (Node | null)[] } {
  const bound = layerOf(specOf(layer))
  const tensors = bound.parameters(row)
  const output = bound.outputRow(row, 'network.0')
  const x = someValue([rows, ...row.sides], 5)
  const inputs =
    row.vocabulary === undefined
      ? x
      : { ...x, data: x.data.length > 0 ? someTokens(x.data.length, row.vocabulary) : [] }
  const values: Value[] = [
    inputs,
    ...tensors.map(({ shape }, index) => someValue(shape, 20 + index)),
    someValue([rows, ...output.sides], 9),
  ]
  return {
    values,
    build(graph, leaves) {
      const [first, ...rest] = leaves
      const upstream = rest.at(-1)
      if (first === undefined || upstream === undefined) throw new Error('no leaves')
      const parameter = (name: string): Node => {
        const leaf = rest[tensors.findIndex((tensor) => tensor.name === name)]
        if (leaf === undefined) throw new Error(`no parameter ${name}`)
        return leaf
      }
      const buffer = (_name: string, shape: readonly number[]): Node => graph.apply('constant', [], { shape, value: 1 })
      const step = graph.apply('constant', [], { shape: [], value: 4 })
      const training = { step, seed: 1, nextDropout: () => 0, follow: () => undefined, penalise: () => undefined }
      const made = bound.forward({ build: graph, parameter, buffer, training }, first, row)
      const targets = [...(row.vocabulary === undefined ? [first] : []), ...rest.slice(0, -1)]
      return [made.activations, ...differentiate(graph, made.activations, upstream, targets)]
    },
  }
}

const someTokens = (count: number, vocabulary: number): number[] =>
  Array.from({ length: count }, (_, i) => (i * 5 + 2) % vocabulary)

describe('a layer', () => {
  it('of every kind has a case', () => {
    const kinds = new Set(cases.map(([layer]) => layer.layer))
    expect(layerKinds.filter((kind) => !kinds.has(kind))).toEqual([])
  })

  for (const [layer, row, sides] of cases) {
    const name = `${JSON.stringify(layer)} of [${row.sides}]`
    const { values, build } = layerGraph(layer, row)

    it(`${name} gives [${sides}], the same on both backends`, () => {
      expect(layerOf(specOf(layer)).outputRow(row, '').sides).toEqual(sides)
      const [fast, oracle] = (['wasm', 'reference'] as const).map((kind) => compute(kind, values, build))
      expect(oracle?.[0]?.length).toBe(rows * sizeOf(sides))
      oracle?.forEach((expected, index) => {
        if (expected === null) return
        // a gradient that is nothing but what cancelled has no size of its own
        const size = Math.max(...Array.from(expected, Math.abs))
        // float32 against float64 through several products (see the golden tolerances)
        if (size > 1e-3) expect(relativeError(fast?.[index] ?? [], expected), `${index}`).toBeLessThan(2e-5)
      })
    })

    it(`${name} has the gradients of central differences`, () => {
      const found = compute('reference', values, build)
      const upstream = values.at(-1)?.data ?? []
      const first = row.vocabulary === undefined ? 0 : 1
      for (let target = first; target < values.length - 1; target++) {
        const size = values[target]?.data.length ?? 0
        // a few elements of each tensor
        for (const at of new Set([0, Math.floor(size / 2), size - 1])) {
          const [above = 0, below = 0] = [1e-5, -1e-5].map((by) => {
            const moved = values.map((value, index) => {
              const data = Float64Array.from(value.data)
              if (index === target) data[at] = (data[at] ?? 0) + by
              return { shape: value.shape, data }
            })
            const output = compute('reference', moved, build)[0] ?? []
            return Array.from(output).reduce((total, value, i) => total + value * (upstream[i] ?? 0), 0)
          })
          // truncation h^2 f''' is about 1e-10 and grows with the depth of the layer
          expect(found[1 + target - first]?.[at], `tensor ${target} element ${at}`).toBeCloseTo(
            (above - below) / 2e-5,
            5,
          )
        }
      }
    })
  }
})

/** A small task of classes with rows of any shape. */
function datasetOf(row: Row, positions = 1): Dataset {
  const [count, width] = [11, sizeOf(row.sides)]
  const inputs =
    row.vocabulary === undefined
      ? someNumbers(count * width, 3)
      : Float32Array.from(someTokens(count * width, row.vocabulary))
  const targets = Float32Array.from({ length: count * positions * 2 }, (_, i) => (i % 2 === 0 ? (i / 2) % 3 : 1))
  const none = new Float32Array(0)
  return {
    task: 'classes',
    inputWidth: width,
    outputWidth: 3,
    inputShape: row.sides,
    ...(row.vocabulary === undefined ? {} : { vocabulary: row.vocabulary }),
    positions,
    inputNames: [],
    outputNames: ['a', 'b', 'c'],
    train: { count, inputs, targets },
    test: { count: 0, inputs: none, targets: none },
    trainPoints: none,
    testPoints: none,
    contexts: [],
    contextInputs: none,
  }
}

const embedded = [{ layer: 'embedding', units: 8 }, { layer: 'position' }]
const networks: Readonly<Record<string, readonly [readonly Json[], Row, number]>> = {
  conv: [
    [
      { layer: 'conv2d', filters: 4, padding: 1 },
      { layer: 'batch-norm' },
      { layer: 'max-pool' },
      {
        layer: 'residual',
        layers: [
          { layer: 'group-norm', groups: 2 },
          { layer: 'conv2d', filters: 4, padding: 1 },
        ],
      },
      { layer: 'dropout', rate: 0.2 },
    ],
    picture,
    1,
  ],
  recurrent: [[...embedded, { layer: 'lstm', units: 6 }, { layer: 'gru', units: 6, output: 'last' }], tokens, 1],
  transformer: [
    [...embedded, { layer: 'transformer', heads: 2 }, { layer: 'dropout', rate: 0.1 }, { layer: 'layer-norm' }],
    tokens,
    5,
  ],
  experts: [[...embedded, { layer: 'experts', experts: 3, topK: 2, units: 5 }, { layer: 'flatten' }], tokens, 1],
}

describe('a network of such layers', () => {
  for (const [name, [network, row, positions]] of Object.entries(networks)) {
    const recipe = recipeWith(network)
    const dataset = datasetOf(row, positions)
    const parametersAfter = (steps: readonly number[], options = {}, trained = recipe): Float32Array => {
      let session = Session.create(trained, dataset, kernels, options)
      for (const count of steps) {
        for (let left = count; left > 0; ) left -= session.train(left)
        session = Session.restore(session.snapshot(), dataset, kernels, options)
      }
      return session.readParameters().slice()
    }

    it(`${name} learns`, () => {
      const session = Session.create(recipe, dataset, kernels)
      const before = session.evaluate().trainLoss
      for (let left = 150; left > 0; ) left -= session.train(left)
      expect(session.evaluate().trainLoss).toBeLessThan(before * 0.8)
      expect(session.predict(dataset.train.inputs).length).toBe(11 * 3 * positions)
    })

    it(`${name} has the same bits cut and resumed, fused or not`, () => {
      const whole = parametersAfter([17])
      expect(parametersAfter([4, 13])).toEqual(whole)
      expect(parametersAfter([17], { plan: { fuse: false, reuse: false } })).toEqual(whole)
    })

    it(`${name} is the oracle's to float32`, () => {
      // Not Adam: it divides by the gradient's size, and a key's bias has a gradient of nothing but rounding.
      const plain = editRecipe(recipe, 'training.optimizer.name', 'sgd')
      const [fast, oracle] = [parametersAfter([25], {}, plain), parametersAfter([25], { backend: 'reference' }, plain)]
      // the tolerance of golden trajectories: each step's rounding feeds the next
      expect(relativeError(fast, oracle)).toBeLessThan(1e-4)
    })

    it(`${name} can be looked into`, () => {
      const session = Session.create(recipe, dataset, kernels)
      const input = dataset.train.inputs.subarray(0, dataset.inputWidth)
      const stops = session.layers.reduce((total, layer) => total + layer.units, 0)
      expect(session.inspect(input).activations.length).toBe(stops)
      expect(session.contributions(input, 1).every(Number.isFinite)).toBe(true)
    })
  }

  it('names its tensors as PyTorch does', () => {
    const recipe = recipeWith([
      ...embedded,
      { layer: 'residual', layers: [{ layer: 'transformer', heads: 2 }] },
      { layer: 'flatten' },
    ])
    const names = describeNetwork(recipe, datasetOf(tokens)).parameters.map((info) => info.name)
    expect(names).toContain('layers.2.layers.0.attn.qkv.weight')
    expect(names.slice(0, 2)).toEqual(['layers.0.weight', 'layers.1.weight'])
  })

  it('keeps running statistics with the model: the mean and the unbiased variance, momentum 0.1', () => {
    const recipe = recipeWith([{ layer: 'batch-norm' }])
    const dataset = datasetOf({ sides: [1] })
    const session = Session.create({ ...recipe, training: { ...recipe.training, batchSize: 11 } }, dataset, kernels)
    session.train(1)
    const values = Array.from(dataset.train.inputs)
    const mean = values.reduce((total, value) => total + value, 0) / 11
    const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / 10
    const { tensors } = session.snapshot()
    // eleven numbers below 1 summed in float32, rounded at 6e-8
    expect(tensors.get('layers.0.running_mean')?.data[0]).toBeCloseTo(0.1 * mean, 6)
    expect(tensors.get('layers.0.running_var')?.data[0]).toBeCloseTo(0.9 + 0.1 * variance, 6)
  })

  const refusals: readonly (readonly [string, readonly Json[], Row, string])[] = [
    ['a picture layer of a vector', [{ layer: 'conv2d' }], { sides: [4] }, 'NETWORK-002'],
    ['tokens without an embedding', [{ layer: 'dense' }], tokens, 'NETWORK-002'],
    ['an embedding of numbers', [{ layer: 'embedding' }], { sides: [4] }, 'NETWORK-002'],
    ['heads that do not divide', [{ layer: 'attention', heads: 4 }], sequence, 'NETWORK-003'],
    ['groups that do not divide', [{ layer: 'group-norm', groups: 3 }], picture, 'NETWORK-003'],
    ['a kernel larger than the picture', [{ layer: 'conv2d', kernel: 9 }], picture, 'NETWORK-004'],
    ['more experts than there are', [{ layer: 'experts', experts: 2, topK: 3 }], { sides: [4] }, 'NETWORK-005'],
    [
      'a block that changes the shape',
      [{ layer: 'residual', layers: [{ layer: 'dense', units: 3 }] }],
      { sides: [4] },
      'NETWORK-006',
    ],
    ['an output of a sequence', [], sequence, 'NETWORK-007'],
    ['pooling of a vector', [{ layer: 'max-pool' }], { sides: [4] }, 'NETWORK-002'],
    ['a window larger than the picture', [{ layer: 'avg-pool', kernel: 9 }], picture, 'NETWORK-004'],
    ['pooling a vector whole', [{ layer: 'global-pool' }], { sides: [4] }, 'NETWORK-002'],
    ['group norm of a sequence', [{ layer: 'group-norm', groups: 1 }], sequence, 'NETWORK-002'],
    ['convolution groups that do not divide', [{ layer: 'conv2d', filters: 6, groups: 3 }], picture, 'NETWORK-003'],
    ['a place in a vector', [{ layer: 'position' }], { sides: [4] }, 'NETWORK-002'],
    ['a recurrent layer of a picture', [{ layer: 'gru' }], picture, 'NETWORK-002'],
    ['a recurrent layer of tokens', [{ layer: 'lstm' }], tokens, 'NETWORK-002'],
    ['attention of a vector', [{ layer: 'attention', heads: 1 }], { sides: [4] }, 'NETWORK-002'],
    ['shared heads that do not divide', [{ layer: 'attention', heads: 6, kvHeads: 4 }], sequence, 'NETWORK-003'],
    [
      'odd heads to turn',
      [
        { layer: 'position', kind: 'rotary' },
        { layer: 'transformer', heads: 2 },
      ],
      sequence,
      'NETWORK-003',
    ],
    ['a transformer of a picture', [{ layer: 'transformer', heads: 1 }], picture, 'NETWORK-002'],
    ['experts of tokens', [{ layer: 'experts' }], tokens, 'NETWORK-002'],
    ['norms of tokens', [{ layer: 'layer-norm' }], tokens, 'NETWORK-002'],
    ['dropout of tokens', [{ layer: 'dropout' }], tokens, 'NETWORK-002'],
    ['tokens made flat', [{ layer: 'flatten' }], tokens, 'NETWORK-002'],
  ]
  for (const [what, network, row, code] of refusals) {
    it(`refuses ${what} with ${code}`, () => {
      const attempt = (): unknown => describeNetwork(recipeWith(network), datasetOf(row))
      expect(attempt).toThrow(expect.objectContaining({ code }))
      expect(attempt).toThrow(Fault)
    })
  }
})
