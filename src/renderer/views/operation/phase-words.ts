/** What the operations of a step are called, and what happens in them. */
import type { Phase } from '../../../core/spec/index.ts'
import { type MessageKey, t } from '../../i18n/index.ts'
import type { MapNetwork } from '../../map/network.ts'
import { type Captions, layerName } from '../../map/words.ts'

const names: Readonly<Record<Phase['kind'], MessageKey>> = {
  forward: 'operation.forward',
  loss: 'operation.loss',
  backward: 'operation.backward',
  update: 'operation.update',
}
const whys: Readonly<Record<Phase['kind'], MessageKey>> = {
  forward: 'operation.forwardWhy',
  loss: 'operation.lossWhy',
  backward: 'operation.backwardWhy',
  update: 'operation.updateWhy',
}

const layerOf = (network: MapNetwork, { layer }: Phase, captions: Captions): string =>
  layer === null ? '' : layerName(network, layer, captions, t)

/** `Forward, hidden 1`. */
export const phaseName = (network: MapNetwork, phase: Phase, captions: Captions): string =>
  t(names[phase.kind], { layer: layerOf(network, phase, captions) })

/** A short form for the strip: an arrow and the layer. */
export function phaseMark(network: MapNetwork, phase: Phase, captions: Captions): string {
  const layer = layerOf(network, phase, captions)
  if (phase.kind === 'forward') return `${layer} →`
  return phase.kind === 'backward' ? `← ${layer}` : t(names[phase.kind])
}

/** What happens in it, in one sentence. */
export const phaseWhy = (phase: Phase): string => t(whys[phase.kind])
