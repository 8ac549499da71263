/** What the list of hyperparameters says of each of them. */

/** What an edit of this value does to a run that is training. */
export type Effect =
  /** applies at the next batch, nothing else changes */
  | 'live'
  /** draws or reads other data; the parameters stay where their shapes allow */
  | 'data'
  /** the network gets other parameters; what can be kept is kept */
  | 'parameters'

/** What an entry is about, in the order in which people are shown them; forms fold by it. */
export const topics = [
  'data',
  'layer',
  'optimizer',
  'schedule',
  'batch',
  'regularisation',
  'clipping',
  'initialisation',
  'loss',
  'teaching',
  'stop',
] as const
export type Topic = (typeof topics)[number]

export interface Words {
  readonly name: string
  readonly about: string
}

interface Described {
  /** Path in the recipe; `*` stands for the index of a layer. */
  readonly path: string
  readonly symbol?: string
  readonly unit?: string
  readonly effect: Effect
  readonly topic: Topic
  /**
   * Paths apply only when all of this holds that the recipe has: a data source, a shape of points, the name of an
   * optimizer, schedule, loss, initialiser.
   */
  readonly only?: {
    readonly source?: readonly string[]
    readonly shape?: readonly string[]
    readonly optimizer?: readonly string[]
    readonly schedule?: readonly string[]
    readonly loss?: readonly string[]
    readonly initializer?: readonly string[]
    readonly layer?: readonly string[]
  }
  readonly ko: Words
  readonly en: Words
}

export interface NumberHyperparameter extends Described {
  readonly kind: 'number' | 'integer'
  readonly min: number
  readonly max: number
  /** The minimum itself is not allowed (a learning rate of 0). */
  readonly exclusiveMin?: boolean
  readonly scale: 'linear' | 'log'
  readonly default: number
  /** Its default for other sources of data. */
  readonly bySource?: Readonly<Record<string, number>>
  /** A value worth trying when the one given is refused. */
  readonly suggest: number
}

export interface ChoiceHyperparameter extends Described {
  readonly kind: 'choice'
  readonly choices: readonly string[]
  readonly default: string
  /** Its default for other sources of data. */
  readonly bySource?: Readonly<Record<string, string>>
}

export interface SetHyperparameter extends Described {
  readonly kind: 'set'
  readonly choices: readonly string[]
  readonly default: readonly string[]
}

export interface SwitchHyperparameter extends Described {
  readonly kind: 'switch'
  readonly default: boolean
}

export type Hyperparameter = NumberHyperparameter | ChoiceHyperparameter | SetHyperparameter | SwitchHyperparameter

/** The part of a recipe that an entry belongs to. */
export type Group = 'data' | 'network' | 'training'

/** The part of a recipe that an entry belongs to, by what it is about. */
export function groupOf({ topic }: Pick<Hyperparameter, 'topic'>): Group {
  if (topic === 'data') return 'data'
  return topic === 'layer' ? 'network' : 'training'
}

/** The default of an entry where the data come from a source. */
export function defaultOf<Value>(
  entry: { readonly default: Value; readonly bySource?: Readonly<Record<string, Value>> },
  source: string,
): Value {
  return entry.bySource?.[source] ?? entry.default
}
