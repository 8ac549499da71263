/** Where a learned number stands: in words, in the frame, in the file. */
import type { ParameterInfo } from '../../core/spec/index.ts'
import type { RunInfo } from '../../shared/protocol.ts'
import { t } from '../i18n/index.ts'
import { mapNetwork } from '../map/network.ts'
import type { Selection } from '../map/selection.ts'
import { type Captions, stopPath } from '../map/words.ts'

export interface ParameterPlace {
  readonly tensor: ParameterInfo
  readonly index: number
  /** Place among all parameters laid end to end. */
  readonly position: number
  /** `layers.1.weight[1, 0]`. */
  readonly address: string
  /** `정류장 2 → 사랑해`, or the stop of a bias. */
  readonly words: string
  /** Path of an edit of this number. */
  readonly path: string
}

/** The weight or bias that a selection means (a stop means its bias); null where the run has none such. */
export function parameterPlace(info: RunInfo, selection: Selection | null, captions: Captions): ParameterPlace | null {
  if (selection === null) return null
  const tensor = info.parameters.find((parameter) => parameter.name === selection.parameter)
  if (tensor === undefined || selection.index < 0 || selection.index >= tensor.size) return null
  const { index } = selection
  const network = mapNetwork(info)
  const ins = tensor.shape[1] ?? 1
  const stop = (layer: number, at: number): string => stopPath(network, layer, at, captions, t)
  const weight = tensor.kind === 'weight'
  const target = weight ? Math.floor(index / ins) : index
  return {
    tensor,
    index,
    position: tensor.offset + index,
    address: weight ? `${tensor.name}[${target}, ${index % ins}]` : `${tensor.name}[${index}]`,
    words: weight
      ? `${stop(tensor.layer - 1, index % ins)} → ${stop(tensor.layer, target)}`
      : stop(tensor.layer, target),
    path: `parameters.${tensor.name}.${index}`,
  }
}
