/** What stood in the lab before something else took its place, and what stood there before one went back. */
import { computed, shallowRef } from 'vue'
import type { RunInfo } from '../../shared/protocol.ts'

/** A run with the one beside it. */
export interface Place {
  readonly info: RunInfo
  readonly beside: RunInfo | null
}

/** Where this tab keeps their ids. */
const key = 'paramap.places'
/** Each keeps its data and its past in memory. */
const mostPlaces = 3

/** All runs of some places. */
const runsOf = (places: readonly Place[]): string[] =>
  places.flatMap(({ info, beside }) => (beside === null ? [info.run] : [info.run, beside.run]))

/** Ids of the runs of places: of those before the present, and of those after it. */
type Ids = readonly (readonly [string, string | null])[]

function keptIds(): readonly [Ids, Ids] {
  const kept = sessionStorage.getItem(key)
  return kept === null ? [[], []] : JSON.parse(kept)
}

/** The way back through what stood in the lab, and forth again. */
export function createPlaces() {
  const before = shallowRef<readonly Place[]>([])
  const after = shallowRef<readonly Place[]>([])

  function keep(): void {
    const ids = [before, after].map(({ value }) => value.map(({ info, beside }) => [info.run, beside?.run ?? null]))
    sessionStorage.setItem(key, JSON.stringify(ids))
  }

  /** Another run takes the place; answers the runs to which no way leads any more. */
  function leave(place: Place): string[] {
    const all = [...before.value, place]
    const gone = [...all.slice(0, -mostPlaces), ...after.value]
    before.value = all.slice(-mostPlaces)
    after.value = []
    keep()
    return runsOf(gone)
  }

  /** What was done to the present can be made again no more; answers the runs to which no way leads. */
  function settle(): string[] {
    const gone = runsOf(after.value)
    if (gone.length === 0) return gone
    after.value = []
    keep()
    return gone
  }

  /** The present became the last place of one side, which made room for it on the other. */
  function move(from: typeof before, to: typeof before, present: Place): void {
    from.value = from.value.slice(0, -1)
    to.value = [...to.value, present]
    keep()
  }

  /** Finds the places of this tab again; those whose run lives no more are left out. */
  async function restore(find: (run: string) => Promise<RunInfo | null>): Promise<void> {
    const lists = keptIds().map(async (ids) => {
      const found = ids.map(async ([run, beside]) => {
        const info = await find(run)
        return info === null ? [] : [{ info, beside: beside === null ? null : await find(beside) }]
      })
      return (await Promise.all(found)).flat()
    })
    const [back = [], forth = []] = await Promise.all(lists)
    before.value = back
    after.value = forth
    keep()
  }

  return {
    /** Where one would come by going back and forth; null for nowhere. */
    former: computed(() => before.value.at(-1) ?? null),
    later: computed(() => after.value.at(-1) ?? null),
    leave,
    settle,
    back: (present: Place) => move(before, after, present),
    forth: (present: Place) => move(after, before, present),
    restore,
  }
}
