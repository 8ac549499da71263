/** Strokes on their way to the services: in order, one call at a time, what comes within a frame in one call. */
import { computed, shallowRef } from 'vue'
import { type PaintedPoint, repainted } from '../../core/spec/index.ts'
import { bridge } from '../app/bridge.ts'
import { useEdits } from './edits.ts'
import { useNotices } from './notices.ts'
import { useRun } from './run.ts'

interface Stroke {
  readonly stroke: number
  readonly put: readonly PaintedPoint[]
  readonly take: readonly PaintedPoint[]
}

/** A queue of strokes over the painting that the services know; `painting` is that with all of the queue. */
export function createStrokes(known: () => readonly PaintedPoint[]) {
  const run = useRun()
  const edits = useEdits()
  const sent = shallowRef<readonly Stroke[]>([])
  const waiting = shallowRef<readonly Stroke[]>([])
  let request = 0
  let newest = 0

  const painting = computed(() =>
    [...sent.value, ...waiting.value].reduce((points, { put, take }) => repainted(points, put, take), known()),
  )

  async function send(): Promise<void> {
    const [first, ...rest] = waiting.value
    const id = run.current?.run
    if (first === undefined || id === undefined) return
    waiting.value = rest
    sent.value = [...sent.value, first]
    try {
      run.update(await edits.change(() => bridge().call('run.paint', { run: id, ...first })))
    } catch (error) {
      waiting.value = []
      useNotices().report(error)
    }
    sent.value = sent.value.filter((stroke) => stroke !== first)
    schedule()
  }

  function schedule(): void {
    if (request !== 0 || sent.value.length > 0 || waiting.value.length === 0) return
    request = requestAnimationFrame(() => {
      request = 0
      void send()
    })
  }

  /** A number for a movement of the hand, later than any before it, also of a page that was loaded again. */
  function begin(): number {
    newest = Math.max(newest + 1, Date.now())
    return newest
  }

  /** Adds to a stroke. */
  function add(stroke: number, put: readonly PaintedPoint[], take: readonly PaintedPoint[]): void {
    if (put.length === 0 && take.length === 0) return
    const last = waiting.value.at(-1)
    waiting.value =
      last?.stroke === stroke
        ? [...waiting.value.slice(0, -1), { stroke, put: [...last.put, ...put], take: [...last.take, ...take] }]
        : [...waiting.value, { stroke, put, take }]
    schedule()
  }

  /** Sends all that waits at once, so that what is asked for next comes after it. */
  function flush(): void {
    while (waiting.value.length > 0 && run.current !== null) void send()
  }

  /** Forgets what waits: it was meant for another painting. */
  function forget(): void {
    waiting.value = []
  }

  edits.beforeUndo(flush)
  return { painting, begin, add, flush, forget }
}

export type Strokes = ReturnType<typeof createStrokes>
