/**
 * Attention without moving its heads: products read the heads where they lie in the sequence and write them there, instead
 * of copying them into blocks of their own and back. The numbers and their order are the same.
 */
import { opNamed } from '../graph/graph.ts'
import { type Node, sameShape } from '../graph/node.ts'
import { type HeadPlaces, matmulWords, type ProductPlaces } from '../ops/matmul.ts'
import { numberAttribute } from '../ops/op.ts'
import { type Call, onlyUser, type Uses } from './fuse.ts'

/** What becomes of a product: where its sides lie and what it reads and writes. */
interface Rewired {
  readonly sides: [Node, Node]
  readonly places: { a?: HeadPlaces; b?: HeadPlaces; out?: HeadPlaces }
  target: Node
}

/** Products that reach into sequences, and the nodes that need no call of their own any more. */
export interface HeadProducts {
  callOf(product: Node): Call | null
  readonly done: ReadonlySet<number>
}

/** The place of heads in a sequence [rows, steps, width]. */
function placesIn(sequence: Node, part: Node): HeadPlaces {
  const [, steps = 0, width = 0] = sequence.shape
  const [heads, first] = [numberAttribute(part.attributes, 'heads'), numberAttribute(part.attributes, 'first')]
  return { heads, first, sequence: steps * width, head: numberAttribute(part.attributes, 'size'), row: width }
}

const isSameReshape = (node: Node): boolean =>
  node.op === 'reshape' && node.inputs[0] !== undefined && sameShape(node.shape, node.inputs[0].shape)

/** A value without the reshapes that change nothing. */
function bare(node: Node): Node {
  const [source] = node.inputs
  return isSameReshape(node) && source !== undefined ? bare(source) : node
}

/** Who reads a value, looking through reshapes that change nothing. */
function readersOf(node: Node, uses: Uses): readonly Node[] {
  return uses.usersOf(node).flatMap((user) => (isSameReshape(user) ? readersOf(user, uses) : [user]))
}

const isBatched = (node: Node): boolean => node.op === 'matmul' && node.shape.length === 3

class Search {
  readonly done = new Set<number>()
  readonly found = new Map<number, Rewired>()
  private readonly uses: Uses

  constructor(uses: Uses) {
    this.uses = uses
  }

  /** Lets all products that read these heads read the sequence itself. */
  read(split: Node): void {
    const [sequence] = split.inputs
    const readers = readersOf(split, this.uses)
    if (sequence === undefined || this.isSeen(split)) return
    const places = placesIn(sequence, split)
    if (!readers.every((reader) => isBatched(reader) && this.agrees(reader, places.heads))) return
    for (const reader of readers) {
      const wired = this.rewired(reader)
      reader.inputs.forEach((side, index) => {
        if (bare(side) !== split) return
        wired.sides[index === 0 ? 0 : 1] = sequence
        wired.places[index === 0 ? 'a' : 'b'] = places
      })
    }
    this.done.add(split.id)
  }

  /** Lets products write heads into the sequence: one merge that fills it, or several whose sum does. */
  write(merge: Node): void {
    if (this.done.has(merge.id)) return
    let top = merge
    for (let user = this.sumAbove(top); user !== null; user = this.sumAbove(top)) top = user
    const parts = this.partsOf(top)
    const products = parts?.map(({ inputs: [heads] }) => (heads === undefined ? null : this.soleProduct(heads))) ?? []
    if (parts === null || !fillsSequence(parts) || products.some((product) => product === null)) return
    const fits = parts.every((part, index) => {
      const product = products[index]
      return product != null && this.agrees(product, numberAttribute(part.attributes, 'heads'))
    })
    if (!fits || new Set(products).size !== products.length) return
    parts.forEach((part, index) => {
      const product = products[index]
      if (product == null) return
      const wired = this.rewired(product)
      wired.places.out = placesIn(top, part)
      wired.target = top
    })
    this.forget(top)
  }

  private isSeen(node: Node): boolean {
    return this.uses.isRoot(node) || this.uses.usersOf(node).some((user) => isSameReshape(user) && this.isSeen(user))
  }

  private sumAbove(node: Node): Node | null {
    const user = onlyUser(node, this.uses)
    return user !== null && user.op === 'add' && user.inputs.every((side) => this.partsOf(side) !== null) ? user : null
  }

  /** The merges that a value is the sum of; null where it is another sum. */
  private partsOf(node: Node): readonly Node[] | null {
    if (node.op === 'merge_heads') return [node]
    if (node.op !== 'add') return null
    const parts = node.inputs.map((side) => (onlyUser(side, this.uses) === null ? null : this.partsOf(side)))
    return parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? [])
  }

  /** The product that makes these heads for nobody else. */
  private soleProduct(heads: Node): Node | null {
    if (onlyUser(heads, this.uses) === null) return null
    if (isBatched(heads)) return heads
    const [source] = heads.inputs
    return isSameReshape(heads) && source !== undefined ? this.soleProduct(source) : null
  }

  private agrees(product: Node, heads: number): boolean {
    const { a, b, out } = this.found.get(product.id)?.places ?? {}
    return [a, b, out].every((places) => places === undefined || places.heads === heads)
  }

  private rewired(product: Node): Rewired {
    const [a, b] = product.inputs
    if (a === undefined || b === undefined) throw new Error('internal: a product has two sides')
    const wired = this.found.get(product.id) ?? { sides: [a, b], places: {}, target: product }
    this.found.set(product.id, wired)
    return wired
  }

  /** Merges and sums up to the top are made by the products now. */
  private forget(node: Node): void {
    this.done.add(node.id)
    if (node.op === 'add') for (const side of node.inputs) this.forget(side)
  }
}

/** True when the parts lie beside each other in all columns of the sequence. */
function fillsSequence(parts: readonly Node[]): boolean {
  const spans = parts.map(({ attributes }) => {
    const first = numberAttribute(attributes, 'first')
    return { first, end: first + numberAttribute(attributes, 'heads') * numberAttribute(attributes, 'size') }
  })
  spans.sort((a, b) => a.first - b.first)
  let end = 0
  for (const span of spans) {
    if (span.first !== end) return false
    end = span.end
  }
  return end === parts[0]?.shape.at(-1)
}

function callFor(product: Node, { sides: [a, b], places, target }: Rewired): Call {
  const after = (at: number, side?: HeadPlaces): number => at + 4 * (side?.first ?? 0)
  const wiring: ProductPlaces = places
  return {
    kernel: 'matmul',
    inputs: [a, b],
    outputs: [target],
    flops: opNamed(product.op).flops(product),
    words: (at) => [
      ...[after(at(a), places.a), after(at(b), places.b), after(at(target), places.out)],
      ...matmulWords(product, wiring),
      ...[0, 0],
    ],
  }
}

/** Finds the products of a program that can work on heads in their places. */
export function headProducts(order: readonly Node[], uses: Uses): HeadProducts {
  const search = new Search(uses)
  for (const node of order) if (node.op === 'split_heads') search.read(node)
  for (const node of order) if (node.op === 'merge_heads') search.write(node)
  return {
    done: search.done,
    callOf(product) {
      const wired = search.found.get(product.id)
      return wired === undefined ? null : callFor(product, wired)
    },
  }
}
