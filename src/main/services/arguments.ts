/** Checks what a page sends before anything uses it: one checker for the argument of every call. */
import {
  acceptReading,
  Fault,
  mostPaintedPoints,
  type OperationMove,
  type PaintedPoint,
  type ShapeChange,
} from '../../core/spec/index.ts'
import { type Argument, type CallName, type Lens, maxCallBytes, type Settings } from '../../shared/protocol.ts'

type Check<Value> = (value: unknown, at: string) => Value

const MAX_TEXT = 512
/** A context or text that a person types: as long as those of a recipe. */
const MAX_CONTEXT = 100_000
const MAX_WORDS = 1000
const MAX_LISTED = 100
const MAX_TEMPERATURE = 100
const MIN_POINTS = 2
const MAX_POINTS = 401
const MAX_SEED = 2 ** 32 - 1
const MAX_ROWS = 1000
const MAX_DEPTH = 64
/** More cells than this on a side are finer than any picture of the plane. */
const MAX_CELLS = 200
/** Stops of one layer. */
const MAX_STOPS = 4096
/** Points lie within 6; a point to try may lie somewhat farther out. */
const MAX_PLACE = 100
/** Layers put in at once, and ways to do so that are asked for together. */
const MAX_NEW_LAYERS = 8
const MAX_CHOICES = 64
/** Pictures fetched at once. */
const MAX_PICTURES = 64
const MAX_INDEX = 2 ** 31 - 1

function wrong(expected: string, value: unknown, at: string): Fault {
  const got = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return new Fault('CALL-002', { path: at, expected, got }, at)
}

/** True for a plain object, as JSON makes them. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** True when no list or object lies deeper than `limit` in another. */
export function isShallow(value: unknown, limit = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (limit === 0) return false
  return Object.values(value).every((child) => isShallow(child, limit - 1))
}

const nothing: Check<null> = (value, at) => {
  if (value !== null && value !== undefined) throw wrong('null', value, at)
  return null
}

const json: Check<unknown> = (value, at) => {
  if (value === undefined) throw wrong('value', value, at)
  if (!isShallow(value)) throw wrong(`at most ${MAX_DEPTH} levels`, value, at)
  return value
}

const flag: Check<boolean> = (value, at) => {
  if (typeof value !== 'boolean') throw wrong('true or false', value, at)
  return value
}

const bytes: Check<Uint8Array> = (value, at) => {
  if (!(value instanceof Uint8Array) || value.length > maxCallBytes)
    throw wrong(`up to ${maxCallBytes} bytes`, value, at)
  return value
}

function text(maxLength: number): Check<string> {
  return (value, at) => {
    if (typeof value !== 'string' || value.length > maxLength) throw wrong(`text up to ${maxLength}`, value, at)
    return value
  }
}

function oneOf<const Choices extends readonly string[]>(...choices: Choices): Check<Choices[number]> {
  return (value, at) => {
    const found = choices.find((choice) => choice === value)
    if (found === undefined) throw wrong(choices.join(' | '), value, at)
    return found
  }
}

function integer(min: number, max: number): Check<number> {
  return (value, at) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      throw wrong(`whole number from ${min} to ${max}`, value, at)
    }
    return value
  }
}

/** Any number that is finite, also as float32. */
const finite: Check<number> = (value, at) => {
  if (typeof value !== 'number' || !Number.isFinite(Math.fround(value))) throw wrong('finite number', value, at)
  return value
}

function between(min: number, max: number): Check<number> {
  return (value, at) => {
    if (typeof value !== 'number' || !(value >= min && value <= max)) {
      throw wrong(`number from ${min} to ${max}`, value, at)
    }
    return value
  }
}

const rate: Check<number> = (value, at) => {
  if (typeof value !== 'number' || !(value > 0) || !Number.isFinite(value)) throw wrong('number above 0', value, at)
  return value
}

function orNull<Value>(check: Check<Value>): Check<Value | null> {
  return (value, at) => (value === null ? null : check(value, at))
}

