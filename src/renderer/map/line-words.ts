/** What a line joins where it is more than one number: a kernel, or the weights of a picture. */
import { stopSides } from '../../core/spec/index.ts'
import { whole } from '../i18n/format.ts'
import type { MapNetwork } from './network.ts'

/** The numbers of each line of a gap. */
export interface LineNumbers {
  readonly isKernel: boolean
  /** `5×5`. */
  readonly size: string
  readonly count: string
  /** Places of the picture at which a kernel is used; 1 for other weights. */
  readonly places: number
}

/** Null where each line is a weight of its own. */
export function lineNumbers(network: MapNetwork, gap: number): LineNumbers | null {
  const { inner = 1, weight = null } = network.gaps[gap] ?? {}
  if (inner === 1 || weight === null) return null
  const isKernel = network.layers[gap + 1]?.kind === 'conv2d'
  const { height, width } = stopSides(network.layers[gap + (isKernel ? 1 : 0)] ?? {})
  const [rows, columns] = isKernel ? weight.shape.slice(2) : [height, width]
  return {
    isKernel,
    size: `${rows}×${columns}`,
    count: whole(inner),
    places: isKernel ? height * width : 1,
  }
}
