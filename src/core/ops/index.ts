/** The list of ops. A new op is its file, its kernel, its test and one line here. */
import { add } from './add.ts'
import { crossEntropy, crossEntropyGradient } from './cross-entropy.ts'
import { expand } from './expand.ts'
import { matmul } from './matmul.ts'
import { mse, mseGradient } from './mse.ts'
import { mul } from './mul.ts'
import type { Op } from './op.ts'
import { relu, reluGradient } from './relu.ts'
import { reshape } from './reshape.ts'
import { scale } from './scale.ts'
import { sigmoid, sigmoidGradient } from './sigmoid.ts'
import { softmax, softmaxGradient } from './softmax.ts'
import { sub } from './sub.ts'
import { sum } from './sum.ts'
import { tanh, tanhGradient } from './tanh.ts'

export const ops: readonly Op[] = [
  add,
  sub,
  mul,
  scale,
  expand,
  reshape,
  sum,
  matmul,
  relu,
  reluGradient,
  sigmoid,
  sigmoidGradient,
  tanh,
  tanhGradient,
  softmax,
  softmaxGradient,
  crossEntropy,
  crossEntropyGradient,
  mse,
  mseGradient,
]
