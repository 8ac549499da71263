/**
 * Chooses between two builds of the same kernels at start: the plain one, and one that the engine may join into 256-bit
 * operations. The joined one is used only where its bits are the same and it is faster.
 */
import { Graph } from '../graph/graph.ts'
import type { Storage } from '../graph/node.ts'
import { Fault, type FaultRecord, faultRecord } from '../spec/index.ts'
import type { Runnable } from './program.ts'
import { type Kernels, WasmBackend } from './wasm.ts'

/** Sides of the products that are compared: every path and remainder of the register blocks. */
const battery = [
  [1, 1, 1],
  [10, 4, 2],
  [5, 9, 7],
  [6, 16, 256],
  [13, 35, 67],
  [33, 49, 300],
  [64, 64, 64],
] as const

/** The product that is timed: [160, 160] x [160, 160], 8 million operations. */
const timedSide = 160
/** Runs before timing, for the engine to make its fast code, and runs that are timed. */
const warmUps = 40
const timedRuns = 100

interface Product {
  readonly runnable: Runnable
  result(): Float32Array
}

/** `tanh(A B^T)` of fixed numbers. */
function productOn(backend: WasmBackend, rows: number, columns: number, depth: number): Product {
  const graph = new Graph()
  const storage = (name: string, shape: readonly number[]): Storage => ({ name, shape })
  const [a, b, out] = [storage('a', [rows, depth]), storage('b', [columns, depth]), storage('out', [rows, columns])]
  const numbers = (count: number, step: number): Float32Array =>
    Float32Array.from({ length: count }, (_, index) => ((index * step) % 97) / 97 - 0.5)
  backend.write(a, numbers(rows * depth, 37))
  backend.write(b, numbers(columns * depth, 61))
  const product = graph.apply('matmul', [graph.leaf(a), graph.leaf(b)], { transposeB: true })
  const root = { node: graph.apply('tanh', [product]), into: out }
  const program = { before: [], roots: [root], after: [], cursor: null, advanceBy: 0, guard: null }
  return { runnable: backend.load(program), result: () => backend.read(out) }
}

/** True when both give the same bits over the battery. */
export function kernelsAgree(first: Kernels, second: Kernels): boolean {
  const [one, two] = [new WasmBackend(first), new WasmBackend(second)]
  return battery.every(([rows, columns, depth]) => {
    const [x, y] = [one, two].map((backend) => {
      const product = productOn(backend, rows, columns, depth)
      product.runnable.run(1)
      return product.result()
    })
    const bits = (values: Float32Array | undefined): Int32Array =>
      values === undefined ? new Int32Array() : new Int32Array(values.buffer, values.byteOffset, values.length)
    const [left, right] = [bits(x), bits(y)]
    return left.length === right.length && left.every((value, index) => value === right[index])
  })
}

/** What to tell the user where multiply-add rounds twice, `KERNEL-002`; null where the bits are those of every computer. */
export function roundingWarning(kernels: Kernels): FaultRecord | null {
  const backend = new WasmBackend({ ...kernels, crew: null })
  return backend.bitsAreStandard ? null : faultRecord(new Fault('KERNEL-002'))
}

/** Shortest time of one large product; `now` is the host's clock, any unit. */
export function timeOf(kernels: Kernels, now: () => number): number {
  const { runnable } = productOn(new WasmBackend(kernels), timedSide, timedSide, timedSide)
  runnable.run(warmUps)
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < timedRuns; run++) {
    const start = now()
    runnable.run(1)
    best = Math.min(best, now() - start)
  }
  return best
}
