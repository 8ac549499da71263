/** The pictures in stops: heat maps over the plane, pixels, strips of cells; made anew only where they are others. */
import type { Frame } from '../../shared/frame.ts'
import { createHeatAtlas } from './heat-atlas.ts'
import { createPictureAtlas } from './picture-atlas.ts'
import type { Scene } from './scene.ts'
import type { Picture } from './stop-size.ts'
import { createStripAtlas, type StripAtlas } from './strip-atlas.ts'

/** What stops are drawn with. */
export interface StopPictures {
  readonly strips: StripAtlas
  /** Where a frame's pictures are drawn from; null where stops have none. */
  readonly atlasOf: (picture: Picture, frame: Frame | null) => Scene['atlas']
  /** Makes them for the scene of a frame. */
  readonly fill: (scene: Scene, frame: Frame | null) => void
}

/** Whether a frame brings heat maps. */
export const hasMaps = (frame: Frame | null): boolean => (frame?.sections.get('nodeMap')?.length ?? 0) > 0

/** Begins with nothing made. */
export function createStopPictures(): StopPictures {
  const heats = createHeatAtlas()
  const pixels = createPictureAtlas()
  const strips = createStripAtlas()
  let filledFrom: readonly unknown[] = []

  function fillAtlas({ network, layout, values, shown, palette }: Scene, frame: Frame | null): void {
    const from = [frame, palette, shown, network]
    if (from.every((part, n) => part === filledFrom[n])) return
    filledFrom = from
    const nodeMap = frame?.sections.get('nodeMap')
    if (layout.picture === 'pixels') pixels.fill(network, values, shown, palette.ramp)
    else if (nodeMap !== undefined && nodeMap.length > 0) heats.fill(network, nodeMap, palette)
  }

  return {
    strips,
    atlasOf: (picture, frame) => (picture === 'pixels' ? pixels : hasMaps(frame) ? heats : null),
    fill(scene, frame) {
      fillAtlas(scene, frame)
      if (scene.atlas === null && scene.layout.stops.some(({ size: { strip } }) => strip))
        strips.fill(scene.network, scene.values.activations, scene.palette.ramp)
    },
  }
}
