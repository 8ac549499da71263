/**
 * Joins nodes into one kernel call where the kernel does the same arithmetic in the same order: the bits do not change.
 *
 * - product, bias, activation: the sum stays in the cache between the three
 * - loss and gradient of cross-entropy: the exponentials are computed once
 */
import { opNamed } from '../graph/graph.ts'
import type { Node } from '../graph/node.ts'
import { sizeOf } from '../graph/node.ts'
import { crossEntropyWords } from '../ops/cross-entropy.ts'
import { matmulWords } from '../ops/matmul.ts'
import type { AddressOf } from '../ops/op.ts'

/** Activations that the product's kernel knows, by number (kernels/product.ts). */
const activationNumbers: Readonly<Record<string, number>> = { relu: 1, sigmoid: 2, tanh: 3 }

/** One kernel call: reads `inputs`, writes `outputs`. */
export interface Call {
  readonly kernel: string
  readonly inputs: readonly Node[]
  readonly outputs: readonly Node[]
  readonly flops: number
  words(at: AddressOf): readonly number[]
}

/** What the search for a partner needs to know of the whole program. */
export interface Uses {
  /** Nodes that read this one. */
  usersOf(node: Node): readonly Node[]
  /** True when someone outside the graph reads this value. */
  isRoot(node: Node): boolean
}

/** The only user of a value that nobody else needs. */
export function onlyUser(node: Node, uses: Uses): Node | null {
  const users = uses.usersOf(node)
  return users.length === 1 && !uses.isRoot(node) ? (users[0] ?? null) : null
}

/** The longest fused call that begins with this product, or null. */
export function fuseProduct(product: Node, uses: Uses): Call | null {
  const sum = onlyUser(product, uses)
  const bias = sum?.inputs[1]
  if (sum === null || bias === undefined || sum.op !== 'add' || sum.inputs[0] !== product) return null
  if (bias.shape.length !== 1 || bias.shape[0] !== product.shape.at(-1)) return null
  const user = onlyUser(sum, uses)
  const activation = user === null ? undefined : activationNumbers[user.op]
  const last = user !== null && activation !== undefined ? user : sum
  const [a, b] = product.inputs
  if (a === undefined || b === undefined || bias.id > product.id) return null
  return {
    kernel: 'matmul',
    inputs: [a, b, bias],
    flops: opNamed(product.op).flops(product),
    outputs: [last],
    words: (at) => [at(a), at(b), at(last), ...matmulWords(product), at(bias), activation ?? 0],
  }
}

/** Loss and gradient in one call, when both are wanted. */
export function fuseLoss(loss: Node, uses: Uses): { readonly call: Call; readonly gradient: Node } | null {
  const [logits, targets] = loss.inputs
  if (logits === undefined || targets === undefined) return null
  const gradient = uses
    .usersOf(logits)
    .find((user) => user.op === 'cross_entropy_gradient' && user.inputs[1] === targets)
  const upstream = gradient?.inputs[2]
  if (gradient === undefined || upstream?.storage === undefined || sizeOf(upstream.shape) !== 1) return null
  return {
    gradient,
    call: {
      kernel: 'cross_entropy_both',
      inputs: [logits, targets, upstream],
      flops: opNamed(loss.op).flops(loss),
      outputs: [gradient, loss],
      words: (at) => [at(logits), at(targets), at(upstream), at(gradient), ...crossEntropyWords(loss), at(loss)],
    },
  }
}
