/** Decides once what a step does: the order of kernel calls, what is fused, where every value lies. */
import { opNamed, orderOf } from '../graph/graph.ts'
import { type Node, type Storage, sizeOf } from '../graph/node.ts'
import { type Call, fuseLoss, fuseProduct, type Uses } from './fuse.ts'
import { type HeadProducts, headProducts } from './heads.ts'
import type { Program } from './program.ts'

/** Switches for tests and for finding faults: the results are the same bits either way. */
export interface PlanOptions {
  readonly fuse: boolean
  readonly reuse: boolean
}

export const bestPlan: PlanOptions = { fuse: true, reuse: true }

/** Where a value lies: in a storage, or so many bytes into the program's scratch memory. */
export type Place =
  | { readonly kind: 'storage'; readonly storage: Storage }
  | { readonly kind: 'scratch'; readonly offset: number }

export interface Plan {
  readonly calls: readonly Call[]
  placeOf(node: Node): Place
  readonly scratchBytes: number
}

const alignment = 64
const bytesOf = (node: Node): number => Math.ceil((sizeOf(node.shape) * 4) / alignment) * alignment

/** The node whose memory this one shares: itself, or the source of a chain of reshapes. */
function ownerOf(node: Node): Node {
  const source = node.inputs[0]
  return node.op !== 'storage' && source !== undefined && opNamed(node.op).kernel === 'alias' ? ownerOf(source) : node
}

function usesOf(order: readonly Node[], program: Program): Uses {
  const users = new Map<number, Node[]>()
  for (const node of order) {
    for (const input of node.inputs) users.set(input.id, [...(users.get(input.id) ?? []), node])
  }
  const roots = new Set(program.roots.map((root) => root.node.id))
  return { usersOf: (node) => users.get(node.id) ?? [], isRoot: (node) => roots.has(node.id) }
}

function plainCall(node: Node): Call | null {
  const { kernel, flops } = opNamed(node.op)
  if (kernel === 'alias') return null
  return {
    kernel: kernel.name,
    inputs: node.inputs,
    outputs: [node],
    flops: flops(node),
    words: (at) => kernel.arguments(node, at),
  }
}

/** Kernel calls in an order in which every value is computed before it is read. */
function callsOf(order: readonly Node[], uses: Uses, fuse: boolean): Call[] {
  const calls: Call[] = []
  const heads: HeadProducts = fuse ? headProducts(order, uses) : { done: new Set(), callOf: () => null }
  const done = new Set<number>(heads.done)
  for (const node of order) {
    if (node.op === 'storage' || done.has(node.id)) continue
    let call = heads.callOf(node)
    if (call === null && fuse && node.op === 'matmul') {
      call = fuseProduct(node, uses)
      if (call !== null) for (const user of chain(node, call, uses)) done.add(user.id)
    } else if (fuse && node.op === 'cross_entropy') {
      const both = fuseLoss(node, uses)
      call = both?.call ?? null
      if (both !== null) done.add(both.gradient.id)
    }
    call ??= plainCall(node)
    if (call !== null) calls.push(call)
  }
  return calls
}

/** Nodes between a product and the last node of its fused call. */
function chain(product: Node, call: Call, uses: Uses): Node[] {
  const nodes: Node[] = []
  for (let node: Node | undefined = product; node !== undefined && node !== call.outputs[0]; ) {
    node = uses.usersOf(node)[0]
    if (node !== undefined) nodes.push(node)
  }
  return nodes
}

/** Free stretches of scratch memory; takes the first that fits. */
class Arena {
  size = 0
  private free: { offset: number; bytes: number }[] = []

  take(bytes: number): number {
    const index = this.free.findIndex((gap) => gap.bytes >= bytes)
    const gap = this.free[index]
    if (gap === undefined) {
      const offset = this.size
      this.size += bytes
      return offset
    }
    if (gap.bytes === bytes) this.free.splice(index, 1)
    else this.free[index] = { offset: gap.offset + bytes, bytes: gap.bytes - bytes }
    return gap.offset
  }

  give(offset: number, bytes: number): void {
    this.free.push({ offset, bytes })
    this.free.sort((a, b) => a.offset - b.offset)
    const joined: { offset: number; bytes: number }[] = []
    for (const gap of this.free) {
      const last = joined.at(-1)
      if (last !== undefined && last.offset + last.bytes === gap.offset) last.bytes += gap.bytes
      else joined.push({ ...gap })
    }
    this.free = joined
  }
}

/** Plans a program. Throws where a result would overwrite what the same program still reads. */
export function planOf(program: Program, options: PlanOptions): Plan {
  const order = orderOf(program.roots.map((root) => root.node))
  const calls = callsOf(order, usesOf(order, program), options.fuse)
  const places = new Map<number, Place>()
  for (const node of order) {
    if (node.storage !== undefined) places.set(node.id, { kind: 'storage', storage: node.storage })
  }
  const copies: Call[] = []
  for (const { node, into } of program.roots) {
    const owner = ownerOf(node)
    if (places.has(owner.id)) copies.push(copyCall(owner, into))
    else places.set(owner.id, { kind: 'storage', storage: into })
  }
  const scratchBytes = placeScratch([...calls, ...copies], places, options.reuse)
  const placeOf = (node: Node): Place => {
    const place = places.get(ownerOf(node).id)
    if (place === undefined) throw new Error(`internal: ${node.op} has no place`)
    return place
  }
  return { calls: [...calls, ...copies], placeOf, scratchBytes }
}

/** A root that shares its memory with another is copied at the end; the target is a leaf of its own. */
function copyCall(owner: Node, into: Storage): Call {
  const target: Node = { id: -1, op: 'storage', inputs: [], attributes: {}, shape: into.shape, storage: into }
  return {
    kernel: 'copy',
    inputs: [owner],
    outputs: [target],
    flops: 0,
    words: (at) => [at(owner), at(target), sizeOf(into.shape)],
  }
}

/** Gives every value without a place one in the scratch memory, for as long as it is read; returns its size. */
function placeScratch(calls: readonly Call[], places: Map<number, Place>, reuse: boolean): number {
  const lastUse = new Map<number, number>()
  calls.forEach((call, index) => {
    for (const node of [...call.inputs, ...call.outputs]) lastUse.set(ownerOf(node).id, index)
  })
  const arena = new Arena()
  const live = new Map<number, { offset: number; bytes: number }>()
  calls.forEach((call, index) => {
    for (const node of call.outputs) {
      const owner = ownerOf(node)
      if (owner.storage !== undefined || places.has(owner.id)) continue
      const bytes = bytesOf(owner)
      const offset = arena.take(bytes)
      places.set(owner.id, { kind: 'scratch', offset })
      live.set(owner.id, { offset, bytes })
    }
    if (!reuse) return
    for (const [id, { offset, bytes }] of live) {
      if (lastUse.get(id) !== index) continue
      arena.give(offset, bytes)
      live.delete(id)
    }
  })
  return arena.size
}
