import type { PositionLayer } from '../spec/index.ts'
import { type LayerKind, sameValues, sidesOf } from './layer.ts'

/**
 * Position: adds to every step of a sequence [t, c] what tells its place.
 *
 * `learned`: its row of `weight` [t, c], drawn from N(0, 1 / c). `sinusoidal`: sines and cosines of falling frequency
 * (Vaswani et al. 2017, section 3.5). `rotary`: nothing here; every attention after it turns queries and keys by their
 * position (Su et al. 2021).
 */
export const position: LayerKind<PositionLayer> = {
  outputRow(spec, input, at) {
    const sides = sidesOf(spec.layer, 'sequence', input, at)
    return spec.kind === 'rotary' ? { ...input, isRotary: true } : { ...input, sides }
  },
  parameters(spec, { sides }) {
    if (spec.kind !== 'learned') return []
    return [{ name: 'weight', kind: 'weight', shape: sides, start: { deviation: 1 / Math.sqrt(sides[1] ?? 1) } }]
  },
  forward({ build, parameter }, spec, x, { sides }) {
    if (spec.kind === 'rotary') return sameValues(x)
    const place = spec.kind === 'learned' ? parameter('weight') : build.apply('sinusoid', [], { shape: sides })
    return sameValues(build.apply('add', [x, place]))
  },
}
