/** A bridge without services: answers what a test tells it to, remembers what it was asked. */
import { acceptRecipe, circleRecipe, type LayerInfo, type ParameterInfo } from '../../src/core/spec/index.ts'
import { packFrame, type SectionPart } from '../../src/shared/frame.ts'
import type { AppEvent, Bridge, CallName, FrameHead, Lens, RunInfo, SectionName } from '../../src/shared/protocol.ts'

/** A run of the circle's recipe; layers are given by their units. */
export function aRun(change: Partial<RunInfo> = {}, units: readonly number[] = [2, 4, 2, 2]): RunInfo {
  const layers: LayerInfo[] = []
  const parameters: ParameterInfo[] = []
  let offset = 0
  units.forEach((count, i) => {
    const ins = units[i - 1] ?? 0
    const role = i === 0 ? 'input' : i === units.length - 1 ? 'output' : 'hidden'
    const firstNode = units.slice(0, i).reduce((sum, n) => sum + n, 0)
    const names = role === 'hidden' ? [] : Array.from({ length: count }, (_, n) => `${role} ${n}`)
    layers.push({ role, units: count, activation: 'tanh', names, parameterCount: i && ins * count + count, firstNode })
    if (i === 0) return
    const weight = { name: `layers.${i - 1}.weight`, kind: 'weight', shape: [count, ins], size: ins * count } as const
    parameters.push({ ...weight, offset, layer: i })
    parameters.push({
      name: `layers.${i - 1}.bias`,
      kind: 'bias',
      shape: [count],
      offset: offset + ins * count,
      size: count,
      layer: i,
    })
    offset += ins * count + count
  })
  return {
    run: 'a',
    version: 1,
    recipe: acceptRecipe(circleRecipe),
    task: 'classes',
    layers,
    parameters,
    parameterCount: offset,
    trainSamples: 250,
    testSamples: 250,
    contexts: [],
    stepsPerEpoch: 25,
    file: null,
    holds: [],
    heldGroups: [],
    notices: [],
    ...change,
  }
}

const sectionNames = [
  ...(['curve', 'parameters', 'gradients', 'activations', 'sums', 'contributions', 'surface'] as const),
  ...(['deltas', 'wanted', 'before'] as const),
]

/** A frame's bytes. */
export function aFrame(
  change: Partial<FrameHead> = {},
  sections: Partial<Record<SectionName, readonly number[]>> = {},
  parts: readonly SectionPart[] = [],
) {
  const head: FrameHead = {
    run: 'a',
    version: 1,
    status: 'paused',
    step: 0,
    epoch: 0,
    stepsPerSecond: 0,
    secondsLeft: null,
    trainLoss: 0.7,
    testLoss: null,
    trainAccuracy: null,
    testAccuracy: null,
    edits: [],
    fault: null,
    stopReason: null,
    best: null,
    presentStep: null,
    curveReset: false,
    undoCount: 0,
    redoCount: 0,
    undoes: null,
    redoes: null,
    taught: null,
    operation: null,
    ...change,
  }
  const arrays = new Map<SectionName, Float32Array>()
  for (const name of sectionNames) {
    const values = sections[name]
    if (values !== undefined) arrays.set(name, Float32Array.from(values))
  }
  return packFrame(head, arrays, parts)
}

export interface FixtureBridge extends Bridge {
  readonly calls: { readonly name: CallName; readonly argument: unknown }[]
  readonly watched: { readonly run: string; readonly lens: Lens }[]
  /** What a call is answered with; an answer that throws is a refusal. */
  answer(name: CallName, answer: (argument: never) => unknown): void
  sendFrame(frame: ArrayBuffer): void
  sendEvent(event: AppEvent): void
}

/** A bridge whose runs are `aRun()` unless a test says otherwise. */
export function fixtureBridge(): FixtureBridge {
  const answers = new Map<CallName, (argument: never) => unknown>()
  const frames = new Set<(frame: ArrayBuffer) => void>()
  const events = new Set<(event: AppEvent) => void>()
  const calls: FixtureBridge['calls'] = []
  const watched: FixtureBridge['watched'] = []
  return {
    calls,
    watched,
    answer: (name, answer) => void answers.set(name, answer),
    sendFrame: (frame) => {
      for (const listener of frames) listener(frame)
    },
    sendEvent: (event) => {
      for (const listener of events) listener(event)
    },
    async call(name, argument) {
      calls.push({ name, argument })
      const answer = answers.get(name)
      const value = answer === undefined ? (name.startsWith('run.') ? aRun() : null) : await answer(argument as never)
      return value as never
    },
    watch: (run, lens) => void watched.push({ run, lens }),
    onFrame(listener) {
      frames.add(listener)
      return () => frames.delete(listener)
    },
    onEvent(listener) {
      events.add(listener)
      return () => events.delete(listener)
    },
  }
}
