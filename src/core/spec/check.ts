/** From any JSON value to a complete recipe, or to a `Fault` that names the place. */
import { acceptLayers } from './check-layers.ts'
import { acceptPainting } from './check-painting.ts'
import { acceptCsv, acceptTable } from './check-table.ts'
import {
  acceptChoice,
  acceptFields,
  acceptList,
  acceptNumber,
  acceptSet,
  acceptText,
  isFields,
  memberOf,
  required,
  show,
} from './check-value.ts'
import { Fault } from './fault.ts'
import {
  type ClipSpec,
  type DataSpec,
  type DigitsData,
  initializers,
  losses,
  type OptimizerSpec,
  optimizers,
  type PointsData,
  pointFeatures,
  pointShapes,
  type Recipe,
  recipeFormat,
  type ScheduleSpec,
  type SentenceExample,
  type SentencesData,
  type StopSpec,
  schedules,
  type TeachingSpec,
  type TextData,
  type TrainingSpec,
  teachingMethods,
  textNames,
  tokenizers,
} from './recipe.ts'
import { plainText } from './text.ts'

/** Sentences that one recipe carries. */
const mostExamples = 10_000

const recipeKeys = ['format', 'name', 'seed', 'data', 'network', 'training']

/**
 * Checks a JSON value and writes every default into it, so that it means the same in the next version.
 * The keys come in a fixed order: equal recipes give equal JSON. Throws a `Fault` (`RECIPE-…`) with the path in `at`.
 */
export function acceptRecipe(value: unknown): Recipe {
  checkFormat(value)
  const fields = acceptFields(value, '', recipeKeys)
  return {
    format: recipeFormat,
    name: fields.name === undefined ? '' : acceptText(fields.name, 'name', false),
    seed: acceptNumber(fields.seed, 'seed'),
    data: acceptData(required(fields, 'data', 'data')),
    network: acceptLayers(required(fields, 'network', 'network'), 'network'),
    training: acceptTraining(fields.training ?? {}),
  }
}

/** Looks at the format first: a newer recipe may have keys that are unknown here and is not to blame. */
function checkFormat(value: unknown): void {
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined
  if (format === recipeFormat || typeof value !== 'object' || value === null || Array.isArray(value)) return
  if (format === undefined) throw new Fault('RECIPE-012', { key: 'format' }, 'format')
  const given = show(format)
  const generation = typeof format === 'string' ? /^paramap\/(\d{1,9})$/.exec(format)?.[1] : undefined
  const newer = generation !== undefined && Number(generation) > 1
  throw new Fault(newer ? 'RECIPE-010' : 'RECIPE-011', { given, known: recipeFormat }, 'format')
}

const sources: { readonly [Source in DataSpec['source']]: (fields: unknown) => DataSpec } = {
  points: acceptPoints,
  csv: acceptCsv,
  sentences: acceptSentences,
  table: acceptTable,
  digits: acceptDigits,
  text: acceptTextData,
}
const sourceNames = ['points', 'csv', 'sentences', 'table', 'digits', 'text'] as const

/** Checks the `data` of a recipe. */
function acceptData(value: unknown): DataSpec {
  if (!isFields(value)) throw new Fault('RECIPE-002', { given: show(value) }, 'data')
  return sources[memberOf(required(value, 'source', 'data.source'), 'data.source', sourceNames)](value)
}

function acceptPoints(value: unknown): PointsData {
  const known = ['source', 'shape', 'points', 'samples', 'noise', 'testShare', 'features', 'draw']
  const fields = acceptFields(value, 'data', known)
  const shape = acceptChoice(fields.shape, 'data.shape', pointShapes)
  const points = acceptPainting(fields.points ?? [], 'data.points')
  return {
    source: 'points',
    shape,
    ...((shape === 'drawn' || points.length > 0) && { points }),
    samples: acceptNumber(fields.samples, 'data.samples'),
    noise: acceptNumber(fields.noise, 'data.noise'),
    testShare: acceptNumber(fields.testShare, 'data.testShare'),
    features: acceptSet(fields.features, 'data.features', pointFeatures),
    draw: acceptNumber(fields.draw, 'data.draw'),
  }
}

function acceptDigits(value: unknown): DigitsData {
  const fields = acceptFields(value, 'data', ['source', 'samples', 'testShare', 'draw'])
  return {
    source: 'digits',
    samples: acceptNumber(fields.samples, 'data.samples', 'digits'),
    testShare: acceptNumber(fields.testShare, 'data.testShare', 'digits'),
    draw: acceptNumber(fields.draw, 'data.draw'),
  }
}

function acceptTextData(value: unknown): TextData {
  const fields = acceptFields(value, 'data', ['source', 'path', 'name', 'tokenizer', 'context', 'testShare'])
  if (fields.path !== undefined && fields.name !== undefined) throw new Fault('RECIPE-022', {}, 'data.name')
  return {
    source: 'text',
    ...(fields.name === undefined
      ? { path: acceptText(required(fields, 'path', 'data.path'), 'data.path', true) }
      : { name: memberOf(fields.name, 'data.name', textNames) }),
    tokenizer: acceptChoice(fields.tokenizer, 'data.tokenizer', tokenizers, 'text'),
    context: acceptNumber(fields.context, 'data.context'),
    testShare: acceptNumber(fields.testShare, 'data.testShare', 'text'),
  }
}