/** A list of at most `most` entries. */
function listOf<Item>(check: Check<Item>, most: number): Check<readonly Item[]> {
  return (value, at) => {
    if (!Array.isArray(value) || value.length > most) throw wrong(`a list of at most ${most}`, value, at)
    return value.map((item: unknown, index) => check(item, `${at}.${index}`))
  }
}

/** An object with exactly these keys; one that is not listed is refused by name. */
function object<Shape extends Record<string, unknown>>(checks: { readonly [Key in keyof Shape]: Check<Shape[Key]> }) {
  return (value: unknown, at: string): Shape => {
    if (!isRecord(value)) throw wrong('object', value, at)
    const unknown = Object.keys(value).find((key) => !Object.hasOwn(checks, key))
    if (unknown !== undefined)
      throw new Fault(
        'CALL-002',
        { path: at, expected: Object.keys(checks).join(', '), got: unknown.slice(0, MAX_TEXT) },
        at,
      )
    const entries = Object.entries(checks).map(([key, check]) => {
      const field = Object.hasOwn(value, key) ? value[key] : undefined
      return [key, check(field, at === '' ? key : `${at}.${key}`)]
    })
    return Object.fromEntries(entries) as Shape
  }
}

const name = text(MAX_TEXT)
const ofRun = object<{ run: string }>({ run: name })

const settingNames: readonly string[] = [
  'language',
  'theme',
  'letterKeys',
  'mapMode',
  'mapLines',
  'mapStops',
] satisfies readonly (keyof Settings)[]
const mapMode = oneOf('plain', 'numbers', 'focus', 'quiet')
const mapLines = oneOf('weights', 'gradients')
const mapStops = oneOf('weights', 'activations')

const settings = (value: unknown, at: string): Partial<Settings> => {
  if (!isRecord(value)) throw wrong('object', value, at)
  const unknown = Object.keys(value).find((key) => !settingNames.includes(key))
  if (unknown !== undefined)
    throw new Fault('CALL-002', { path: at, expected: settingNames.join(', '), got: unknown.slice(0, MAX_TEXT) }, at)
  return {
    ...(value.language === undefined ? {} : { language: oneOf('ko', 'en', 'system')(value.language, 'language') }),
    ...(value.theme === undefined ? {} : { theme: oneOf('light', 'dark', 'system')(value.theme, 'theme') }),
    ...(value.letterKeys === undefined ? {} : { letterKeys: flag(value.letterKeys, 'letterKeys') }),
    ...(value.mapMode === undefined ? {} : { mapMode: mapMode(value.mapMode, 'mapMode') }),
    ...(value.mapLines === undefined ? {} : { mapLines: mapLines(value.mapLines, 'mapLines') }),
    ...(value.mapStops === undefined ? {} : { mapStops: mapStops(value.mapStops, 'mapStops') }),
  }
}

const index = integer(0, MAX_INDEX)
const stops = listOf(index, MAX_STOPS)
const newLayers = listOf(json, MAX_NEW_LAYERS)
const kinds = oneOf('insert', 'remove', 'move', 'grow', 'prune')
const changes: { readonly [Kind in ShapeChange['kind']]: Check<ShapeChange> } = {
  insert: object<Extract<ShapeChange, { kind: 'insert' }>>({ kind: oneOf('insert'), at: index, layers: newLayers }),
  remove: object<Extract<ShapeChange, { kind: 'remove' }>>({ kind: oneOf('remove'), at: index }),
  move: object<Extract<ShapeChange, { kind: 'move' }>>({ kind: oneOf('move'), at: index, to: index }),
  grow: object<Extract<ShapeChange, { kind: 'grow' }>>({
    kind: oneOf('grow'),
    at: index,
    count: integer(1, MAX_STOPS),
  }),
  prune: object<Extract<ShapeChange, { kind: 'prune' }>>({ kind: oneOf('prune'), at: index, stops }),
}
const shapeChange: Check<ShapeChange> = (value, at) => {
  if (!isRecord(value)) throw wrong('object', value, at)
  return changes[kinds(value.kind, `${at}.kind`)](value, at)
}

