import { beforeEach, describe, expect, it } from 'vitest'
import { acceptRecipe, type Said, storyRecipe, type TaughtStep } from '../../../src/core/spec/index.ts'
import { useFrame } from '../../../src/renderer/stores/frame.ts'
import { useLastStep } from '../../../src/renderer/stores/last-step.ts'
import { useRun } from '../../../src/renderer/stores/run.ts'
import { useSentences } from '../../../src/renderer/stores/sentences.ts'
import { useTeaching } from '../../../src/renderer/stores/teaching.ts'
import { aFrame, aRun, type FixtureBridge } from '../fixture-bridge.ts'
import { freshPage, settled } from '../set-up.ts'

const said: Said = {
  context: '나는 너를',
  answer: 2,
  text: '미워해',
  probabilities: [0.2, 0.3, 0.3, 0.2],
  drawnFrom: [0.2, 0.3, 0.3, 0.2],
  temperature: 1,
  draw: 0.6,
  draws: 1,
}
const step: TaughtStep = {
  context: '나는 너를',
  answer: 2,
  text: '미워해',
  reward: -1,
  baseline: 0,
  advantage: -1,
  logProbability: Math.log(0.3),
  loss: Math.log(0.3),
  nextBaseline: -0.1,
  learningRate: 0.02,
  before: [0.2, 0.3, 0.3, 0.2],
  after: [0.21, 0.31, 0.27, 0.21],
  moved: [{ name: 'layers.0.weight', index: 3, from: 0.4, to: 0.38 }],
  movedCount: 39,
  step: 0,
  automatic: false,
}
let bridge: FixtureBridge
const names = (): readonly string[] => bridge.calls.map(({ name }) => name)

beforeEach(async () => {
  bridge = freshPage()
  bridge.answer('run.create', () => aRun({ recipe: acceptRecipe(storyRecipe), contexts: ['나는 너를'] }, [2, 5, 4]))
  bridge.answer('run.say', () => said)
  bridge.answer('run.reward', () => step)
  await useRun().show('story')
})

describe('teaching by hand', () => {
  it('asks, rewards the answer that was said, and asks again', async () => {
    const teaching = useTeaching()
    await teaching.say()
    expect(teaching.said?.text).toBe('미워해')
    await teaching.reward(-1)
    expect(bridge.calls.find(({ name }) => name === 'run.reward')?.argument).toEqual({
      run: 'a',
      context: '나는 너를',
      answer: 2,
      reward: -1,
    })
    expect(names().filter((name) => name === 'run.say')).toHaveLength(2)
    expect(useLastStep()).toMatchObject({ step, isNewest: true, takenBack: false })
    expect(teaching.presses).toBe(1)
  })

  it('does one thing at a time', async () => {
    const teaching = useTeaching()
    await teaching.say()
    await Promise.all([teaching.reward(1), teaching.reward(1)])
    expect(names().filter((name) => name === 'run.reward')).toHaveLength(1)
  })

  it('keeps what is wrong with a typed text beside its field', async () => {
    bridge.answer('run.say', () => {
      throw { code: 'DATA-005', values: { given: 'x', known: '나는' } }
    })
    const teaching = useTeaching()
    expect(await teaching.askTyped('x')).toBe(false)
    expect(teaching.fault?.code).toBe('DATA-005')
    expect(teaching.typed).toBeNull()
  })

  it('knows a context of the examples whatever spaces and letters it is typed with', async () => {
    const teaching = useTeaching()
    expect(await teaching.askTyped(`  ${'나는  너를'.normalize('NFD')} `)).toBe(true)
    expect(teaching.typed).toBeNull()
    expect(teaching.context).toBe('나는 너를')
  })

  it('sees in a frame that the step was taken back', async () => {
    useFrame().start()
    const teaching = useTeaching()
    await teaching.say()
    await teaching.reward(-1)
    const edit = { id: 1, run: 'a', step: 0, epoch: 0, path: 'praise', from: {}, to: null }
    bridge.sendFrame(aFrame({ edits: [edit] }))
    await settled()
    expect(useLastStep()).toMatchObject({ takenBack: true, isNewest: false })
  })
})

describe('sentences', () => {
  const list = (): unknown =>
    bridge.calls.findLast(({ name }) => name === 'run.edit')?.argument as { path: string; value: unknown }

  it('change places, go and come as one list', async () => {
    bridge.answer('run.edit', () => aRun({ version: 1, recipe: acceptRecipe(storyRecipe) }, [2, 5, 4]))
    const sentences = useSentences()
    const [first, second, ...rest] = sentences.rows
    expect(await sentences.move(0, 1)).toBe(true)
    expect(list()).toEqual({ run: 'a', path: 'data.examples', value: [second, first, ...rest] })
    expect(await sentences.move(0, -1)).toBe(false)
    await sentences.remove(1)
    expect(list()).toEqual({ run: 'a', path: 'data.examples', value: [first, ...rest] })
  })

  it('that are refused say in which row', async () => {
    bridge.answer('run.edit', () => {
      throw { code: 'RECIPE-016', values: {}, at: 'data.examples.4.answer' }
    })
    const sentences = useSentences()
    expect(await sentences.add({ context: 'a', answer: '', reward: 1 })).toBe(false)
    expect(sentences.faultRow).toBe(4)
  })
})
