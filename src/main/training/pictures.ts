/** Pictures on their way to the page: what stops make of a passenger, and the passengers themselves. */
import type { Dataset } from '../../core/data/dataset.ts'
import { type LayerInfo, pictureNumbers, picturePlaces, stopSides, valueStrides } from '../../core/spec/index.ts'
import type { PictureRows } from '../../shared/protocol.ts'

const BRIGHTEST = 255

/** Means of the parts of a picture that fall on each pixel of a smaller one; a picture that is small enough as it is. */
function shrink(
  valueAt: (place: number) => number,
  sides: { height: number; width: number },
  into: Float32Array,
  at: number,
  small: { height: number; width: number },
): void {
  const edge = (n: number, of: number, all: number): number => Math.floor((n * all) / of)
  for (let row = 0; row < small.height; row++) {
    const [top, bottom] = [edge(row, small.height, sides.height), edge(row + 1, small.height, sides.height)]
    for (let column = 0; column < small.width; column++) {
      const [left, right] = [edge(column, small.width, sides.width), edge(column + 1, small.width, sides.width)]
      let sum = 0
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += valueAt(y * sides.width + x)
      into[at + row * small.width + column] = sum / ((bottom - top) * (right - left))
    }
  }
}

/** The `pictures` of a frame: `whole` is all that the layers compute for a row, at most `most` pixels on a side. */
export function packPictures(
  layers: readonly LayerInfo[],
  whole: readonly (Float32Array | null)[],
  most: number,
): Float32Array {
  const places = picturePlaces(layers, most)
  const result = new Float32Array(pictureNumbers(layers, places))
  layers.forEach((layer, index) => {
    const [place, values] = [places[index], whole[index]]
    if (place === null || place === undefined || values === null || values === undefined) return
    const sides = stopSides(layer)
    const stride = valueStrides(layer)
    for (let stop = 0; stop < layer.units; stop++) {
      const at = place.offset + stop * place.height * place.width
      const first = stop * stride.stop
      shrink((n) => values[first + n * stride.value] ?? 0, sides, result, at, place)
    }
  })
  return result
}

/** Pictures of the training data, from row `from` on. */
export function pictureRows(dataset: Dataset, from: number, count: number): PictureRows {
  const { inputShape = [], inputWidth, train } = dataset
  const [, height = 0, width = 0] = inputShape.length === 3 ? inputShape : []
  const rows = height === 0 ? 0 : Math.max(0, Math.min(count, train.count - from))
  const targets = train.targets.length / Math.max(1, train.count)
  const list = Array.from({ length: rows }, (_, n) => from + n)
  return {
    height,
    width,
    pictures: list.map((row) =>
      Array.from(train.inputs.subarray(row * inputWidth, (row + 1) * inputWidth), (value) =>
        Math.round(value * BRIGHTEST),
      ),
    ),
    classes: list.map((row) => train.targets[row * targets] ?? 0),
  }
}
