/** Where a learned number stands: in words, in the frame, in the file. */
import type { ParameterInfo } from '../../core/spec/index.ts'
import type { RunInfo } from '../../shared/protocol.ts'
import { choiceName } from '../controls/choice-name.ts'
import { t } from '../i18n/index.ts'
import { type MapNetwork, mapNetwork } from '../map/network.ts'
import type { Selection } from '../map/selection.ts'
import { type Captions, layerName, stopPath } from '../map/words.ts'

export interface ParameterPlace {
  readonly tensor: ParameterInfo
  readonly index: number
  /** Place among all parameters laid end to end. */
  readonly position: number
  /** `layers.1.weight[1, 0]`. */
  readonly address: string
  /** `정류장 2 → 사랑해`, or the stop of a bias. */
  readonly words: string
  /** The place as a sentence: from which stop to which. */
  readonly sentence: string
  /** Path of an edit of this number. */
  readonly path: string
}

type Words = Pick<ParameterPlace, 'words' | 'sentence'>

function placeWords(
  network: MapNetwork,
  { kind, layer }: ParameterInfo,
  target: number,
  source: number,
  captions: Captions,
): Words {
  const stop = (of: number, at: number, by: Captions): string => stopPath(network, of, at, by, t)
  const to = stop(layer, target, captions)
  if (kind === 'bias') return { words: to, sentence: t('passport.ofStop', { stop: stop(layer, target, 'map') }) }
  const from = stop(layer - 1, source, 'map')
  return {
    words: `${stop(layer - 1, source, captions)} → ${to}`,
    sentence: t('passport.fromTo', { from, to: stop(layer, target, 'map') }),
  }
}

/** A number of a block belongs to no pair of stops. */
function blockWords(
  network: MapNetwork,
  { layer }: ParameterInfo,
  index: number,
  address: string,
  captions: Captions,
): Words {
  const kind = choiceName(network.layers[layer]?.kind ?? '')
  const name = layerName(network, layer, captions, t)
  return { words: address, sentence: t('passport.inBlock', { layer: name, kind, number: index + 1 }) }
}

/** The place in a tensor, side by side. */
function placeIn({ shape }: ParameterInfo, index: number): readonly number[] {
  let rest = index
  return shape.map((_, side) => {
    const inner = shape.slice(side + 1).reduce((product, length) => product * length, 1)
    const at = Math.floor(rest / inner)
    rest %= inner
    return at
  })
}

/** The weight or bias that a selection means (a stop means its bias); null where the run has none such. */
export function parameterPlace(info: RunInfo, selection: Selection | null, captions: Captions): ParameterPlace | null {
  if (selection === null) return null
  const tensor = info.parameters.find((parameter) => parameter.name === selection.parameter)
  if (tensor === undefined || selection.index < 0 || selection.index >= tensor.size) return null
  const { index } = selection
  const layer = info.layers[tensor.layer]
  const readsAll = tensor.kind === 'bias' || tensor.shape[1] === info.layers[tensor.layer - 1]?.units
  const hasStops = layer?.kind === undefined || (layer.kind === 'conv2d' && readsAll)
  const ins = tensor.size / (tensor.shape[0] ?? 1)
  const weight = tensor.kind === 'weight'
  const target = weight ? Math.floor(index / ins) : index
  const address = `${tensor.name}[${placeIn(tensor, index).join(', ')}]`
  const each = ins / (info.layers[tensor.layer - 1]?.units ?? 1)
  return {
    tensor,
    index,
    position: tensor.offset + index,
    address,
    ...(hasStops
      ? placeWords(mapNetwork(info), tensor, target, Math.floor((index % ins) / each), captions)
      : blockWords(mapNetwork(info), tensor, index, address, captions)),
    path: `parameters.${tensor.name}.${index}`,
  }
}