const operationMove: Check<OperationMove> = (value, at) =>
  typeof value === 'number' ? index(value, at) : oneOf('next', 'back', 'finish', 'leave')(value, at)

/** Three numbers; what they may be, the recipe knows. */
const paintedPoint: Check<PaintedPoint> = (value, at) => {
  const [x, y, label, ...more] = listOf(finite, 3)(value, at)
  if (x === undefined || y === undefined || label === undefined || more.length > 0)
    throw wrong('x, y, class', value, at)
  return [x, y, label]
}

const checks: { readonly [Name in CallName]: Check<Argument<Name>> } = {
  'app.info': nothing,
  'settings.set': settings,
  'run.create': object<Argument<'run.create'>>({ recipe: json }),
  'run.info': ofRun,
  'run.points': ofRun,
  'run.play': ofRun,
  'run.pause': ofRun,
  'run.rest': object<Argument<'run.rest'>>({ run: name, settled: flag }),
  'run.step': object<Argument<'run.step'>>({ run: name, unit: oneOf('epoch', 'batch', 'sample') }),
  'run.operate': object<Argument<'run.operate'>>({ run: name, to: operationMove }),
  'run.operation': object<Argument<'run.operation'>>({ run: name, row: index, stop: index, from: orNull(index) }),
  'run.update': object<Argument<'run.update'>>({ run: name, name, index }),
  'run.rewind': ofRun,
  'run.speed': object<Argument<'run.speed'>>({ run: name, stepsPerSecond: orNull(rate) }),
  'run.edit': object<Argument<'run.edit'>>({ run: name, path: name, value: json }),
  'run.paint': object<Argument<'run.paint'>>({
    run: name,
    stroke: integer(0, Number.MAX_SAFE_INTEGER),
    put: listOf(paintedPoint, mostPaintedPoints),
    take: listOf(paintedPoint, mostPaintedPoints),
  }),
  'run.undo': ofRun,
  'run.redo': ofRun,
  'run.close': ofRun,
  'run.hash': ofRun,
  'run.say': object<Argument<'run.say'>>({
    run: name,
    context: text(MAX_CONTEXT),
    temperature: orNull(between(0, MAX_TEMPERATURE)),
  }),
  'run.reward': object<Argument<'run.reward'>>({
    run: name,
    context: text(MAX_CONTEXT),
    answer: integer(0, MAX_INDEX),
    reward: finite,
  }),
  'run.ride': object<Argument<'run.ride'>>({
    run: name,
    text: text(MAX_CONTEXT),
    words: integer(1, MAX_WORDS),
    temperature: between(0, MAX_TEMPERATURE),
    top: integer(1, MAX_LISTED),
    seed: integer(0, MAX_SEED),
  }),
  'run.parameter': object<Argument<'run.parameter'>>({
    run: name,
    name,
    index: integer(0, MAX_INDEX),
    passenger: orNull(integer(0, MAX_INDEX)),
    destination: orNull(integer(0, MAX_INDEX)),
  }),
  'run.sweep': object<Argument<'run.sweep'>>({
    run: name,
    name,
    index: integer(0, MAX_INDEX),
    from: orNull(finite),
    to: orNull(finite),
    points: integer(MIN_POINTS, MAX_POINTS),
  }),
  'run.routes': object<Argument<'run.routes'>>({
    run: name,
    passenger: integer(0, MAX_INDEX),
    destination: integer(0, MAX_INDEX),
    count: integer(1, MAX_LISTED),
  }),
  'run.reshape': object<Argument<'run.reshape'>>({ run: name, change: shapeChange }),
  'run.plan': object<Argument<'run.plan'>>({ run: name, change: shapeChange }),
  'run.fits': object<Argument<'run.fits'>>({ run: name, at: index, choices: listOf(newLayers, MAX_CHOICES) }),
  'run.pictures': object<Argument<'run.pictures'>>({ run: name, from: index, count: integer(1, MAX_PICTURES) }),
  'run.usefulness': object<Argument<'run.usefulness'>>({ run: name, layer: integer(0, MAX_INDEX) }),
  'run.damage': object<Argument<'run.damage'>>({
    run: name,
    layer: integer(0, MAX_INDEX),
    node: orNull(integer(0, MAX_INDEX)),
    passenger: orNull(integer(0, MAX_INDEX)),
  }),
  'table.send': object<Argument<'table.send'>>({
    upload: name,
    file: name,
    bytes,
    last: flag,
    rows: (value, at) => (value === undefined || value === null ? null : integer(1, MAX_INDEX)(value, at)),
  }),
  // What a reading says is checked with the recipe's own rules.
  'table.read': object<Argument<'table.read'>>({ upload: name, reading: acceptReading }),
  'table.try': object<Argument<'table.try'>>({ recipe: json }),
  'run.rows': object<Argument<'run.rows'>>({ run: name, from: integer(0, MAX_INDEX), count: integer(1, MAX_ROWS) }),
  'run.report': ofRun,
  'run.moments': ofRun,
  'run.look': object<Argument<'run.look'>>({ run: name, step: orNull(integer(0, Number.MAX_SAFE_INTEGER)) }),
  'run.go-on': ofRun,
  'run.fork': object<Argument<'run.fork'>>({
    run: name,
    step: orNull(integer(0, Number.MAX_SAFE_INTEGER)),
    path: orNull(name),
    value: json,
  }),
  'run.why': ofRun,
  'run.best': ofRun,
  'run.histograms': object<Argument<'run.histograms'>>({ run: name, layer: integer(0, MAX_INDEX) }),
  'model.save': object<Argument<'model.save'>>({ run: name, name, replace: flag }),
  'model.open': object<Argument<'model.open'>>({ file: name }),
  'model.choose': nothing,
  'model.upload': object<Argument<'model.upload'>>({ name, bytes }),
  'library.list': nothing,
  'library.delete': object<Argument<'library.delete'>>({ file: name }),
}

