import { describe, expect, it } from 'vitest'
import {
  acceptRecipe,
  checkValue,
  circleRecipe,
  editRecipe,
  hyperparameters,
  storyRecipe,
} from '../../../src/core/spec/index.ts'
import { faultOf } from '../../support/fault.ts'

const circle = acceptRecipe(circleRecipe)
const story = acceptRecipe(storyRecipe)
const csv = { source: 'csv', path: 'a.csv', target: 'y' }

/** The circle's recipe with other parts. */
const withParts = (parts: object): unknown => ({ ...circleRecipe, ...parts })
const withData = (parts: object): unknown => withParts({ data: { ...circleRecipe.data, ...parts } })
const withTraining = (parts: object): unknown => withParts({ training: { ...circleRecipe.training, ...parts } })
const withOptimizer = (parts: unknown): unknown => withTraining({ optimizer: parts })
const withSentences = (examples: unknown): unknown => withParts({ data: { source: 'sentences', examples } })

describe('an accepted recipe', () => {
  it('has every default written in', () => {
    expect(circle).toEqual({
      format: 'paramap/1',
      name: 'circle',
      seed: 1,
      data: {
        source: 'points',
        shape: 'circle',
        samples: 500,
        noise: 0,
        testShare: 0.5,
        features: ['x', 'y'],
        draw: 0,
      },
      network: [
        { layer: 'dense', units: 4, activation: 'tanh' },
        { layer: 'dense', units: 2, activation: 'tanh' },
      ],
      training: {
        loss: 'auto',
        labelSmoothing: 0,
        huberDelta: 1,
        optimizer: {
          name: 'sgd',
          learningRate: 0.03,
          momentum: 0.9,
          alpha: 0.99,
          rho: 0.9,
          beta1: 0.9,
          beta2: 0.999,
          epsilon: 1e-8,
          weightDecay: 0.01,
          momentumDecay: 0.004,
        },
        schedule: { name: 'constant', warmupSteps: 0, steps: 1000, every: 100, factor: 0.5, endShare: 0 },
        clip: { norm: 0, value: 0 },
        initializer: 'xavier-uniform',
        initialScale: 0.5,
        batchSize: 10,
        l1: 0,
        l2: 0,
        teaching: { method: 'answers', temperature: 1, baselineRate: 0.1 },
        stop: { epochs: 100, seconds: 0, loss: 0, patience: 0 },
      },
    })
  })
  it('takes name and training from the defaults when they are left out', () => {
    const recipe = acceptRecipe({ format: 'paramap/1', data: { source: 'points' }, network: [] })
    expect(recipe.name).toBe('')
    expect(recipe.training.optimizer).toMatchObject({ name: 'adam', learningRate: 0.01 })
  })
  it('is accepted again unchanged, to the byte', () => {
    for (const recipe of [circle, story]) expect(JSON.stringify(acceptRecipe(recipe))).toBe(JSON.stringify(recipe))
  })
  it('has its keys in one order whatever the order of the input', () => {
    const reversed = Object.fromEntries(Object.entries(circleRecipe).reverse())
    expect(JSON.stringify(acceptRecipe(reversed))).toBe(JSON.stringify(circle))
  })
  it('has its features in the order of the table', () => {
    expect(acceptRecipe(withData({ features: ['sin x', 'y', 'x'] })).data).toMatchObject({
      features: ['x', 'y', 'sin x'],
    })
  })
  it('allows a batch larger than the data', () => {
    expect(acceptRecipe(withTraining({ batchSize: 65536 })).training.batchSize).toBe(65536)
  })
  it('takes a table with its defaults', () => {
    expect(acceptRecipe(withParts({ data: csv })).data).toEqual({
      ...csv,
      inputs: [],
      testShare: 0.5,
      standardize: true,
    })
  })
})

