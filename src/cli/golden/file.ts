/** Golden files as they are written (docs/formats.md): checked once here, typed from then on. */

/** Row-major values with their shape; whole numbers for `i32`. */
export interface GoldenTensor {
  readonly shape: readonly number[]
  readonly dtype: string
  readonly data: readonly number[]
}

export type Tensors = ReadonlyMap<string, GoldenTensor>

/** An op, a loss or a layer: `grads` are those of `sum(output * upstream)`, of parameters under `param.NAME`. */
export interface FunctionCase {
  readonly kind: 'function'
  readonly label: string
  readonly attributes: ReadonlyMap<string, unknown>
  readonly inputs: Tensors
  readonly parameters: Tensors
  readonly output: GoldenTensor
  readonly upstream: GoldenTensor
  readonly gradients: Tensors
  /** What a layer keeps without learning it, after one step of training from its start. */
  readonly buffersAfter: Tensors
}

/** Some steps of an optimizer on the file's model and data; the lists have one number a step, taken before it. */
export interface OptimizerCase {
  readonly kind: 'optimizer'
  readonly label: string
  readonly attributes: ReadonlyMap<string, unknown>
  readonly model: string
  readonly x: GoldenTensor
  readonly y: GoldenTensor
  readonly start: Tensors
  readonly final: Tensors
  readonly losses: readonly number[]
  readonly rates: readonly number[]
  readonly gradientNorms: readonly number[]
}

export type GoldenCase = FunctionCase | OptimizerCase

/** The cases of one file. Throws TypeError `PLACE: expected …` for what has another form. */
export function readGolden(text: string): readonly GoldenCase[] {
  const file = fields(JSON.parse(text), 'file')
  return list(file.get('cases'), 'cases').map((value, index) => {
    const place = `cases[${index}]`
    const entry = fields(value, place)
    const label = entry.get('label')
    if (typeof label !== 'string') throw new TypeError(`${place}.label: expected a text`)
    const attributes = fields(entry.get('attrs') ?? {}, `${label}.attrs`)
    return entry.has('init') ? optimizerCase(file, entry, label, attributes) : functionCase(entry, label, attributes)
  })
}

function functionCase(entry: Fields, label: string, attributes: Fields): FunctionCase {
  return {
    kind: 'function',
    label,
    attributes,
    inputs: tensors(entry.get('inputs'), `${label}.inputs`),
    parameters: tensors(entry.get('params'), `${label}.params`),
    output: tensor(entry.get('output'), `${label}.output`),
    upstream: tensor(entry.get('upstream'), `${label}.upstream`),
    gradients: tensors(entry.get('grads'), `${label}.grads`),
    buffersAfter: tensors(entry.get('buffers_after'), `${label}.buffers_after`),
  }
}

function optimizerCase(file: Fields, entry: Fields, label: string, attributes: Fields): OptimizerCase {
  return {
    kind: 'optimizer',
    label,
    attributes,
    model: String(file.get('model')),
    x: tensor(file.get('x'), 'x'),
    y: tensor(file.get('y'), 'y'),
    start: tensors(entry.get('init'), `${label}.init`),
    final: tensors(entry.get('final'), `${label}.final`),
    losses: numbers(entry.get('loss'), `${label}.loss`),
    rates: numbers(entry.get('lr'), `${label}.lr`),
    gradientNorms: numbers(entry.get('grad_norm'), `${label}.grad_norm`),
  }
}

type Fields = ReadonlyMap<string, unknown>

function fields(value: unknown, place: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${place}: expected an object`)
  }
  return new Map(Object.entries(value))
}

function list(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`${place}: expected a list`)
  return value
}

function numbers(value: unknown, place: string): readonly number[] {
  return list(value, place).map((item) => {
    if (typeof item === 'number') return item
    if (typeof item === 'boolean') return item ? 1 : 0
    throw new TypeError(`${place}: expected numbers`)
  })
}

function tensor(value: unknown, place: string): GoldenTensor {
  const entry = fields(value, place)
  const shape = numbers(entry.get('shape'), `${place}.shape`)
  const data = numbers(entry.get('data'), `${place}.data`)
  if (data.length !== shape.reduce((product, side) => product * side, 1)) {
    throw new TypeError(`${place}: expected as many numbers as the shape [${shape}] has, got ${data.length}`)
  }
  return { shape, dtype: String(entry.get('dtype')), data }
}

function tensors(value: unknown, place: string): Tensors {
  const entries = [...fields(value ?? {}, place)]
  return new Map(entries.map(([name, item]) => [name, tensor(item, `${place}.${name}`)]))
}
