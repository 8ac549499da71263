/** The list of optimizers. A new one is its file, its kernel, its test and one line here. */
import type { OptimizerName } from '../spec/index.ts'
import { adam } from './adam.ts'
import { momentum } from './momentum.ts'
import type { Optimizer } from './optimizer.ts'
import { sgd } from './sgd.ts'

export const optimizers: Readonly<Record<OptimizerName, Optimizer>> = { sgd, momentum, adam }
