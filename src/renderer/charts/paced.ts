/** A value that follows another at a pace that can be read. */
import { watchThrottled } from '@vueuse/core'
import { type ShallowRef, shallowRef } from 'vue'

/** What `source` gives, renewed at most every `everyMs`; the last value always comes. Not deeply reactive. */
export function paced<Value>(source: () => Value, everyMs: number): Readonly<ShallowRef<Value>> {
  const shown = shallowRef(source())
  watchThrottled(
    source,
    (next) => {
      shown.value = next
    },
    { throttle: everyMs },
  )
  return shown
}
