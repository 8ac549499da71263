/** What layers compute whose stops have no formula of their own, in general: forth, and the slope on its way back. */
import type { LayerInfo, LayerSpec, Phase } from '../../../core/spec/index.ts'

interface LayerFormula {
  readonly forth: string
  readonly back: string
}

/** By the chain rule, where nothing shorter is true. */
const chain = '∂L/∂x = (∂y/∂x)ᵀ·∂L/∂y'

const formulas: Readonly<Record<LayerSpec['layer'], LayerFormula>> = {
  dense: { forth: 'y = f(W·x + b)', back: '∂L/∂x = Wᵀ·δ' },
  embedding: { forth: 'y = E[token]', back: '∂L/∂E[token] = Σ ∂L/∂y' },
  position: { forth: 'y = x + P', back: '∂L/∂x = ∂L/∂y' },
  flatten: { forth: 'y = x', back: '∂L/∂x = ∂L/∂y' },
  dropout: { forth: 'y = x·m / (1 − p), m ∈ {0, 1}', back: '∂L/∂x = ∂L/∂y·m / (1 − p)' },
  'layer-norm': { forth: 'y = γ·(x − mean) / √(var + ε) + β', back: chain },
  'rms-norm': { forth: 'y = γ·x / √(mean(x²) + ε)', back: chain },
  'batch-norm': { forth: 'y = γ·(x − mean) / √(var + ε) + β', back: chain },
  'group-norm': { forth: 'y = γ·(x − mean) / √(var + ε) + β', back: chain },
  residual: { forth: 'y = x + F(x)', back: '∂L/∂x = ∂L/∂y + (∂F/∂x)ᵀ·∂L/∂y' },
  conv2d: { forth: 'y = f(K ∗ x + b)', back: '∂L/∂x = Kᵀ ∗ δ' },
  'max-pool': { forth: 'y = max x', back: '∂L/∂x = ∂L/∂y, x = max' },
  'avg-pool': { forth: 'y = mean x', back: '∂L/∂x = ∂L/∂y / n' },
  'global-pool': { forth: 'y = mean x', back: '∂L/∂x = ∂L/∂y / n' },
  rnn: { forth: 'hₜ = tanh(W·xₜ + U·hₜ₋₁ + b)', back: chain },
  gru: { forth: 'hₜ = (1 − z)·n + z·hₜ₋₁', back: chain },
  lstm: { forth: 'cₜ = f·cₜ₋₁ + i·g, hₜ = o·tanh(cₜ)', back: chain },
  attention: { forth: 'y = softmax(Q·Kᵀ / √d)·V', back: chain },
  transformer: { forth: 'y = x + A(x), z = y + F(y)', back: chain },
  experts: { forth: 'y = Σ g·Fᵢ(x)', back: chain },
}

const ofLayer = (layer: LayerInfo | undefined): LayerFormula =>
  Object.entries(formulas).find(([kind]) => kind === layer?.kind)?.[1] ?? formulas.dense

/** The formula in general of what comes out of an operation: of the layer, or on the way back of the one after it. */
export function generalFormula(layers: readonly LayerInfo[], { kind, layer }: Phase): string {
  if (layer === null) return ''
  return kind === 'forward' ? ofLayer(layers[layer]).forth : ofLayer(layers[layer + 1]).back
}
