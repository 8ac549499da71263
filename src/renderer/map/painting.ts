/** A map's pictures, frame after frame, with what is kept from one to the next. Plain data alone: nothing here is reactive. */
import type { Phase } from '../../core/spec/index.ts'
import type { Frame } from '../../shared/frame.ts'
import type { Language } from '../../shared/protocol.ts'
import type { Camera } from './camera.ts'
import { drawMap, fitCanvas } from './draw.ts'
import { createGround } from './ground.ts'
import type { Size } from './layout.ts'
import { mapOperation, valuesSoFar } from './operation.ts'
import type { Plate } from './plates.ts'
import { createReadings } from './readings.ts'
import { fitRoutes } from './routes.ts'
import { lineValues, type MapValues, mapValues, type Scene } from './scene.ts'
import type { RoutePlace } from './selection.ts'
import { createStopPictures, hasMaps, type StopPictures } from './stop-pictures.ts'
import { strongestRoute } from './trace.ts'

/** What of a scene every frame brings anew. */
type OfFrame = 'values' | 'read' | 'lines' | 'written' | 'atlas' | 'strips' | 'view' | 'trace' | 'plates' | 'operation'

/** What a picture shows beside a frame's numbers: it stands until the run, the page or the person changes it. */
export interface Showing extends Omit<Scene, OfFrame> {
  readonly camera: Camera
  readonly size: Size
  readonly language: Language
  /** Whether the strongest route is looked for, and a route that was chosen instead. */
  readonly traces: boolean
  readonly lit: readonly RoutePlace[] | null
  /** The operation of a step that is taken apart; null while none is. */
  readonly phase: Phase | null
}

/** Paints a map and remembers the last picture. */
export interface Painting {
  /** Paints a frame and returns its scene; null where nothing was painted: there is no room, or what stands is the same. */
  readonly paint: (canvas: HTMLCanvasElement, showing: Showing, frame: Frame | null) => Scene | null
  /** Something else than the frame has changed since the last picture. */
  readonly renew: () => void
  /** Draws what is in sight elsewhere and in other pixels, with the plates of the last picture. */
  readonly copy: (context: CanvasRenderingContext2D, showing: Showing, frame: Frame | null, ratio: number) => void
  /** The frame of the last picture, and the one that its numbers were read from. */
  readonly painted: () => Frame | null
  readonly read: () => Frame | null
  readonly plates: () => readonly Plate[]
}

/** The route that is traced where nobody chose one. */
function tracedRoute(
  { network, layout, traces, phase, destination }: Showing,
  { parameters, activations }: MapValues,
): readonly RoutePlace[] {
  if (!traces || phase !== null || layout.picture !== 'bar' || destination === null || activations.length === 0)
    return []
  return strongestRoute(network, parameters, activations, destination)?.route ?? []
}

/** The scene of a frame whose numbers are read from another; without plates, for they are chosen by it. */
function sceneOf(showing: Showing, { strips, atlasOf }: StopPictures, drawn: Frame | null, read: Frame | null): Scene {
  const { network, phase, camera, size, lensOfLines } = showing
  const [all, allRead] = [mapValues(network, drawn), mapValues(network, read)]
  const operation = phase === null ? null : mapOperation(network, phase, all)
  const values = operation === null ? all : valuesSoFar(network, all, operation)
  const reads = operation === null ? allRead : valuesSoFar(network, allRead, operation)
  return {
    ...showing,
    values,
    read: reads,
    lines: lineValues(values, lensOfLines),
    written: lineValues(reads, lensOfLines),
    atlas: atlasOf(showing.layout.picture, drawn),
    strips,
    view: { left: camera.left, top: camera.top, ...size, ratio: window.devicePixelRatio || 1 },
    trace: operation?.routes ?? showing.lit ?? tracedRoute(showing, values),
    plates: [],
    operation,
    probe: hasMaps(drawn) ? showing.probe : null,
  }
}

/** Begins with nothing kept. */
export function createPainting(): Painting {
  const pictures = createStopPictures()
  const readings = createReadings()
  const ground = createGround()
  let painted: Frame | null = null
  let read: Frame | null = null
  let plates: readonly Plate[] = []
  let isStale = true
  let fitted: readonly unknown[] = []

  /** Fits the lines to their numbers, unless neither these nor what is in sight have changed. */
  function fitLines({ layout, lines, view: { left, width } }: Scene): void {
    const parts = [layout, lines, left, width]
    if (lines.length === 0 || parts.every((part, n) => part === fitted[n])) return
    fitted = parts
    fitRoutes(layout, lines, left, left + width)
  }

  return {
    paint(canvas, showing, frame) {
      const context = canvas.getContext('2d', { alpha: false })
      if (context === null || showing.size.width < 2) return null
      const taken = readings.frames(frame, showing.mode, performance.now())
      read = taken.read
      // A quiet map is not drawn anew for a frame that it does not show.
      if (showing.mode === 'quiet' && !isStale && taken.drawn === painted) return null
      if (isStale) ground.forget()
      isStale = false
      painted = taken.drawn
      const scene = sceneOf(showing, pictures, painted, read)
      pictures.fill(scene, painted)
      fitLines(scene)
      const { layout, camera, selected, hovered, captions, lens, lensOfLines, phase, language } = showing
      const parts = [read, layout, camera, selected, hovered, captions, lens, lensOfLines, phase, language]
      plates = readings.plates(scene, parts)
      fitCanvas(canvas, scene.view.width, scene.view.height, scene.view.ratio)
      drawMap(context, { ...scene, plates }, ground)
      return scene
    },
    renew() {
      isStale = true
    },
    copy(context, showing, frame, ratio) {
      const taken = readings.frames(frame, showing.mode, performance.now())
      const scene = sceneOf(showing, pictures, taken.drawn, taken.read)
      const view = { ...scene.view, ratio }
      drawMap(context, { ...scene, view, plates, strips: null, hovered: null, focused: null }, null)
    },
    painted: () => painted,
    read: () => read,
    plates: () => plates,
  }
}
