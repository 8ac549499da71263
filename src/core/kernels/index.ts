// The kernels. Everything exported here can be named by an op, an effect or an optimizer.
export * from './attention'
export { batch_norm, batch_norm_gradient, batch_norm_weight_gradient, batch_statistics, follow_statistics } from './batch-norm'
export * from './binary'
export * from './cross-entropy'
export * from './data'
export { dropout } from './dropout'
export * from './elementwise'
export * from './movement'
export * from './mse'
export {
  group_norm,
  group_norm_gradient,
  group_norm_weight_gradient,
  layer_norm,
  layer_norm_gradient,
  layer_norm_weight_gradient,
} from './norm'
export * from './optimizer'
export * from './pair-loss'
export * from './picture'
export { matmul } from './product'
export { packingBytes, usePacking, useWideBlock } from './product-large'
export { usePanel } from './product-small'
export * from './program'
export * from './recurrent'
export { sum } from './reduce'
export * from './scale'
export { shuffle } from './shuffle'
export { log_softmax, log_softmax_gradient, softmax, softmax_gradient } from './softmax'
export { joinCrew } from './threads'
