/** Short messages at the window's edge: faults with their code, and what was done. */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { type FaultRecord, faultRecord } from '../../core/spec/index.ts'
import type { MessageKey } from '../i18n/index.ts'

export type Notice =
  | { readonly id: number; readonly kind: 'fault'; readonly fault: FaultRecord }
  | {
      readonly id: number
      readonly kind: 'done'
      readonly message: MessageKey
      readonly values: Readonly<Record<string, string | number>>
      /** What one can do about it. */
      readonly action: NoticeAction | null
    }

export interface NoticeAction {
  readonly message: MessageKey
  readonly run: () => unknown
}

/** How long a message about something done stays; faults stay until they are closed. */
const shownMs = 6000
const mostShown = 4

/** A fault from whatever a promise was rejected with: a record that crossed a border, or an error of this page. */
export function asFault(error: unknown): FaultRecord {
  if (
    typeof error === 'object' &&
    error !== null &&
    !(error instanceof Error) &&
    'code' in error &&
    'values' in error
  ) {
    return error as FaultRecord
  }
  return faultRecord(error)
}

export const useNotices = defineStore('notices', () => {
  const list = ref<readonly Notice[]>([])
  /** What a screen reader is told; at most one message in ten seconds. */
  const spoken = ref('')
  let nextId = 1
  let lastSpoken = Number.NEGATIVE_INFINITY

  function close(id: number): void {
    list.value = list.value.filter((notice) => notice.id !== id)
  }

  function report(error: unknown): void {
    const fault = asFault(error)
    // The newest of a kind about one place stands for those before it.
    const others = list.value.filter(
      (notice) => notice.kind !== 'fault' || notice.fault.code !== fault.code || notice.fault.at !== fault.at,
    )
    list.value = [...others, { id: nextId++, kind: 'fault' as const, fault }].slice(-mostShown)
  }

  /** What was refused at a place is settled: another value stands there now. */
  function settle(at: string): void {
    list.value = list.value.filter((notice) => notice.kind !== 'fault' || notice.fault.at !== at)
  }

  /** Tells of something done, for a while; answers the number to close it by. */
  function tell(
    message: MessageKey,
    values: Readonly<Record<string, string | number>> = {},
    action: NoticeAction | null = null,
  ): number {
    const id = nextId++
    list.value = [...list.value, { id, kind: 'done' as const, message, values, action }].slice(-mostShown)
    setTimeout(() => close(id), shownMs)
    return id
  }

  function speak(text: string, nowMs: number = performance.now()): void {
    if (nowMs - lastSpoken < 10_000) return
    lastSpoken = nowMs
    spoken.value = text
  }

  return { list, spoken, report, settle, tell, close, speak }
})
