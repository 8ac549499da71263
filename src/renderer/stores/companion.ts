/** The run beside the lab's: its fork, or what it was forked from. */
import { type ComputedRef, computed, type Ref, ref, type ShallowRef, shallowRef } from 'vue'
import type { RunInfo, RunStatus, StepUnit } from '../../shared/protocol.ts'
import { bridge } from '../app/bridge.ts'
import { useNotices } from './notices.ts'

/** Where this tab keeps its id. */
export const besideKey = 'paramap.run.beside'

export interface Companion {
  /** Null for none. */
  readonly companion: ShallowRef<RunInfo | null>
  /** What it was doing when it was last seen. */
  readonly companionStatus: Ref<RunStatus>
  /** The companion while the lab is in sight. */
  readonly beside: ComputedRef<RunInfo | null>
  /** Sets a run beside the lab's, or takes it away. */
  accompany(info: RunInfo | null): void
  /** Takes the place of the run that is shown, which becomes the companion. */
  swapWith(shown: RunInfo | null, show: (info: RunInfo) => void): void
  /** Takes what is newly known of it. */
  renew(info: RunInfo): void
}

/** The companion of the lab's run; `isLab` tells whether the lab is in sight. */
export function createCompanion(isLab: () => boolean): Companion {
  const companion = shallowRef<RunInfo | null>(null)
  const companionStatus = ref<RunStatus>('ready')
  const accompany = (info: RunInfo | null): void => {
    companion.value = info
    companionStatus.value = 'ready'
    if (info === null) sessionStorage.removeItem(besideKey)
    else sessionStorage.setItem(besideKey, info.run)
  }
  return {
    companion,
    companionStatus,
    beside: computed(() => (isLab() ? companion.value : null)),
    accompany,
    swapWith(shown, show) {
      const other = companion.value
      if (shown === null || other === null) return
      accompany(shown)
      show(other)
    },
    renew(info) {
      const old = companion.value
      if (old?.run === info.run && old.version <= info.version) companion.value = info
    },
  }
}

type Work = (id: string) => Promise<unknown>

/** Playing, pausing, stepping, rewinding: the current run (by `act`) and the one beside it. */
export function drive(act: (work: Work) => Promise<unknown>, { beside, companionStatus }: Companion) {
  const both = async (work: Work, isAble: (status: RunStatus) => boolean = () => true): Promise<void> => {
    const other = beside.value
    const isJoined = other !== null && isAble(companionStatus.value)
    await Promise.all([act(work), isJoined ? work(other.run).catch(useNotices().report) : null])
  }
  const canGo = (status: RunStatus): boolean => status !== 'finished' && status !== 'diverged'
  return {
    play: () => both((id) => bridge().call('run.play', { run: id }), canGo),
    pause: () => both((id) => bridge().call('run.pause', { run: id })),
    step: (unit: StepUnit) => both((id) => bridge().call('run.step', { run: id, unit }), canGo),
    rewind: () => both((id) => bridge().call('run.rewind', { run: id })),
  }
}
