/** The list of ops. A new op is its file, its kernel, its test and one line here. */
import { abs, absGradient } from './abs.ts'
import { add } from './add.ts'
import { attentionSoftmax, attentionSoftmaxGradient } from './attention-softmax.ts'
import { batchNorm, batchNormGradient, batchNormWeightGradient, batchStatistics } from './batch-norm.ts'
import { binaryCrossEntropy, binaryCrossEntropyGradient } from './binary-cross-entropy.ts'
import { clamp, clampGradient } from './clamp.ts'
import { equal, greater } from './compare.ts'
import { concat } from './concat.ts'
import { constant } from './constant.ts'
import { crossEntropy, crossEntropyGradient } from './cross-entropy.ts'
import { div } from './div.ts'
import { dropout } from './dropout.ts'
import { elu, eluGradient } from './elu.ts'
import { exp, expGradient } from './exp.ts'
import { expand } from './expand.ts'
import { maximum, minimum } from './extremes.ts'
import { gather, scatterAdd } from './gather.ts'
import { gelu, geluGradient } from './gelu.ts'
import { geluTanh, geluTanhGradient } from './gelu-tanh.ts'
import { groupNorm, groupNormGradient, groupNormWeightGradient } from './group-norm.ts'
import { gru, gruGradient } from './gru.ts'
import { mergeHeads, splitHeads } from './heads.ts'
import { hinge, hingeGradient } from './hinge.ts'
import { huber, huberGradient } from './huber.ts'
import {
  layerNorm,
  layerNormGradient,
  layerNormWeightGradient,
  rmsNorm,
  rmsNormGradient,
  rmsNormWeightGradient,
} from './layer-norm.ts'
import { leakyRelu, leakyReluGradient } from './leaky-relu.ts'
import { log, logGradient } from './log.ts'
import { logSoftmax, logSoftmaxGradient } from './log-softmax.ts'
import { lstm, lstmGradient } from './lstm.ts'
import { mae, maeGradient } from './mae.ts'
import { matmul } from './matmul.ts'
import { mish, mishGradient } from './mish.ts'
import { mse, mseGradient } from './mse.ts'
import { mul } from './mul.ts'
import type { Op } from './op.ts'
import { pad } from './pad.ts'
import { col2im, im2col } from './patches.ts'
import { pictureBias, pictureBiasGradient } from './picture-bias.ts'
import { plane, planeGradient } from './plane.ts'
import { avgPool, avgPoolGradient, maxPool, maxPoolGradient } from './pool.ts'
import { relu, reluGradient } from './relu.ts'
import { reshape } from './reshape.ts'
import { rnn, rnnGradient } from './rnn.ts'
import { rotary } from './rotary.ts'
import { expertLoad, route } from './route.ts'
import { scale } from './scale.ts'
import { select } from './select.ts'
import { delay, workspace } from './sequence.ts'
import { sigmoid, sigmoidGradient } from './sigmoid.ts'
import { sign } from './sign.ts'
import { silu, siluGradient } from './silu.ts'
import { sine, sineGradient } from './sine.ts'
import { sinusoid } from './sinusoid.ts'
import { slice } from './slice.ts'
import { softmax, softmaxGradient } from './softmax.ts'
import { softplus, softplusGradient } from './softplus.ts'
import { softsign, softsignGradient } from './softsign.ts'
import { sqrt, sqrtGradient } from './sqrt.ts'
import { square, squareGradient } from './square.ts'
import { sub } from './sub.ts'
import { sum } from './sum.ts'
import { tanh, tanhGradient } from './tanh.ts'
import { transpose } from './transpose.ts'

export const ops: readonly Op[] = [
  add,
  sub,
  mul,
  div,
  maximum,
  minimum,
  greater,
  equal,
  select,
  scale,
  constant,
  expand,
  reshape,
  transpose,
  slice,
  pad,
  concat,
  gather,
  scatterAdd,
  sum,
  matmul,
  sign,
  exp,
  expGradient,
  log,
  logGradient,
  sqrt,
  sqrtGradient,
  square,
  squareGradient,
  abs,
  absGradient,
  clamp,
  clampGradient,
  relu,
  reluGradient,
  leakyRelu,
  leakyReluGradient,
  elu,
  eluGradient,
  sigmoid,
  sigmoidGradient,
  tanh,
  tanhGradient,
  gelu,
  geluGradient,
  geluTanh,
  geluTanhGradient,
  silu,
  siluGradient,
  mish,
  mishGradient,
  softplus,
  softplusGradient,
  softsign,
  softsignGradient,
  sine,
  sineGradient,
  softmax,
  softmaxGradient,
  logSoftmax,
  logSoftmaxGradient,
  crossEntropy,
  crossEntropyGradient,
  binaryCrossEntropy,
  binaryCrossEntropyGradient,
  hinge,
  hingeGradient,
  mse,
  mseGradient,
  mae,
  maeGradient,
  huber,
  huberGradient,
  layerNorm,
  layerNormGradient,
  layerNormWeightGradient,
  rmsNorm,
  rmsNormGradient,
  rmsNormWeightGradient,
  groupNorm,
  groupNormGradient,
  groupNormWeightGradient,
  batchStatistics,
  batchNorm,
  batchNormGradient,
  batchNormWeightGradient,
  im2col,
  col2im,
  pictureBias,
  pictureBiasGradient,
  maxPool,
  maxPoolGradient,
  avgPool,
  avgPoolGradient,
  splitHeads,
  mergeHeads,
  attentionSoftmax,
  attentionSoftmaxGradient,
  rotary,
  sinusoid,
  dropout,
  route,
  expertLoad,
  workspace,
  delay,
  plane,
  planeGradient,
  rnn,
  rnnGradient,
  gru,
  gruGradient,
  lstm,
  lstmGradient,
]
