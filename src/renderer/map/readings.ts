/** Which frame a picture is drawn from, which one its numbers are read from, and plates that stand while those do. */
import type { Frame } from '../../shared/frame.ts'
import type { MapMode } from '../../shared/protocol.ts'
import { choosePlates } from './draw-plates.ts'
import type { MapNetwork } from './network.ts'
import { createPace, numbersMs } from './pace.ts'
import type { Plate, PlatePlaces } from './plates.ts'
import type { Scene } from './scene.ts'

/** What a map keeps from one picture to the next. */
export interface Readings {
  /** The frame to draw, and the one to read numbers from; a quiet map is drawn from the second as well. */
  readonly frames: (frame: Frame | null, mode: MapMode, nowMs: number) => { drawn: Frame | null; read: Frame | null }
  /** The plates of a scene; where all numbers are written they are placed anew only when one of `parts` is another. */
  readonly plates: (scene: Scene, parts: readonly unknown[]) => readonly Plate[]
}

/** Begins with nothing kept. */
export function createReadings(): Readings {
  const pace = createPace()
  const places: PlatePlaces = new Map()
  let placedIn: MapNetwork | null = null
  let plates: readonly Plate[] = []
  let placedFor: readonly unknown[] = []
  return {
    frames(frame, mode, nowMs) {
      const read = pace.take(frame, nowMs, numbersMs[mode])
      return { drawn: mode === 'quiet' ? read : frame, read }
    },
    plates(scene, parts) {
      if (scene.network !== placedIn) places.clear()
      placedIn = scene.network
      const isSame = parts.length === placedFor.length && parts.every((part, n) => part === placedFor[n])
      if (scene.mode !== 'numbers') plates = choosePlates(scene)
      else if (!isSame) plates = choosePlates(scene, places)
      placedFor = parts
      return plates
    },
  }
}
