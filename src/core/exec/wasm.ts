/** The fast backend: plans a program into instructions in WebAssembly memory; one call runs any number of steps. */
import { type Node, type Storage, sizeOf } from '../graph/node.ts'
import { Fault } from '../spec/index.ts'
import type { Crew, CrewPlace } from './crew.ts'
import type { Call } from './fuse.ts'
import { memoryFault, mostBytes } from './memory.ts'
import { bestPlan, type Plan, type PlanOptions, planOf } from './plan.ts'
import type { Backend, Effect, Program, Runnable } from './program.ts'

/** The compiled kernels; one module serves any number of backends and can be sent to other threads. */
export interface Kernels {
  readonly module: WebAssembly.Module
  /** True where the engine joins pairs of vectors, so that the wide register block of the product is the fast one. */
  readonly isWide: boolean
  /** Threads that the host lends for large work; the bits are the same without. */
  readonly crew: Crew | null
}

/** Compiles the kernels' bytes. Throws `KERNEL-001` where the engine lacks relaxed SIMD. */
export function compileKernels(bytes: BufferSource, isWide = false, crew: Crew | null = null): Kernels {
  try {
    return { module: new WebAssembly.Module(bytes), isWide, crew }
  } catch (error) {
    throw new Fault('KERNEL-001', { detail: error instanceof Error ? error.message : String(error) })
  }
}

const pageBytes = 65536
const firstPages = 64
const mostPages = mostBytes / pageBytes
const panelBytes = 256 * 8 * 4
const rowScratchBytes = 65536 * 4

type NumberFunction = (...words: number[]) => number

/** A typed look at the module's exports, checked once. */
class Exports {
  private readonly exports: WebAssembly.Exports
  private readonly places: ReadonlyMap<string, number>

  constructor(exports: WebAssembly.Exports) {
    this.exports = exports
    this.places = this.fillTable()
  }

  call(name: string): NumberFunction {
    const value = this.exports[name]
    if (typeof value !== 'function') throw new Error(`internal: no kernel ${name}`)
    return value as NumberFunction
  }

  /** Place of a kernel in the table of indirect calls. */
  placeOf(name: string): number {
    const place = this.places.get(name)
    if (place === undefined) throw new Error(`internal: no kernel ${name}`)
    return place
  }

  /** Every function in the order of names: the same places in every thread. */
  private fillTable(): ReadonlyMap<string, number> {
    const { table } = this.exports
    if (!(table instanceof WebAssembly.Table)) throw new Error('internal: the kernels export no table')
    const names = Object.keys(this.exports).filter((name) => typeof this.exports[name] === 'function')
    const first = table.grow(names.length)
    return new Map(
      names.sort().map((name, index) => {
        table.set(first + index, this.call(name))
        return [name, first + index]
      }),
    )
  }
}

/** Activations that threads share, forward and back. */
const sharedActivations: readonly string[] = [
  ...['sigmoid', 'tanh', 'elu', 'gelu', 'gelu_tanh', 'silu', 'mish', 'softplus', 'sine', 'relu', 'leaky_relu'],
]

/** Kernels that threads share, when an instruction is worth it. */
const sharedKernels: ReadonlySet<string> = new Set([
  ...[
    'matmul',
    'sum',
    'add',
    'mul',
    'attention_softmax',
    'attention_softmax_gradient',
    'max_pool',
    'max_pool_gradient',
  ],
  ...['layer_norm', 'layer_norm_gradient', 'layer_norm_weight_gradient'],
  ...sharedActivations.flatMap((name) => [name, `${name}_gradient`]),
  ...['sgd', 'momentum', 'nesterov', 'rmsprop', 'adagrad', 'adadelta', 'adam', 'adamw', 'adamax'],
])
/** Floating-point operations from which sharing pays for the two meetings around an instruction (about 1 microsecond). */
const sharedFrom = 200_000
/** The same for updates, which are bound by memory: half of the parameters then lie in another core's cache. */
const sharedUpdateFrom = 500_000

/** Numbers that a call writes: moving them counts like computing them. */
const numbersOf = ({ outputs }: Call): number => outputs.reduce((total, { shape }) => total + sizeOf(shape), 0)

/** Two words where threads meet, on a cache line of their own. */
const meetingBytes = 64
/** A job's words (kernels/program.ts). */
const jobBytes = 64

export class WasmBackend implements Backend {
  readonly kind = 'wasm'
  private readonly memory: WebAssembly.Memory
  private readonly exports: Exports
  private readonly options: PlanOptions
  private readonly addresses = new Map<Storage, number>()
  /** A look at each storage that was read or written. Memory that grows moves nothing, so the looks stay good. */
  private readonly views = new Map<Storage, Float32Array>()
  private next: number
  private scratch = { at: 0, bytes: 0 }
  private buffer: ArrayBufferLike

  private readonly job: number

