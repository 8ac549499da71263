/** A page out of sight says in its window's title that a run ended; once it is seen the title is as before. */
import { useEventListener } from '@vueuse/core'

const marks = { finished: '✓', diverged: '!' } as const
let plain: string | null = null

/** Marks the title where nobody looks. */
export function titleEnd(status: keyof typeof marks): void {
  if (document.visibilityState === 'visible') return
  plain ??= document.title
  document.title = `${marks[status]} ${plain}`
}

/** Takes the mark off as soon as somebody looks. */
export function followSight(): void {
  useEventListener(document, 'visibilitychange', () => {
    if (document.visibilityState !== 'visible' || plain === null) return
    document.title = plain
    plain = null
  })
}
