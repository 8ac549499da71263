/** The activations that a recipe may name. */
export const activations = [
  'linear',
  'relu',
  'leaky-relu',
  'elu',
  'sigmoid',
  'tanh',
  'gelu',
  'gelu-tanh',
  'silu',
  'mish',
  'softplus',
  'softsign',
  'sine',
] as const
export type Activation = (typeof activations)[number]
