/** The activations as functions to draw: what a node makes of its sum, and by how much that changes with it. */
import type { Activation } from '../../../core/spec/index.ts'

type Curve = (x: number) => number

const logistic: Curve = (x) => 1 / (1 + Math.exp(-x))
const softplus: Curve = (x) => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0)
/** tanh form of the normal distribution, near enough for a line two pixels wide (Hendrycks and Gimpel 2016). */
const gelu: Curve = (x) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))

/** What each activation makes of a sum. */
export const curves: Readonly<Record<Activation, Curve>> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  'leaky-relu': (x) => (x > 0 ? x : 0.01 * x),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  sigmoid: logistic,
  tanh: Math.tanh,
  gelu,
  'gelu-tanh': gelu,
  silu: (x) => x * logistic(x),
  mish: (x) => x * Math.tanh(softplus(x)),
  softplus,
  softsign: (x) => x / (1 + Math.abs(x)),
  sine: Math.sin,
}

/** Distance of the two points of a difference, small against a pixel of the drawing. */
const reach = 1e-4

/** The slope of an activation at a sum. */
export function slopeAt(activation: Activation, x: number): number {
  const f = curves[activation]
  return (f(x + reach) - f(x - reach)) / (2 * reach)
}

/** The half width of the drawing: sums of -4 to 4. */
export const span = 4
/** Highest value drawn, and the lowest below 0. */
const top = 1.6

const points = 81

/** A line through a unit square of 100 x 60, sums from left to right, values cut at the edges. */
export function lineOf(value: Curve): string {
  return Array.from({ length: points }, (_, i) => {
    const x = -span + (2 * span * i) / (points - 1)
    return `${i === 0 ? 'M' : 'L'}${placeX(x).toFixed(1)} ${placeY(value(x)).toFixed(1)}`
  }).join('')
}

/** Where a sum stands in the drawing. */
export const placeX = (x: number): number => 50 + (50 * Math.max(-span, Math.min(span, x))) / span
/** Where a value stands in the drawing. */
export const placeY = (y: number): number => 30 - (30 * Math.max(-top, Math.min(top, y))) / top
