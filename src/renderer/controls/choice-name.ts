/** Names of choices as people write them. */
import type en from '../i18n/en.json'
import { t } from '../i18n/index.ts'

const known: Readonly<Record<string, keyof (typeof en)['choice']>> = {
  auto: 'auto',
  mse: 'mse',
  'cross-entropy': 'crossEntropy',
  linear: 'linear',
  none: 'none',
  relu: 'relu',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  softmax: 'softmax',
  sgd: 'sgd',
  momentum: 'momentum',
  adam: 'adam',
  'xavier-uniform': 'xavierUniform',
  'xavier-normal': 'xavierNormal',
  'he-uniform': 'heUniform',
  'he-normal': 'heNormal',
  uniform: 'uniform',
  word: 'word',
  circle: 'circle',
  xor: 'xor',
  gauss: 'gauss',
  spiral: 'spiral',
  plane: 'plane',
  'multi-gauss': 'multiGauss',
  'x^2': 'xSquared',
  'y^2': 'ySquared',
}

/** A choice's name in the language that is shown; names that are formulas are themselves. */
export function choiceName(choice: string): string {
  const key = known[choice]
  return key === undefined ? choice : t(`choice.${key}`)
}
