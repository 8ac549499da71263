/** Which run stands in the lab: another takes its place, and one can go back to it and forth again. */
import { computed } from 'vue'
import type { RunInfo } from '../../shared/protocol.ts'
import { bridge } from '../app/bridge.ts'
import { asFault, useNotices } from './notices.ts'
import { createPlaces, type Place } from './places.ts'

export interface Lab {
  /** What stands there; null before there is anything. */
  present(): Place | null
  /** Shows a run and the one beside it. */
  show(place: Place): Promise<void>
  /** True while the lab is in sight. */
  isShown(): boolean
}

const isGone = (error: unknown): boolean => asFault(error).code === 'RUN-001'

/** What is known of a run; null where it lives no more. */
export const findRun = (run: string): Promise<RunInfo | null> =>
  bridge()
    .call('run.info', { run })
    .catch((error: unknown) => {
      if (isGone(error)) return null
      throw error
    })

/** The ways from one run of the lab to the other. */
export function createStage(lab: Lab) {
  const notices = useNotices()
  const places = createPlaces()
  const former = computed(() => (lab.isShown() ? places.former.value : null))
  const later = computed(() => (lab.isShown() ? places.later.value : null))
  /** The message that offers to go back; 0 for none. */
  let offer = 0

  const close = async (runs: readonly string[]): Promise<void> => {
    for (const run of runs) await bridge().call('run.close', { run })
  }

  /** What left the stage is paused, and shown anew when it comes back. */
  async function rest({ info, beside }: Place, settled: boolean): Promise<void> {
    for (const one of [info, beside]) if (one !== null) await bridge().call('run.rest', { run: one.run, settled })
  }

  /** Puts another run into the lab; what was there rests. */
  async function adopt(info: RunInfo): Promise<void> {
    const left = lab.present()
    try {
      await lab.show({ info, beside: null })
      if (left === null || left.info.run === info.run) return
      const gone = places.leave(left)
      await rest(left, true)
      await close(gone)
      notices.close(offer)
      const { name } = left.info.recipe
      offer = notices.tell('notice.setAside', { name }, { message: 'command.undo', run: back })
    } catch (error) {
      notices.report(error)
    }
  }

  /** Goes to the place that is next on one side; false where there is none. */
  async function go(next: Place | null, move: (present: Place) => void): Promise<boolean> {
    const present = lab.present()
    if (next === null || present === null) return false
    notices.close(offer)
    try {
      // It may have been changed by what was on its way when it was left, and it may have been closed to make room.
      const info = await bridge().call('run.info', { run: next.info.run })
      const beside = next.beside === null ? null : await findRun(next.beside.run)
      await rest(present, false)
      // All that was sent of it when it was left went to a page that showed another.
      await rest({ info, beside }, false)
      move(present)
      await lab.show({ info, beside })
    } catch (error) {
      notices.report(error)
      if (isGone(error)) await places.restore(findRun).catch(notices.report)
    }
    return true
  }

  /** One after the other, however fast they are asked for. */
  let last: Promise<unknown> = Promise.resolve()
  function inTurn(work: () => Promise<boolean>): Promise<boolean> {
    const next = last.then(work)
    last = next
    return next
  }
  const back = (): Promise<boolean> => inTurn(() => go(former.value, places.back))
  const forth = (): Promise<boolean> => inTurn(() => go(later.value, places.forth))
  /** Something was changed: what was left by going back is not come to again. */
  const settle = (): Promise<void> => close(places.settle()).catch(notices.report)

  return { former, later, adopt, back, forth, settle, restorePlaces: () => places.restore(findRun) }
}
