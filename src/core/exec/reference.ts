/** The oracle: float64, one op after the other, nothing fused, reused or fast. */
import { opNamed, orderOf } from '../graph/graph.ts'
import { type Node, type Storage, sizeOf } from '../graph/node.ts'
import type { Tensor } from '../ops/op.ts'
import type { Backend, Program, Runnable } from './program.ts'

export class ReferenceBackend implements Backend {
  readonly kind = 'reference'
  private readonly tensors = new Map<Storage, Tensor>()

  load(program: Program): Runnable {
    const order = orderOf(program.roots.map((root) => root.node))
    return {
      run: (steps) => {
        for (let step = 0; step < steps; step++) {
          this.runOnce(program, order)
          if (program.guard !== null && !Number.isFinite(this.tensor(program.guard).data[0])) return step + 1
        }
        return steps
      },
    }
  }

  write(storage: Storage, data: ArrayLike<number>): void {
    this.tensor(storage).data.set(data)
  }

  read(storage: Storage): Float64Array {
    return this.tensor(storage).data
  }

  dispose(): void {
    this.tensors.clear()
  }

  private tensor(storage: Storage): Tensor {
    let tensor = this.tensors.get(storage)
    if (tensor === undefined) {
      const size = sizeOf(storage.shape)
      const data =
        storage.within === undefined
          ? new Float64Array(size)
          : this.tensor(storage.within.storage).data.subarray(storage.within.first, storage.within.first + size)
      tensor = { shape: storage.shape, data }
      this.tensors.set(storage, tensor)
    }
    return tensor
  }

  private runOnce(program: Program, order: readonly Node[]): void {
    for (const effect of program.before) effect.reference((storage) => this.tensor(storage))
    const values = new Map<number, Tensor>()
    const tensorOf = (node: Node): Tensor => {
      const value = values.get(node.id)
      if (value === undefined) throw new Error(`internal: ${node.op} is used before it is computed`)
      return value
    }
    for (const node of order) {
      if (node.storage !== undefined) {
        values.set(node.id, this.tensor(node.storage))
        continue
      }
      const output: Tensor = { shape: node.shape, data: new Float64Array(sizeOf(node.shape)) }
      opNamed(node.op).reference(node.inputs.map(tensorOf), output, node.attributes)
      values.set(node.id, output)
    }
    for (const root of program.roots) this.tensor(root.into).data.set(tensorOf(root.node).data)
    for (const effect of program.after) effect.reference((storage) => this.tensor(storage))
    if (program.cursor !== null) {
      const cursor = this.tensor(program.cursor).data
      cursor[0] = (cursor[0] ?? 0) + program.advanceBy
    }
  }
}
