/** Networks that read pictures, as the map sees them. */

import { packPictures } from '../../../src/main/training/pictures.ts'
import { type MapInfo, type MapNetwork, mapNetwork } from '../../../src/renderer/map/network.ts'
import { mostPixels } from '../../../src/renderer/map/pictures.ts'
import { type MapValues, mapValues } from '../../../src/renderer/map/scene.ts'
import { pictureSession } from '../../support/sessions.ts'

/** Digits through the given layers, with the values of their first row. */
export function pictureNetwork(layers: readonly object[]): { network: MapNetwork; values: MapValues; info: MapInfo } {
  const session = pictureSession(layers, 20)
  const { recipe, parameters, parameterCount } = session
  const info: MapInfo = { layers: session.layers, parameters, parameterCount, task: 'classes', recipe }
  const network = mapNetwork(info)
  const { sums, activations, whole } = session.inspect(session.dataset.train.inputs.subarray(0, 784))
  const sections = new Map([
    ['parameters', Float32Array.from(session.readParameters())],
    ['sums', sums],
    ['activations', activations],
    ['pictures', packPictures(session.layers, whole, mostPixels)],
  ] as const)
  const values = mapValues(network, { sections })
  session.dispose()
  return { network, values, info }
}

/** The dense layers of the digits example, and the convolutions of the other one. */
export const digitLayers = [{ layer: 'dense', units: 32, activation: 'relu' }]
export const convolutionLayers = [
  { layer: 'conv2d', filters: 6, kernel: 5, padding: 2 },
  { layer: 'max-pool' },
  { layer: 'conv2d', filters: 8 },
  { layer: 'flatten' },
  { layer: 'dense', units: 16 },
]
