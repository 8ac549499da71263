/** All runs of a worker and the loop that drives them: train a slice, apply edits, send frames, let messages in. */
import { randomUUID } from 'node:crypto'
import { roundingWarning } from '../../core/exec/self-test.ts'
import type { Kernels } from '../../core/exec/wasm.ts'
import { readModel, writeModel } from '../../core/io/model.ts'
import { acceptRecipe, Fault, type FaultRecord } from '../../core/spec/index.ts'
import { Session } from '../../core/train/session.ts'
import type { Lens, RunInfo } from '../../shared/protocol.ts'
import { forkOf, Pairs } from './fork.ts'
import type { FromWorker } from './messages.ts'
import { createWatcher, packFor, type Watcher } from './packing.ts'
import { datasetOf, Run, type RunState } from './run.ts'
import { keepTableOf } from './tables.ts'

/** Training between two looks at the messages; all playing runs share it. */
const SLICE_MS = 6
const MIN_SLICE_MS = 0.5
/** Frames to one watcher are at least this far apart: sixty a second. */
const FRAME_MS = 15
/** While a run trains, packing its frames takes at most one part in this many of the time. */
const PACK_SHARE = 12
const SNAPSHOT_MS = 1000
/** More runs than a page shows; the one unused longest makes room. */
const MAX_RUNS = 32

interface PendingEdit {
  value: unknown
  readonly waiting: { resolve(info: RunInfo): void; reject(error: unknown): void }[]
}

interface Room {
  readonly run: Run
  readonly watchers: Map<string, Watcher>
  /** Edits by path, applied between steps once a frame; a later one takes an earlier one's place. */
  readonly edits: Map<string, PendingEdit>
  editedAt: number
  usedAt: number
  savedRevision: number
  savedAt: number
}

export type Post = (message: FromWorker, transfer?: readonly ArrayBuffer[]) => void