describe('a refused recipe', () => {
  const cases: readonly (readonly [fact: string, recipe: unknown, code: string, at: string])[] = [
    ['is no object', [], 'RECIPE-002', ''],
    ['is null', null, 'RECIPE-002', ''],
    ['has no format', { data: {} }, 'RECIPE-012', 'format'],
    ['is of a newer format', withParts({ format: 'paramap/2', shape: 1 }), 'RECIPE-010', 'format'],
    ['is of a strange format', withParts({ format: 'keras' }), 'RECIPE-011', 'format'],
    ['has an unknown key', withParts({ sed: 3 }), 'RECIPE-001', 'sed'],
    ['has an unknown key of its data', withData({ noize: 0 }), 'RECIPE-001', 'data.noize'],
    ['has a key of another source', withData({ target: 'y' }), 'RECIPE-001', 'data.target'],
    ['has __proto__ as a key', JSON.parse('{"format":"paramap/1","__proto__":{}}'), 'RECIPE-001', '__proto__'],
    ['has no data', { format: 'paramap/1', network: [] }, 'RECIPE-012', 'data'],
    ['has no network', { format: 'paramap/1', data: { source: 'points' } }, 'RECIPE-012', 'network'],
    ['has an unknown source', withParts({ data: { source: 'point' } }), 'RECIPE-008', 'data.source'],
    ['has data that is text', withParts({ data: 'points' }), 'RECIPE-002', 'data'],
    ['has an unknown shape', withData({ shape: 'cirlce' }), 'RECIPE-008', 'data.shape'],
    ['has an unknown feature', withData({ features: ['x', 'z'] }), 'RECIPE-008', 'data.features.1'],
    ['has a feature twice', withData({ features: ['x', 'x'] }), 'RECIPE-013', 'data.features.1'],
    ['has no feature', withData({ features: [] }), 'RECIPE-014', 'data.features'],
    ['has a network that is no list', withParts({ network: {} }), 'RECIPE-004', 'network'],
    ['has an unknown layer', withParts({ network: [{ layer: 'conv' }] }), 'RECIPE-008', 'network.0.layer'],
    ['has 0 units', withParts({ network: [{ layer: 'dense', units: 0 }] }), 'RECIPE-007', 'network.0.units'],
    ['has 10^6 units', withParts({ network: [{ layer: 'dense', units: 1e6 }] }), 'RECIPE-007', 'network.0.units'],
    ['has too many layers', withParts({ network: Array(1001).fill({}) }), 'RECIPE-017', 'network'],
    ['has an optimizer that is text', withOptimizer('adam'), 'RECIPE-002', 'training.optimizer'],
    ['has 0 epochs', withTraining({ stop: { epochs: 0 } }), 'RECIPE-007', 'training.stop.epochs'],
    ['has 10^9 epochs', withTraining({ stop: { epochs: 1e9 } }), 'RECIPE-007', 'training.stop.epochs'],
    ['has a batch of 1.5', withTraining({ batchSize: 1.5 }), 'RECIPE-007', 'training.batchSize'],
    ['has a batch of 0', withTraining({ batchSize: 0 }), 'RECIPE-007', 'training.batchSize'],
    ['has momentum 1.2', withOptimizer({ momentum: 1.2 }), 'RECIPE-005', 'training.optimizer.momentum'],
    ['has beta2 = 1', withOptimizer({ beta2: 1 }), 'RECIPE-005', 'training.optimizer.beta2'],
    ['has a negative penalty', withTraining({ l2: -1 }), 'RECIPE-005', 'training.l2'],
    ['has a name that is a number', withParts({ name: 3 }), 'RECIPE-003', 'name'],
    ['has a huge name', withParts({ name: 'x'.repeat(5000) }), 'RECIPE-018', 'name'],
    [
      'has a switch that is text',
      withParts({ data: { ...csv, standardize: 'yes' } }),
      'RECIPE-009',
      'data.standardize',
    ],
    ['has a table without target', withParts({ data: { source: 'csv', path: 'a' } }), 'RECIPE-012', 'data.target'],
    ['has an input twice', withParts({ data: { ...csv, inputs: ['a', 'a'] } }), 'RECIPE-013', 'data.inputs.1'],
    ['has one answer only', withSentences([{ context: 'a', answer: 'b' }]), 'RECIPE-015', 'data.examples'],
    ['has an empty context', withSentences([{ context: ' ', answer: 'b' }]), 'RECIPE-016', 'data.examples.0.context'],
    [
      'has a reward of 2',
      withSentences([{ context: 'a', answer: 'b', reward: 2 }]),
      'RECIPE-019',
      'data.examples.0.reward',
    ],
  ]
  it.each(cases)('%s', (_, recipe, code, at) => {
    const fault = faultOf(() => acceptRecipe(recipe))
    expect([fault.code, fault.at]).toEqual([code, at])
  })
  it.each([0, -1, 'abc', '1,0', 1e99, '', null, Number.NaN])('has a learning rate of %s', (learningRate) => {
    const fault = faultOf(() => acceptRecipe(withOptimizer({ learningRate })))
    expect(fault.code).toBe('RECIPE-006')
    expect(fault.values).toMatchObject({ min: 0, max: 10, suggest: 0.01, 'label.ko': '학습률' })
  })
  it('names the nearest known key', () => {
    expect(faultOf(() => acceptRecipe(withTraining({ batchsise: 3 }))).values).toEqual({
      key: 'batchsise',
      nearest: 'batchSize',
    })
  })
  it('counts layers from 1 in its sentence', () => {
    const network = [circleRecipe.network[0], { layer: 'dense', units: 0 }]
    expect(faultOf(() => acceptRecipe(withParts({ network }))).values).toMatchObject({
      'label.en': 'Nodes of layer 2',
      'label.ko': '2층 노드 수',
    })
  })
  it('counts answers that differ only in spaces or normal form as one', () => {
    const examples = ['사랑 해', ' 사랑  해 '.normalize('NFD')].map((answer) => ({ context: 'a', answer }))
    expect(faultOf(() => acceptRecipe(withSentences(examples))).code).toBe('RECIPE-015')
  })
})

