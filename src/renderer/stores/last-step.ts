/** The last step of praise or scolding that was seen: its numbers, the frames around it, whether it still stands. */
import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { TaughtStep } from '../../core/spec/index.ts'
import type { Frame } from '../../shared/frame.ts'
import type { Edit } from '../../shared/protocol.ts'
import { useFrame } from './frame.ts'

/** The frames before and after one taught step. */
interface Change {
  readonly before: Frame
  readonly after: Frame
}

const isPraise = ({ path }: Edit): boolean => path === 'praise'

export const useLastStep = defineStore('last-step', () => {
  const frame = useFrame()
  const step = shallowRef<TaughtStep | null>(null)
  /** Whether it was undone. */
  const takenBack = ref(false)
  /** Whether undo would take it back. */
  const isNewest = ref(false)
  const change = shallowRef<Change | null>(null)

  function show(next: TaughtStep | null, isByHand: boolean): void {
    step.value = next
    takenBack.value = false
    isNewest.value = isByHand
  }
  /** Notes a step that was just taken by hand. */
  const note = (next: TaughtStep): void => show(next, true)
  function forget(): void {
    show(null, false)
    change.value = null
  }

  watch(
    () => frame.head,
    (head) => {
      if (head === null) return
      if (head.taught?.automatic) show(head.taught, false)
      for (const edit of head.edits) {
        if (!isPraise(edit)) isNewest.value = false
        else if (step.value?.automatic === false) {
          takenBack.value = edit.to === null
          isNewest.value = edit.to !== null
        }
      }
    },
  )
  watch(
    () => frame.latest,
    (after, before) => {
      const at = step.value?.step
      if (after === null || before === null || before === undefined || at === undefined) return
      if (after.head.step === at + 1 && before.head.step === at) change.value = { before, after }
    },
  )

  return { step, takenBack, isNewest, change, note, forget }
})
