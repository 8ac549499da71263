/** What can be taken back and made again, as frames tell it, and the offer to take a loss back. */
import { computed, type Ref, ref, shallowRef } from 'vue'
import type { Done, FrameHead } from '../../shared/protocol.ts'
import { bridge } from '../app/bridge.ts'
import { doneWords } from '../charts/edit-words.ts'
import { type MessageKey, shownLanguage } from '../i18n/index.ts'
import { useNotices } from './notices.ts'
import { useRun } from './run.ts'

type Known = Pick<FrameHead, 'undoCount' | 'redoCount' | 'undoes' | 'redoes'>

/** Nothing to take back, nothing to make again. */
export const nothingDone: Known = { undoCount: 0, redoCount: 0, undoes: null, redoes: null }

const isSame = (one: Done | null, other: Done | null): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What is known of the two stacks, and taking back and making again. */
export function createUndo() {
  const run = useRun()
  const notices = useNotices()
  const canUndo = ref(false)
  const canRedo = ref(false)
  /** Changes that were sent and not answered. */
  const underway = ref(0)
  /** Whether there may be something: what was sent last can be taken back before it is answered. */
  const mayUndo = computed(() => canUndo.value || underway.value > 0 || run.former !== null)
  const mayRedo = computed(() => canRedo.value || underway.value > 0 || run.later !== null)
  /** What they would take back and make again, as the newest frame says. */
  const undoes = shallowRef<Done | null>(null)
  const redoes = shallowRef<Done | null>(null)
  /** The message that offers to take the last edit back; 0 for none. */
  let offer = 0
  let earlier = (): void => {}

  function know(known: Known): void {
    canUndo.value = known.undoCount > 0
    canRedo.value = known.redoCount > 0
    // Every frame brings them anew; the same ones render nothing.
    if (!isSame(undoes.value, known.undoes)) undoes.value = known.undoes
    if (!isSame(redoes.value, known.redoes)) redoes.value = known.redoes
  }
  const withdraw = (): void => notices.close(offer)

  /** Tells what was done and is gone by it, with the way back; the next edit ends the offer. */
  function offerUndo(message: MessageKey, done: Done): void {
    withdraw()
    offer = notices.tell(message, { what: doneWords(done, shownLanguage()) }, { message: 'command.undo', run: undo })
  }
  /** Something was done that can be taken back, which ends the offer to take the one before it back. */
  function did(): void {
    withdraw()
    canUndo.value = true
    canRedo.value = false
    void run.settle()
  }

  /** Sends what can be taken back; a refusal passes on. */
  async function change<Result>(work: () => Promise<Result>): Promise<Result> {
    underway.value += 1
    try {
      const result = await work()
      if (result !== null) did()
      return result
    } finally {
      underway.value -= 1
    }
  }

  /** Has something be sent before anything is taken back: what waits for a frame was done earlier. */
  function beforeUndo(send: () => void): void {
    earlier = send
  }

  /** Goes back or forward by one change; null where the services refused. */
  async function move(name: 'run.undo' | 'run.redo', can: Ref<boolean>): Promise<boolean | null> {
    underway.value += 1
    const answer = await run.act(async (id) => ({ info: await bridge().call(name, { run: id }) }))
    underway.value -= 1
    can.value = answer !== null && answer.info !== null
    if (answer === null) return null
    if (answer.info !== null) run.update(answer.info)
    return answer.info !== null
  }

  /** Takes the last change back; where there is none in this run, goes back to the one whose place it took. */
  async function undo(): Promise<void> {
    earlier()
    withdraw()
    const isMoved = await move('run.undo', canUndo)
    if (isMoved === true) canRedo.value = true
    else if (isMoved === false) await run.back()
  }

  async function redo(): Promise<void> {
    const isMoved = await move('run.redo', canRedo)
    if (isMoved === true) canUndo.value = true
    else if (isMoved === false) await run.forth()
  }

  const doing = { canUndo, canRedo, mayUndo, mayRedo, undoes, redoes, change, beforeUndo, undo, redo }
  return { doing, know, withdraw, offerUndo }
}
