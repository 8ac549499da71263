/** Asks again and again, but never twice at once and not faster than can be read. */

export interface Renewal {
  /** Says that what was answered may be old. */
  readonly ask: () => void
  /** Forgets what was asked for and waits for nothing. */
  readonly stop: () => void
}

/** `work` is begun at once, then at most once in `everyMs()`; what is asked for meanwhile is asked for once more at the end. */
export function createRenewal(work: () => Promise<void>, everyMs: () => number): Renewal {
  let timer: ReturnType<typeof setTimeout> | undefined
  let busy = false
  let again = false
  let begunAt = Number.NEGATIVE_INFINITY

  async function begin(): Promise<void> {
    timer = undefined
    busy = true
    again = false
    begunAt = performance.now()
    await work()
    busy = false
    if (again) ask()
  }
  function ask(): void {
    again = true
    if (busy || timer !== undefined) return
    timer = setTimeout(() => void begin(), Math.max(0, everyMs() - (performance.now() - begunAt)))
  }
  return {
    ask,
    stop() {
      clearTimeout(timer)
      timer = undefined
      again = false
    },
  }
}