/** True for the name of a call. */
export function isCallName(value: unknown): value is CallName {
  return typeof value === 'string' && Object.hasOwn(checks, value)
}

/** The argument of a call, checked; faults `CALL-002` with the place of what is wrong. */
export function checkArgument<Name extends CallName>(call: Name, argument: unknown): Argument<Name> {
  return checks[call](argument, '')
}

/** x and y, no farther than numbers of a picture go. */
const placeOnPlane: Check<readonly number[]> = (value, at) => {
  const place = listOf(between(-MAX_PLACE, MAX_PLACE), 2)(value, at)
  if (place.length !== 2) throw wrong('x and y', value, at)
  return place
}

/** What a page wants to see, checked. */
export const checkLens: Check<Lens> = object<{ -readonly [Key in keyof Lens]-?: Lens[Key] }>({
  parameters: flag,
  gradients: flag,
  nodeMap: integer(0, MAX_CELLS),
  surface: integer(0, MAX_CELLS),
  passenger: orNull(integer(0, MAX_INDEX)),
  destination: orNull(integer(0, MAX_INDEX)),
  probe: (value, at) => (value === undefined || value === null ? null : placeOnPlane(value, at)),
  layerGradients: (value, at) => value !== undefined && flag(value, at),
  batchRow: (value, at) => (value === undefined ? 0 : index(value, at)),
  pictures: (value, at) => (value === undefined ? 0 : integer(0, MAX_CELLS)(value, at)),
})

/** A credit that a page gives: the run and the lens to show it through. */
export const checkWatch: Check<{ run: string; lens: Lens }> = object<{ run: string; lens: Lens }>({
  run: name,
  lens: checkLens,
})