  constructor(kernels: Kernels, options: PlanOptions = bestPlan) {
    this.memory = new WebAssembly.Memory({ initial: firstPages, maximum: mostPages, shared: true })
    const instance = new WebAssembly.Instance(kernels.module, { env: { memory: this.memory } })
    this.exports = new Exports(instance.exports)
    this.options = options
    this.buffer = this.memory.buffer
    this.next = Math.ceil(this.exports.call('heapBase')() / 64) * 64
    const meeting = this.allocate(meetingBytes)
    this.job = this.allocate(jobBytes)
    const { crew } = kernels
    const size = crew?.size ?? 1
    const packingBytes = this.exports.call('packingBytes')()
    for (let place = 0; place < size; place++) {
      const packing = this.allocate(packingBytes)
      const panel = this.allocate(panelBytes)
      const scratch = this.allocate(rowScratchBytes)
      if (place === 0) this.takeFirstPlace({ packing, panel, scratch, meeting, isWide: kernels.isWide, size })
      else {
        const { module, isWide } = kernels
        crew?.start({
          module,
          memory: this.memory,
          isWide,
          place,
          size,
          meeting,
          job: this.job,
          packing,
          panel,
          scratch,
        })
      }
    }
  }

  private takeFirstPlace(at: Pick<CrewPlace, 'packing' | 'panel' | 'scratch' | 'meeting' | 'isWide' | 'size'>): void {
    this.exports.call('usePacking')(at.packing)
    this.exports.call('usePanel')(at.panel)
    this.exports.call('useScratch')(at.scratch)
    this.exports.call('useWideBlock')(at.isWide ? 1 : 0)
    this.exports.call('joinCrew')(0, at.size, at.meeting)
  }

  /** True where relaxed multiply-add rounds once, so that the bits are those of every other computer. */
  get bitsAreStandard(): boolean {
    return this.exports.call('multiplyAddIsFused')() === 1
  }

  /** Bytes of memory in use. */
  get bytes(): number {
    return this.next
  }

  load(program: Program): Runnable {
    const plan = planOf(program, this.options)
    const { words, shared } = this.wordsOf(program, plan)
    const start = this.allocate(words.length * 4)
    new Int32Array(this.buffer, start, words.length).set(words)
    const end = start + words.length * 4
    const cursor = program.cursor === null ? 0 : this.addressOf(program.cursor)
    const guard = program.guard === null ? 0 : this.addressOf(program.guard)
    const { advanceBy } = program
    if (!shared) {
      const run = this.exports.call('run')
      return { run: (steps) => run(start, end, steps, cursor, advanceBy, guard) }
    }
    const lead = this.exports.call('lead')
    return { run: (steps) => lead(this.job, start, end, steps, cursor, advanceBy, guard) }
  }

  write(storage: Storage, data: ArrayLike<number>): void {
    const view = this.read(storage)
    if (data.length > view.length) {
      throw new RangeError(`write: ${storage.name} holds ${view.length} numbers, got ${data.length}`)
    }
    view.set(data)
  }

  read(storage: Storage): Float32Array {
    let view = this.views.get(storage)
    if (view === undefined) {
      const at = this.addressOf(storage)
      view = new Float32Array(this.buffer, at, sizeOf(storage.shape))
      this.views.set(storage, view)
    }
    return view
  }

  dispose(): void {
    this.exports.call('dismiss')(this.job)
    this.addresses.clear()
    this.views.clear()
  }

  private wordsOf(program: Program, plan: Plan): { words: readonly number[]; shared: boolean } {
    const scratch = this.scratchOf(plan.scratchBytes)
    const at = (node: Node): number => {
      const place =
        node.storage === undefined ? plan.placeOf(node) : { kind: 'storage' as const, storage: node.storage }
      return place.kind === 'storage' ? this.addressOf(place.storage) : scratch + place.offset
    }
    const words: number[] = []
    let shared = false
    const instruct = (kernel: string, list: readonly number[], isLarge: boolean): void => {
      const isShared = isLarge && sharedKernels.has(kernel)
      shared ||= isShared
      words.push(this.exports.placeOf(kernel), list.length, isShared ? 1 : 0, ...list)
    }
    const effect = (effect: Effect): void =>
      instruct(
        effect.kernel.name,
        effect.kernel.arguments((storage) => this.addressOf(storage)),
        effect.flops >= sharedUpdateFrom,
      )
    program.before.forEach(effect)
    for (const call of plan.calls) {
      instruct(call.kernel, call.words(at), Math.max(call.flops, numbersOf(call)) >= sharedFrom)
    }
    program.after.forEach(effect)
    return { words, shared }
  }

  private addressOf(storage: Storage): number {
    if (storage.within !== undefined) return this.addressOf(storage.within.storage) + storage.within.first * 4
    let at = this.addresses.get(storage)
    if (at === undefined) {
      at = this.allocate(Math.max(1, sizeOf(storage.shape)) * 4)
      this.addresses.set(storage, at)
    }
    return at
  }

  /** Programs run one at a time, so they share one scratch memory as long as it is large enough. */
  private scratchOf(bytes: number): number {
    if (this.scratch.bytes < bytes) this.scratch = { at: this.allocate(bytes), bytes }
    return this.scratch.at
  }

  /** Throws `MEMORY-001` when the computer has no more to give. */
  private allocate(bytes: number): number {
    const at = this.next
    const end = Math.ceil((at + bytes) / 64) * 64
    const missing = Math.ceil((end - this.buffer.byteLength) / pageBytes)
    if (missing > 0) {
      try {
        this.memory.grow(missing)
      } catch {
        throw memoryFault(end, this.buffer.byteLength)
      }
      this.buffer = this.memory.buffer
    }
    this.next = end
    return at
  }
}