describe('an edit', () => {
  it('replaces one value and leaves the given recipe as it is', () => {
    const before = JSON.stringify(circle)
    const edited = editRecipe(circle, 'training.optimizer.learningRate', 0.1)
    expect(edited.training.optimizer.learningRate).toBe(0.1)
    expect(editRecipe(circle, 'network.1.units', 9).network).toMatchObject([{ units: 4 }, { units: 9 }])
    expect(editRecipe(circle, 'network', []).network).toEqual([])
    expect(editRecipe(circle, 'data.noise', 0.2).data).toMatchObject({ noise: 0.2 })
    expect(editRecipe(circle, 'data', story.data).data).toEqual(story.data)
    expect(editRecipe(circle, 'seed', 2).seed).toBe(2)
    expect(JSON.stringify(circle)).toBe(before)
  })
  it('is refused where the result is no recipe', () => {
    expect(faultOf(() => editRecipe(circle, 'training.batchSize', 0)).code).toBe('RECIPE-007')
    expect(faultOf(() => editRecipe(circle, 'training.batchsize', 1)).values).toMatchObject({ nearest: 'batchSize' })
    expect(faultOf(() => editRecipe(circle, 'network.2.units', 1)).code).toBe('RECIPE-020')
    expect(faultOf(() => editRecipe(circle, 'seed.x', 1)).code).toBe('RECIPE-001')
    expect(faultOf(() => editRecipe(circle, '', 1)).code).toBe('RECIPE-001')
    expect(faultOf(() => editRecipe(circle, '__proto__.x', 1)).code).toBe('RECIPE-001')
  })
})

describe('a value for a form', () => {
  it('has nothing wrong when it is the default of any hyperparameter', () => {
    for (const entry of hyperparameters) {
      expect(checkValue(entry.path.replace('*', '0'), entry.default), entry.path).toBeNull()
    }
  })
  it('says what is wrong', () => {
    expect(checkValue('network.0.units', 1.5)?.code).toBe('RECIPE-007')
    expect(checkValue('data.testShare', '')?.code).toBe('RECIPE-005')
    expect(checkValue('training.batch', 1)?.values).toMatchObject({ nearest: 'training.batchSize' })
  })
})
