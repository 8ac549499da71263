/** Which training a golden optimizer case asks for, by its label. A new optimizer or schedule is one line here. */
import type { TrainingSpec } from '../../core/spec/index.ts'

/** What an update reads. */
export type UpdateSpec = Pick<TrainingSpec, 'optimizer' | 'l1' | 'l2' | 'clip' | 'schedule'>

/** Reads the attributes of a case; one that no line reads makes the case count as 'not yet'. */
interface Reader {
  /** A number, or PyTorch's default. */
  number(name: string, otherwise?: number): number
  /** The two decay rates of Adam's family. */
  betas(): { readonly beta1: number; readonly beta2: number }
  /** An attribute that the label says already. */
  skip(name: string): void
}

/** Parts of the update that differ from `plain`. */
interface Difference {
  readonly optimizer: Partial<UpdateSpec['optimizer']> & Pick<UpdateSpec['optimizer'], 'name'>
  readonly schedule?: Partial<UpdateSpec['schedule']>
}

type Line = (read: Reader) => Difference

const plain: UpdateSpec = {
  optimizer: {
    name: 'sgd',
    learningRate: 0,
    momentum: 0,
    alpha: 0,
    rho: 0,
    beta1: 0,
    beta2: 0,
    epsilon: 0,
    weightDecay: 0,
    momentumDecay: 0,
  },
  schedule: { name: 'constant', warmupSteps: 0, steps: 1, every: 1, factor: 1, endShare: 0 },
  clip: { norm: 0, value: 0 },
  l1: 0,
  l2: 0,
}

const sgd: Line = () => ({ optimizer: { name: 'sgd' } })

/** Plain descent under a schedule; what the schedule reads. */
const scheduled =
  (schedule: (read: Reader) => Partial<UpdateSpec['schedule']>): Line =>
  (read) => {
    read.skip('schedule')
    return { optimizer: { name: 'sgd' }, schedule: schedule(read) }
  }

const ofAdam =
  (name: 'adam' | 'adamax'): Line =>
  (read) => ({ optimizer: { name, ...read.betas(), epsilon: read.number('eps', 1e-8) } })

/** Steps of the warm-up that the label `sgd_warmup_linear` stands for. */
const warmupSteps = 5

/** By label. */
const updateLines: Readonly<Record<string, Line>> = {
  sgd,
  sgd_weight_decay: sgd,
  sgd_clip: sgd,
  sgd_clip_value: sgd,
  sgd_momentum: (read) => ({ optimizer: { name: 'momentum', momentum: read.number('momentum') } }),
  sgd_nesterov(read) {
    read.skip('nesterov')
    return { optimizer: { name: 'nesterov', momentum: read.number('momentum') } }
  },
  rmsprop: (read) => ({
    optimizer: { name: 'rmsprop', alpha: read.number('alpha', 0.99), epsilon: read.number('eps', 1e-8) },
  }),
  adagrad: (read) => ({ optimizer: { name: 'adagrad', epsilon: read.number('eps', 1e-10) } }),
  adadelta: (read) => ({
    optimizer: { name: 'adadelta', rho: read.number('rho', 0.9), epsilon: read.number('eps', 1e-6) },
  }),
  adam: ofAdam('adam'),
  adam_l2: ofAdam('adam'),
  adamw: (read) => ({
    optimizer: {
      name: 'adamw',
      ...read.betas(),
      epsilon: read.number('eps', 1e-8),
      weightDecay: read.number('weight_decay', 0.01),
    },
  }),
  adamax: ofAdam('adamax'),
  nadam: (read) => ({
    optimizer: {
      name: 'nadam',
      ...read.betas(),
      epsilon: read.number('eps', 1e-8),
      momentumDecay: read.number('momentum_decay', 0.004),
    },
  }),
  sgd_cosine: scheduled((read) => ({ name: 'cosine', steps: read.number('T_max') })),
  sgd_step: scheduled((read) => ({
    name: 'step',
    every: read.number('step_size'),
    factor: read.number('gamma', 0.1),
  })),
  sgd_exponential: scheduled((read) => ({ name: 'exponential', factor: read.number('gamma') })),
  sgd_warmup_linear: scheduled(() => ({ warmupSteps })),
  sgd_linear: scheduled((read) => ({
    name: 'linear',
    steps: read.number('total_iters'),
    endShare: read.number('end_factor'),
  })),
  sgd_one_cycle: scheduled((read) => ({ name: 'one-cycle', steps: read.number('total_steps') })),
}

/** The update that a case asks for; a text says what is not there yet. */
export function updateOf(label: string, attributes: ReadonlyMap<string, unknown>): UpdateSpec | string {
  const line = Object.hasOwn(updateLines, label) ? updateLines[label] : undefined
  if (line === undefined) return label
  const unread = new Set(attributes.keys())
  const read = readerOf(label, attributes, unread)
  const learningRate = read.number('lr')
  const { optimizer, schedule } = line(read)
  // The lines of optimizers that decay by themselves have read it.
  const l2 = unread.has('weight_decay') ? read.number('weight_decay') : 0
  const clip = { norm: read.number('clip_norm', 0), value: read.number('clip_value', 0) }
  const [first] = unread
  if (first !== undefined) return `${label} with ${first}`
  return {
    optimizer: { ...plain.optimizer, ...optimizer, learningRate },
    schedule: { ...plain.schedule, ...schedule },
    clip,
    l1: 0,
    l2,
  }
}

function readerOf(label: string, attributes: ReadonlyMap<string, unknown>, unread: Set<string>): Reader {
  return {
    number(name, otherwise) {
      unread.delete(name)
      const value = attributes.get(name) ?? otherwise
      if (typeof value !== 'number') throw new TypeError(`${label}.attrs.${name}: expected a number`)
      return value
    },
    betas() {
      unread.delete('betas')
      const value = attributes.get('betas') ?? [0.9, 0.999]
      const [beta1, beta2]: readonly unknown[] = Array.isArray(value) ? value : []
      if (typeof beta1 !== 'number' || typeof beta2 !== 'number') {
        throw new TypeError(`${label}.attrs.betas: expected two numbers`)
      }
      return { beta1, beta2 }
    },
    skip: (name) => unread.delete(name),
  }
}
