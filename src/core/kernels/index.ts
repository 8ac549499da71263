// The kernels. Everything exported here can be named by an op, an effect or an optimizer.
export * from './data'
export * from './elementwise'
export * from './optimizer'
export { matmul, usePanel } from './product'
export * from './program'
export { sum } from './reduce'
export { cross_entropy, cross_entropy_both, cross_entropy_gradient, mse, mse_gradient, softmax, softmax_gradient, useScratch } from './softmax'
