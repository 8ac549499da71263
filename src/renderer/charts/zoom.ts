/** The stretch of epochs that a chart shows, as pure functions; null stands for all of them. */

/** From the least to the greatest epoch in sight. */
export interface Stretch {
  readonly min: number
  readonly max: number
}

/** A stretch is never made narrower than this share of all epochs. */
const narrowest = 1e-3

/** `next` moved into `all`; null where it is all of it. */
function within(next: Stretch, all: Stretch): Stretch | null {
  const most = all.max - all.min
  const width = Math.max(next.max - next.min, most * narrowest)
  if (width >= most * 0.999) return null
  const min = Math.min(Math.max(next.min, all.min), all.max - width)
  return { min, max: min + width }
}

/** Wider (`factor` above 1) or narrower, with `centre` staying where it is. */
export function zoomedAround(view: Stretch | null, all: Stretch, centre: number, factor: number): Stretch | null {
  const from = view ?? all
  return within({ min: centre - (centre - from.min) * factor, max: centre + (from.max - centre) * factor }, all)
}

/** Moved by a share of its width. */
export function moved(view: Stretch | null, all: Stretch, share: number): Stretch | null {
  if (view === null) return null
  const by = (view.max - view.min) * share
  return within({ min: view.min + by, max: view.max + by }, all)
}

/** Between two epochs, in whichever order they were pointed at. */
export const between = (a: number, b: number, all: Stretch): Stretch | null =>
  within({ min: Math.min(a, b), max: Math.max(a, b) }, all)