export class Trainer {
  readonly #kernels: Kernels
  readonly #post: Post
  readonly #rooms = new Map<string, Room>()
  readonly #pairs = new Pairs()
  #warning: FaultRecord | null
  #immediate: NodeJS.Immediate | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(kernels: Kernels, post: Post) {
    this.#kernels = kernels
    this.#post = post
    this.#warning = roundingWarning(kernels)
  }

  get training(): boolean {
    return [...this.#rooms.values()].some(({ run }) => run.playing)
  }

  create(recipe: unknown): Run {
    const accepted = acceptRecipe(recipe)
    return this.#add(new Run(randomUUID(), Session.create(accepted, datasetOf(accepted), this.#kernels)))
  }

  /** Opens a model's bytes as a new run; `file` is the library's id for them. */
  open(bytes: Uint8Array, file: string | null): Run {
    const state = readModel(bytes)
    keepTableOf(state)
    const run = new Run(randomUUID(), Session.restore(state, datasetOf(state.recipe), this.#kernels))
    run.file = file
    return this.#add(run)
  }

  /** A fork of a run with one value changed. Throws the `Fault` of the edit and makes nothing where it is refused. */
  fork(id: string, step: number | null, path: string | null, value: unknown): Run {
    const run = this.run(id)
    const fork = forkOf(run, randomUUID(), step, this.#kernels)
    try {
      if (path !== null) fork.edit(path, value, performance.now())
    } catch (error) {
      fork.dispose()
      throw error
    }
    run.lookAt(null)
    this.#pairs.join(run.id, fork.id)
    return this.#add(fork)
  }

  write(id: string): Uint8Array<ArrayBuffer> {
    return new Uint8Array(writeModel(this.run(id).session.snapshot()))
  }

  /** Goes on with the runs of a worker that ended, as far as they can be restored. */
  restore(saved: readonly RunState[]): RunInfo[] {
    return saved.map((state) => this.#add(Run.restore(state, this.#kernels)).info())
  }

  /** The run of this id with all edits made so far; faults `RUN-001` where it is closed. */
  run(id: string): Run {
    const room = this.#room(id)
    this.#applyEdits(room)
    room.usedAt = performance.now()
    this.wake()
    return room.run
  }

  /** Pauses a run and the one that trains abreast of it, in one moment, so that neither goes on alone. */
  pause(id: string): void {
    this.run(id).pause()
    const playing = [...this.#rooms.values()].map(({ run }) => run).filter((run) => run.playing)
    this.#pairs.partner(id, playing)?.pause()
  }

  /** Pauses a run that nobody looks at for a while, and ends its redo where it is `settled`; it is shown anew later. */
  rest(id: string, settled: boolean): void {
    this.pause(id)
    const { watchers, run } = this.#room(id)
    if (settled) run.edits.settle()
    for (const { client, lens, credit } of watchers.values()) {
      watchers.set(client, { ...createWatcher(client, lens), credit })
    }
  }

  edit(id: string, path: string, value: unknown): Promise<RunInfo> {
    const { edits } = this.#room(id)
    const pending = edits.get(path) ?? { value, waiting: [] }
    pending.value = value
    edits.set(path, pending)
    this.wake()
    return new Promise((resolve, reject) => pending.waiting.push({ resolve, reject }))
  }

  /** Tells everyone that the recipe or shape of a run changed. */
  announce(run: Run): RunInfo {
    const info = run.info()
    this.#post({ kind: 'event', event: { kind: 'run-changed', info } })
    return info
  }

  close(id: string): void {
    const room = this.#room(id)
    this.#rooms.delete(id)
    for (const { waiting } of room.edits.values()) {
      for (const { reject } of waiting) reject(new Fault('RUN-001', { run: id }))
    }
    room.run.dispose()
    this.#pairs.part(id)
    this.#post({ kind: 'closed', run: id })
  }

  /** Gives a credit. A run that is closed by now needs no answer: the page's calls say so. */
  watch(client: string, id: string, lens: Lens): void {
    const room = this.#rooms.get(id)
    if (room === undefined) return
    const watcher = room.watchers.get(client) ?? createWatcher(client, lens)
    room.watchers.set(client, watcher)
    if (JSON.stringify(watcher.lens) !== JSON.stringify(lens)) watcher.fresh = true
    watcher.lens = lens
    watcher.credit = true
    room.usedAt = performance.now()
    this.wake()
  }

  leave(client: string): void {
    for (const { watchers } of this.#rooms.values()) watchers.delete(client)
  }

  /** Has the loop look at everything once messages that wait are in. */
  wake(): void {
    this.#immediate ??= setImmediate(() => {
      this.#immediate = null
      this.#turn()
    })
  }

  #room(id: string): Room {
    const room = this.#rooms.get(id)
    if (room === undefined) throw new Fault('RUN-001', { run: id })
    return room
  }

  #add(run: Run): Run {
    const idle = [...this.#rooms.values()].filter((room) => !room.run.playing).sort((a, b) => a.usedAt - b.usedAt)
    const oldest = idle[0]
    if (this.#rooms.size >= MAX_RUNS && oldest !== undefined) this.close(oldest.run.id)
    const past = { editedAt: Number.NEGATIVE_INFINITY, savedAt: Number.NEGATIVE_INFINITY, savedRevision: 0 }
    this.#warn()
    this.#rooms.set(run.id, { run, watchers: new Map(), edits: new Map(), usedAt: performance.now(), ...past })
    this.wake()
    return run
  }

  /** Says once, when somebody trains, that this computer's bits are its own. */
  #warn(): void {
    if (this.#warning !== null) this.#post({ kind: 'event', event: { kind: 'warning', fault: this.#warning } })
    this.#warning = null
  }

  #turn(): void {
    const rooms = [...this.#rooms.values()]
    const playing = rooms.filter(({ run }) => run.playing)
    const now = performance.now()
    for (const room of rooms) if (now - room.editedAt >= FRAME_MS) this.#applyEdits(room)
    // A slice ends when a frame is due, so that frames come as evenly as screens draw them.
    const sliceMs = Math.min(SLICE_MS, Math.max(MIN_SLICE_MS, this.#nextFrameAt(rooms) - now))
    const trained = playing.map(({ run }) => run)
    for (const run of trained) {
      run.advance(sliceMs / trained.length, this.#pairs.room(run, trained))
      this.#tellEnd(run)
    }
    for (const room of rooms) {
      this.#sendFrames(room)
      this.#sendSnapshot(room)
    }
    this.#schedule(rooms)
  }

  #tellEnd({ id, playing, status }: Run): void {
    if (playing || (status !== 'finished' && status !== 'diverged')) return
    this.#post({ kind: 'event', event: { kind: 'run-ended', run: id, status } })
  }

  #applyEdits(room: Room): void {
    if (room.edits.size === 0) return
    const now = performance.now()
    room.editedAt = now
    const { run } = room
    const { version } = run
    const due = [...room.edits]
    room.edits.clear()
    for (const [path, { value, waiting }] of due) {
      try {
        run.edit(path, value, now)
        const info = run.info()
        for (const { resolve } of waiting) resolve(info)
      } catch (error) {
        for (const { reject } of waiting) reject(error)
      }
    }
    if (run.version !== version) this.announce(run)
  }

  /** When the next frame may go to a watcher; infinity when it has no credit or has seen all. */
  #frameDueAt({ run }: Room, watcher: Watcher): number {
    if (!watcher.credit) return Number.POSITIVE_INFINITY
    if (watcher.fresh) return 0
    if (watcher.sentRevision === run.revision) return Number.POSITIVE_INFINITY
    return watcher.sentAt + (run.playing ? Math.max(FRAME_MS, PACK_SHARE * watcher.packMs) : FRAME_MS)
  }

  #nextFrameAt(rooms: readonly Room[]): number {
    let dueAt = Number.POSITIVE_INFINITY
    for (const room of rooms) {
      for (const watcher of room.watchers.values()) dueAt = Math.min(dueAt, this.#frameDueAt(room, watcher))
    }
    return dueAt
  }

  #sendFrames(room: Room): void {
    for (const watcher of room.watchers.values()) {
      const now = performance.now()
      if (this.#frameDueAt(room, watcher) > now) continue
      const frame = packFor(room.run, watcher, now)
      this.#post({ kind: 'frame', client: watcher.client, run: room.run.id, frame }, [frame])
    }
  }

  #sendSnapshot(room: Room): void {
    const { run } = room
    const now = performance.now()
    if (room.savedRevision === run.revision || now - room.savedAt < SNAPSHOT_MS) return
    room.savedRevision = run.revision
    room.savedAt = now
    const saved = run.save()
    const buffers = [...saved.session.tensors.values()].map(({ data }) => data.buffer)
    const transfer = new Set([...buffers, saved.curve.buffer].filter((buffer) => buffer instanceof ArrayBuffer))
    this.#post({ kind: 'snapshot', run: run.id, saved }, [...transfer])
  }

  /** Turns again at once while something trains, else when the next thing is due. */
  #schedule(rooms: readonly Room[]): void {
    let dueAt = this.#nextFrameAt(rooms)
    const playing = rooms.flatMap(({ run }) => (run.playing ? [run] : []))
    for (const { run, edits, savedRevision, savedAt, editedAt } of rooms) {
      const waits = run.playing && this.#pairs.room(run, playing) === 0
      if (run.playing && !waits) dueAt = Math.min(dueAt, run.pace.dueAt)
      if (edits.size > 0) dueAt = Math.min(dueAt, editedAt + FRAME_MS)
      if (savedRevision !== run.revision) dueAt = Math.min(dueAt, savedAt + SNAPSHOT_MS)
    }
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (dueAt === Number.POSITIVE_INFINITY) return
    const delayMs = dueAt - performance.now()
    if (delayMs <= 0) this.wake()
    else this.#timer = setTimeout(() => this.wake(), Math.max(1, delayMs))
  }
}
