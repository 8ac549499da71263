/** Long sections come in pieces over several frames: here they are put together, and shown when they are whole. */
import type { Frame } from '../../shared/frame.ts'
import type { SectionName } from '../../shared/protocol.ts'

interface Arriving {
  readonly data: Float32Array
  filled: number
}

/** What is on its way to the page. */
export interface Arrivals {
  /** The frame, with each section that its pieces complete. One whose beginning was missed is left out until it comes anew. */
  readonly take: (frame: Frame) => Frame
}

/** Begins with nothing on its way. */
export function createArrivals(): Arrivals {
  let of = ''
  const arriving = new Map<SectionName, Arriving>()
  return {
    take(frame) {
      const { head, sections, parts } = frame
      const source = `${head.run}:${head.version}`
      if (source !== of) arriving.clear()
      of = source
      for (const name of sections.keys()) arriving.delete(name)
      const complete = new Map(sections)
      for (const { name, data, from, whole } of parts) {
        // A picture may still be drawn from the one before: every section has its own memory.
        if (from === 0) arriving.set(name, { data: new Float32Array(whole), filled: 0 })
        const section = arriving.get(name)
        if (section?.filled !== from || section.data.length !== whole) {
          arriving.delete(name)
          continue
        }
        section.data.set(data, from)
        section.filled += data.length
        if (section.filled < whole) continue
        complete.set(name, section.data)
        arriving.delete(name)
      }
      return complete.size === sections.size ? frame : { ...frame, sections: complete }
    },
  }
}
