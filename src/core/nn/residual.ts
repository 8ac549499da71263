import { Fault, type LayerSpec, type ResidualLayer } from '../spec/index.ts'
import { type BoundLayer, type LayerKind, type Row, sameValues, withinLayer } from './layer.ts'

/** An inner layer with the row that it is given. */
interface Step {
  readonly layer: BoundLayer
  readonly input: Row
  readonly output: Row
  readonly prefix: string
}

/**
 * Residual block `y = x + layers(x)` (He et al. 2015): the layers keep the shape. Their tensors are `layers.0.weight` …
 * `bind` is the list of layers, given here because a block may hold any of them.
 */
export function residual(bind: (spec: LayerSpec) => BoundLayer): LayerKind<ResidualLayer> {
  const stepsOf = (spec: ResidualLayer, input: Row, at: string): readonly Step[] => {
    let row = input
    return spec.layers.map((inner, index) => {
      const layer = bind(inner)
      const step = {
        layer,
        input: row,
        output: layer.outputRow(row, `${at}.layers.${index}`),
        prefix: `layers.${index}.`,
      }
      row = step.output
      return step
    })
  }
  return {
    outputRow(spec, input, at) {
      const output = stepsOf(spec, input, at).at(-1)?.output ?? input
      const [before, after] = [input, output].map(({ sides }) => `[${sides.join(', ')}]`)
      if (before !== after) throw new Fault('NETWORK-006', { before: before ?? '', after: after ?? '' }, at)
      return output
    },
    parameters: (spec, input) =>
      stepsOf(spec, input, '').flatMap(({ layer, input: row, prefix }) =>
        layer.parameters(row).map((tensor) => ({ ...tensor, name: prefix + tensor.name })),
      ),
    buffers: (spec, input) =>
      stepsOf(spec, input, '').flatMap(({ layer, input: row, prefix }) =>
        layer.buffers(row).map((buffer) => ({ ...buffer, name: prefix + buffer.name })),
      ),
    forward(context, spec, x, input) {
      const inner = stepsOf(spec, input, '').reduce(
        (value, { layer, input: row, prefix }) => layer.forward(withinLayer(context, prefix), value, row).activations,
        x,
      )
      return sameValues(context.build.apply('add', [x, inner]))
    },
  }
}
