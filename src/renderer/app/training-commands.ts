/** Commands of training and of teaching by hand. */
import { useApp } from '../stores/app.ts'
import { useFrame } from '../stores/frame.ts'
import { useOperation } from '../stores/operation.ts'
import { useRun } from '../stores/run.ts'
import { useStory } from '../stores/story.ts'
import { useTeaching } from '../stores/teaching.ts'
import { type Command, onRun } from './command.ts'

const canTrain = (): boolean => onRun() && useFrame().status !== 'diverged'

/** Begins training, or halts it; a finished run starts over. */
async function toggleTraining(): Promise<void> {
  const run = useRun()
  const { status } = useFrame()
  if (status === 'running') {
    await run.pause()
    return
  }
  if (status === 'finished') await run.rewind()
  await run.play()
}

/** Whether a step is taken apart in the laboratory. */
export const inOperation = (): boolean => useApp().view === 'lab' && useOperation().state !== null

export const ofTraining: readonly Command[] = [
  {
    id: 'train',
    message: 'command.train',
    shortcuts: [{ code: 'Space' }, { code: 'F5' }],
    enabled: canTrain,
    run: toggleTraining,
  },
  {
    id: 'step-batch',
    message: 'command.stepBatch',
    shortcuts: [{ code: 'ArrowRight' }, { code: 'F10' }],
    enabled: canTrain,
    run: () => useRun().step('batch'),
  },
  {
    id: 'step-epoch',
    message: 'command.stepEpoch',
    shortcuts: [{ code: 'ArrowRight', shift: true }],
    enabled: canTrain,
    run: () => useRun().step('epoch'),
  },
  {
    id: 'step-sample',
    message: 'command.stepSample',
    shortcuts: [{ code: 'F9' }],
    enabled: canTrain,
    run: () => useRun().step('sample'),
  },
  {
    id: 'step-operation',
    message: 'command.stepOperation',
    shortcuts: [{ code: 'F8' }],
    enabled: () => canTrain() && useApp().view === 'lab',
    run: () => useOperation().move('next'),
  },
  {
    id: 'operation-back',
    message: 'command.operationBack',
    shortcuts: [{ code: 'F8', shift: true }],
    enabled: () => inOperation() && (useOperation().state?.phase ?? 0) > 0,
    run: () => useOperation().move('back'),
  },
  {
    id: 'operation-finish',
    message: 'command.operationFinish',
    shortcuts: [{ code: 'F8', mod: true }],
    enabled: () => canTrain() && useApp().view === 'lab' && useOperation().state?.isTaken !== true,
    run: () => useOperation().move('finish'),
  },
  {
    id: 'operation-leave',
    message: 'command.operationLeave',
    // Escape lets go of whatever is held: see `let-go`.
    shortcuts: [],
    enabled: inOperation,
    run: () => useOperation().move('leave'),
  },
  {
    id: 'rewind',
    message: 'command.rewind',
    shortcuts: [{ code: 'KeyR', mod: true, shift: true }],
    enabled: onRun,
    run: () => useRun().rewind(),
  },
  {
    id: 'fork',
    message: 'command.fork',
    shortcuts: [{ code: 'KeyF', alt: true }],
    enabled: () => onRun() && useApp().view === 'lab' && useRun().beside === null,
    run: () => {
      useApp().forkShown = true
    },
  },
]

/** Whether the page where one teaches by hand is in sight and waits for nothing. */
const onTeaching = (): boolean =>
  useApp().view === 'story' && useStory().page === 'teach' && useRun().current !== null && !useTeaching().busy
const hasAnswer = (): boolean => onTeaching() && useTeaching().said !== null

export const byHand: readonly Command[] = [
  {
    id: 'say',
    message: 'command.say',
    shortcuts: [{ code: 'KeyA' }],
    enabled: onTeaching,
    run: () => useTeaching().say(),
  },
  {
    id: 'praise',
    message: 'command.praise',
    shortcuts: [{ code: 'KeyP' }],
    enabled: hasAnswer,
    run: () => useTeaching().reward(1),
  },
  {
    id: 'scold',
    message: 'command.scold',
    shortcuts: [{ code: 'KeyS' }],
    enabled: hasAnswer,
    run: () => useTeaching().reward(-1),
  },
]
