/** The list of optimizers. A new one is its file, its kernel, its test and one line here. */
import type { OptimizerName } from '../spec/index.ts'
import { adadelta } from './adadelta.ts'
import { adagrad } from './adagrad.ts'
import { adam } from './adam.ts'
import { adamax } from './adamax.ts'
import { adamw } from './adamw.ts'
import { momentum } from './momentum.ts'
import { nadam } from './nadam.ts'
import { nesterov } from './nesterov.ts'
import type { Optimizer } from './optimizer.ts'
import { rmsprop } from './rmsprop.ts'
import { sgd } from './sgd.ts'

export const optimizers: Readonly<Record<OptimizerName, Optimizer>> = {
  sgd,
  momentum,
  nesterov,
  rmsprop,
  adagrad,
  adadelta,
  adam,
  adamw,
  adamax,
  nadam,
}
