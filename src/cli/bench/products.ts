/** Times the matrix product alone: square, one after the other, in the three forms that training uses. */
import { type Kernels, WasmBackend } from '../../core/exec/wasm.ts'
import { Graph } from '../../core/graph/graph.ts'
import type { Storage } from '../../core/graph/node.ts'

export interface ProductMeasurement {
  readonly case: string
  readonly gflops: number
}

const sides = [96, 192, 384, 768] as const
const loops = 8
/** Operations of one loop: enough to time, short enough to repeat. */
const loopFlops = 2e8
/** The engine makes its fast code and the threads join in this time. */
const warmUpMs = 200

/** Billions of floating-point operations a second of `[n, n] x [n, n]^T`, best of eight loops. */
export function measureProducts(kernels: Kernels): readonly ProductMeasurement[] {
  return sides.map((n) => {
    const backend = new WasmBackend(kernels)
    const graph = new Graph()
    const storage = (name: string): Storage => ({ name, shape: [n, n] })
    const [a, b, out] = [storage('a'), storage('b'), storage('out')]
    const values = Float32Array.from({ length: n * n }, (_, index) => (index % 89) / 89 - 0.5)
    backend.write(a, values)
    backend.write(b, values)
    const node = graph.apply('matmul', [graph.leaf(a), graph.leaf(b)], { transposeB: true })
    const runnable = backend.load({
      before: [],
      roots: [{ node, into: out }],
      after: [],
      cursor: null,
      advanceBy: 0,
      guard: null,
    })
    const flops = 2 * n ** 3
    const runs = Math.max(1, Math.floor(loopFlops / flops))
    for (const start = performance.now(); performance.now() - start < warmUpMs; ) runnable.run(1)
    let best = Number.POSITIVE_INFINITY
    for (let loop = 0; loop < loops; loop++) {
      const start = performance.now()
      runnable.run(runs)
      best = Math.min(best, (performance.now() - start) / runs)
    }
    backend.dispose()
    return { case: `product-${n}`, gflops: Math.round(flops / best / 1e5) / 10 }
  })
}
