/** What can be taken back and made again, as frames tell it, and the offer to take a loss back. */
import { ref, shallowRef } from 'vue'
import type { Done, FrameHead } from '../../shared/protocol.ts'
import { doneWords } from '../charts/edit-words.ts'
import { type MessageKey, shownLanguage } from '../i18n/index.ts'
import { useNotices } from './notices.ts'

type Known = Pick<FrameHead, 'undoCount' | 'redoCount' | 'undoes' | 'redoes'>

/** Nothing to take back, nothing to make again. */
export const nothingDone: Known = { undoCount: 0, redoCount: 0, undoes: null, redoes: null }

/** What is known of the two stacks; `undo` is what an offer does. */
export function createUndo(undo: () => unknown) {
  const notices = useNotices()
  const canUndo = ref(false)
  const canRedo = ref(false)
  /** What they would take back and make again, as the newest frame says. */
  const undoes = shallowRef<Done | null>(null)
  const redoes = shallowRef<Done | null>(null)
  /** The message that offers to take the last edit back; 0 for none. */
  let offer = 0

  function know(known: Known): void {
    canUndo.value = known.undoCount > 0
    canRedo.value = known.redoCount > 0
    undoes.value = known.undoes
    redoes.value = known.redoes
  }
  const withdraw = (): void => notices.close(offer)

  /** Tells what was done and is gone by it, with the way back; the next edit ends the offer. */
  function offerUndo(message: MessageKey, done: Done): void {
    withdraw()
    offer = notices.tell(message, { what: doneWords(done, shownLanguage()) }, { message: 'command.undo', run: undo })
  }
  return { canUndo, canRedo, undoes, redoes, know, withdraw, offerUndo }
}
