/** All that one picture of the map is drawn from. */
import { pictureNumbers } from '../../core/spec/index.ts'
import type { Frame } from '../../shared/frame.ts'
import type { MapLines, MapMode, MapStops } from '../../shared/protocol.ts'
import type { HeatAtlas } from './heat-atlas.ts'
import type { MapHolds } from './holds.ts'
import { joinLines } from './joined.ts'
import type { MapLayout } from './layout.ts'
import type { MapNetwork } from './network.ts'
import type { MapOperation } from './operation.ts'
import type { Palette } from './palette.ts'
import { placesOfPictures } from './pictures.ts'
import type { Plate, PlateLens } from './plates.ts'
import type { RoutePlace, Selection, StopPlace } from './selection.ts'
import type { StripAtlas } from './strip-atlas.ts'
import type { Captions, DistrictWords, Translate } from './words.ts'

/** Sections of the last frame; empty where it has none. */
export interface MapValues {
  readonly parameters: Float32Array
  readonly gradients: Float32Array
  readonly activations: Float32Array
  readonly sums: Float32Array
  readonly contributions: Float32Array
  /** Size of the gradient in each layer. */
  readonly layerGradients: Float32Array
  /** While a step is taken apart: slopes at the sums, what the row wants of the outputs, parameters before the update. */
  readonly deltas: Float32Array
  readonly wanted: Float32Array
  readonly before: Float32Array
  /** What stops make of the passenger where that is a picture or a sequence (`picturePlaces`). */
  readonly pictures: Float32Array
}

const none = new Float32Array(0)

/** Takes the map's sections out of a frame, each only if it fits the network. */
export function mapValues(network: MapNetwork, frame: Pick<Frame, 'sections'> | null): MapValues {
  const section = (name: keyof MapValues, length: number): Float32Array => {
    const data = frame?.sections.get(name)
    return data !== undefined && data.length === length ? data : none
  }
  const ofLines = (name: 'parameters' | 'gradients' | 'contributions'): Float32Array =>
    joinLines(network, section(name, network.parameterCount), name === 'contributions' ? 'sum' : 'size')
  return {
    parameters: ofLines('parameters'),
    gradients: ofLines('gradients'),
    activations: section('activations', network.nodes),
    sums: section('sums', network.nodes),
    contributions: ofLines('contributions'),
    layerGradients: section('layerGradients', network.layers.length),
    deltas: section('deltas', network.nodes),
    wanted: section('wanted', network.layers.at(-1)?.units ?? 0),
    before: section('before', network.parameterCount),
    pictures: section('pictures', pictureNumbers(network.layers, placesOfPictures(network))),
  }
}

/** What lines, biases and their numbers say: weights, or gradients where the frame has them. */
export const lineValues = ({ parameters, gradients }: MapValues, lines: MapLines): Float32Array =>
  lines === 'gradients' && gradients.length > 0 ? gradients : parameters

/** The part of the map that is in sight. */
export interface View {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Device pixels a px. */
  readonly ratio: number
}

export interface Scene {
  readonly network: MapNetwork
  readonly layout: MapLayout
  readonly values: MapValues
  /** What plates are read from: of the same network, renewed at a pace that can be read. */
  readonly read: MapValues
  /** What the width, colour and dash of lines and biases say, by parameter; and the same at a pace that can be read. */
  readonly lines: Float32Array
  readonly written: Float32Array
  readonly lensOfLines: MapLines
  /** What a stop shows that reads a picture. */
  readonly shown: MapStops
  readonly mode: MapMode
  /** The stop that is looked at alone, with what it gets; null where all are. */
  readonly alone: StopPlace | null
  readonly holds: MapHolds
  readonly lens: PlateLens
  readonly atlas: Pick<HeatAtlas, 'draw'> | null
  /** By layer whether its stops show pictures of pixels. */
  readonly pictured: readonly boolean[]
  /** Strips of cells as pictures; null where each cell is drawn by itself. */
  readonly strips: StripAtlas | null
  readonly palette: Palette
  readonly captions: Captions
  readonly districts: readonly DistrictWords[]
  readonly t: Translate
  readonly view: View
  readonly selected: Selection | null
  /** Pointed at or focused; the ring is drawn around `focused` only. */
  readonly hovered: Selection | null
  readonly focused: Selection | null
  /** A layer that has the keyboard's focus as a whole. */
  readonly focusedLayer: number | null
  /** The strongest route, a line a gap; empty for none. All other lines are faded. */
  readonly trace: readonly RoutePlace[]
  /** How far the bus of a ride has come along the trace, 0 to 1; null for none. */
  readonly bus: number | null
  readonly destination: number | null
  /** Output probabilities before the last step by hand; empty for none. */
  readonly before: readonly number[]
  readonly plates: readonly Plate[]
  /** The operation of a step that is taken apart, and what of it is lit; null while none is shown. */
  readonly operation: MapOperation | null
  /** x and y of a point that is tried, marked on every heat map; null for none. */
  readonly probe: readonly [number, number] | null
}

/** Value at a node or null where the frame has none. */
export const valueAt = (values: Float32Array, index: number): number | null => values[index] ?? null