function acceptSentences(value: unknown): SentencesData {
  const fields = acceptFields(value, 'data', ['source', 'tokenizer', 'examples'])
  const list = acceptList(required(fields, 'examples', 'data.examples'), 'data.examples', mostExamples)
  const examples = list.map((example, i) => acceptExample(example, `data.examples.${i}`))
  const answers = new Set(examples.map((example) => plainText(example.answer)))
  if (answers.size < 2) throw new Fault('RECIPE-015', { given: answers.size }, 'data.examples')
  return {
    source: 'sentences',
    tokenizer: acceptChoice(fields.tokenizer, 'data.tokenizer', tokenizers),
    examples,
  }
}

function acceptExample(value: unknown, path: string): SentenceExample {
  const fields = acceptFields(value, path, ['context', 'answer', 'reward'])
  return {
    context: acceptText(required(fields, 'context', `${path}.context`), `${path}.context`, true),
    answer: acceptText(required(fields, 'answer', `${path}.answer`), `${path}.answer`, true),
    reward: acceptReward(fields.reward, `${path}.reward`),
  }
}

/** From -1, scolded as much as can be, to 1, praised as much. */
function acceptReward(value: unknown, path: string): number {
  if (value === undefined) return 1
  if (typeof value === 'number' && value >= -1 && value <= 1) return value === 0 ? 0 : value
  throw new Fault('RECIPE-019', { given: show(value), min: -1, max: 1 }, path)
}

/** Checks the `training` of a recipe. */
function acceptTraining(value: unknown): TrainingSpec {
  const known = [
    'loss',
    'labelSmoothing',
    'huberDelta',
    'optimizer',
    'schedule',
    'clip',
    'initializer',
    'initialScale',
    'batchSize',
    'l1',
    'l2',
    'teaching',
    'stop',
  ]
  const fields = acceptFields(value, 'training', known)
  return {
    loss: acceptChoice(fields.loss, 'training.loss', losses),
    labelSmoothing: acceptNumber(fields.labelSmoothing, 'training.labelSmoothing'),
    huberDelta: acceptNumber(fields.huberDelta, 'training.huberDelta'),
    optimizer: acceptOptimizer(fields.optimizer ?? {}),
    schedule: acceptSchedule(fields.schedule ?? {}),
    clip: acceptClip(fields.clip ?? {}),
    initializer: acceptChoice(fields.initializer, 'training.initializer', initializers),
    initialScale: acceptNumber(fields.initialScale, 'training.initialScale'),
    batchSize: acceptNumber(fields.batchSize, 'training.batchSize'),
    l1: acceptNumber(fields.l1, 'training.l1'),
    l2: acceptNumber(fields.l2, 'training.l2'),
    teaching: acceptTeaching(fields.teaching ?? {}),
    stop: acceptStop(fields.stop ?? {}),
  }
}

function acceptTeaching(value: unknown): TeachingSpec {
  const path = 'training.teaching'
  const fields = acceptFields(value, path, ['method', 'temperature', 'baselineRate'])
  return {
    method: acceptChoice(fields.method, `${path}.method`, teachingMethods),
    temperature: acceptNumber(fields.temperature, `${path}.temperature`),
    baselineRate: acceptNumber(fields.baselineRate, `${path}.baselineRate`),
  }
}

function acceptStop(value: unknown): StopSpec {
  const path = 'training.stop'
  const fields = acceptFields(value, path, ['epochs', 'seconds', 'loss', 'patience'])
  return {
    epochs: acceptNumber(fields.epochs, `${path}.epochs`),
    seconds: acceptNumber(fields.seconds, `${path}.seconds`),
    loss: acceptNumber(fields.loss, `${path}.loss`),
    patience: acceptNumber(fields.patience, `${path}.patience`),
  }
}

function acceptClip(value: unknown): ClipSpec {
  const fields = acceptFields(value, 'training.clip', ['norm', 'value'])
  return {
    norm: acceptNumber(fields.norm, 'training.clip.norm'),
    value: acceptNumber(fields.value, 'training.clip.value'),
  }
}

function acceptSchedule(value: unknown): ScheduleSpec {
  const path = 'training.schedule'
  const fields = acceptFields(value, path, ['name', 'warmupSteps', 'steps', 'every', 'factor', 'endShare'])
  return {
    name: acceptChoice(fields.name, `${path}.name`, schedules),
    warmupSteps: acceptNumber(fields.warmupSteps, `${path}.warmupSteps`),
    steps: acceptNumber(fields.steps, `${path}.steps`),
    every: acceptNumber(fields.every, `${path}.every`),
    factor: acceptNumber(fields.factor, `${path}.factor`),
    endShare: acceptNumber(fields.endShare, `${path}.endShare`),
  }
}

/** The optimizer's numbers in the order in which an accepted recipe has them. */
const optimizerNumbers = [
  'learningRate',
  'momentum',
  'alpha',
  'rho',
  'beta1',
  'beta2',
  'epsilon',
  'weightDecay',
  'momentumDecay',
] as const

function acceptOptimizer(value: unknown): OptimizerSpec {
  const path = 'training.optimizer'
  const fields = acceptFields(value, path, ['name', ...optimizerNumbers])
  const number = (name: (typeof optimizerNumbers)[number]): number => acceptNumber(fields[name], `${path}.${name}`)
  return {
    name: acceptChoice(fields.name, `${path}.name`, optimizers),
    learningRate: number('learningRate'),
    momentum: number('momentum'),
    alpha: number('alpha'),
    rho: number('rho'),
    beta1: number('beta1'),
    beta2: number('beta2'),
    epsilon: number('epsilon'),
    weightDecay: number('weightDecay'),
    momentumDecay: number('momentumDecay'),
  }
}
