/** The training worker: messages in, messages out. Training itself is in `trainer.ts` and `run.ts`. */
import { parentPort } from 'node:worker_threads'
import kernelsPath from '../../core/gen/kernels.wasm?asset&asarUnpack'
import { readModel } from '../../core/io/model.ts'
import { Fault, faultRecord } from '../../core/spec/index.ts'
import { closerHandlers } from './closer.ts'
import { computeThreads, createCrew } from './crew.ts'
import { tryTable } from './drawn.ts'
import { loadKernels } from './kernels.ts'
import type { FromWorker, ToWorker, WorkerCallName, WorkerCalls } from './messages.ts'
import { pastHandlers } from './past.ts'
import type { RunState } from './run.ts'
import { readTable, receiveTable, sheetRows } from './tables.ts'
import { Trainer } from './trainer.ts'

const BEAT_MS = 250
const STATE_PREFIX = 'state.'

type WorkerHandlers = {
  readonly [Name in WorkerCallName]: (
    argument: WorkerCalls[Name]['argument'],
  ) => WorkerCalls[Name]['answer'] | Promise<WorkerCalls[Name]['answer']>
}

function countParameters(bytes: Uint8Array): number {
  const tensors = [...readModel(bytes).tensors].filter(([name]) => !name.startsWith(STATE_PREFIX))
  return tensors.reduce((sum, [, { data }]) => sum + data.length, 0)
}

function createHandlers(trainer: Trainer): WorkerHandlers {
  return {
    'run.create': ({ recipe }) => trainer.create(recipe).info(),
    'run.info': ({ run }) => trainer.run(run).info(),
    'run.points': ({ run }) => trainer.run(run).points(),
    'run.play': ({ run }) => {
      trainer.run(run).play(performance.now())
      return null
    },
    'run.pause': ({ run }) => {
      trainer.pause(run)
      return null
    },
    'run.rest': ({ run, settled }) => {
      trainer.rest(run, settled)
      return null
    },
    'run.step': async ({ run, unit }) => {
      await trainer.run(run).step(unit, performance.now())
      return null
    },
    'run.rewind': ({ run }) => {
      trainer.run(run).rewind(performance.now())
      return null
    },
    'run.speed': ({ run, stepsPerSecond }) => {
      trainer.run(run).pace.setLimit(stepsPerSecond, performance.now())
      return null
    },
    'run.edit': ({ run, path, value }) => trainer.edit(run, path, value),
    'run.paint': ({ run: id, stroke, put, take }) => {
      const run = trainer.run(id)
      run.paint(stroke, put, take)
      // The answer tells who paints; others learn of it by the version of the next frame.
      return run.info()
    },
    'run.undo': ({ run: id }) => {
      const run = trainer.run(id)
      return run.undo() ? trainer.announce(run) : null
    },
    'run.redo': ({ run: id }) => {
      const run = trainer.run(id)
      return run.redo() ? trainer.announce(run) : null
    },
    'table.send': receiveTable,
    'table.read': ({ upload, reading }) => readTable(upload, reading),
    'table.try': ({ recipe }) => tryTable(recipe),
    'run.rows': ({ run, from, count }) => sheetRows(trainer.run(run).session, from, count),
    'run.close': ({ run }) => {
      trainer.close(run)
      return null
    },
    'run.hash': ({ run }) => trainer.run(run).hash(),
    ...closerHandlers(trainer),
    ...pastHandlers(trainer),
    'run.file': ({ run: id, file }) => {
      const run = trainer.run(id)
      run.file = file
      return trainer.announce(run)
    },
    'model.write': ({ run }) => trainer.write(run),
    'model.read': ({ bytes, file }) => trainer.open(bytes, file).info(),
    'model.count': ({ bytes }) => countParameters(bytes),
  }
}

function dispatch<Name extends WorkerCallName>(handlers: WorkerHandlers, name: Name, argument: unknown): unknown {
  // The services check every argument against the same type before they send it.
  return handlers[name](argument as WorkerCalls[Name]['argument'])
}

function start(): void {
  const port = parentPort
  if (port === null) throw new Error('internal: the training worker runs in a worker thread')
  const post = (message: FromWorker, transfer: readonly ArrayBuffer[] = []): void => port.postMessage(message, transfer)
  const trainer = new Trainer({ ...loadKernels(kernelsPath), crew: createCrew(computeThreads()) }, post)
  const handlers = createHandlers(trainer)
  const answer = async (id: number, name: WorkerCallName, argument: unknown): Promise<void> => {
    try {
      post({ kind: 'answer', id, answer: await dispatch(handlers, name, argument) })
    } catch (error) {
      // The host logs what is no fault; here only its message would be left.
      if (!(error instanceof Fault)) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      post({ kind: 'fault', id, fault: faultRecord(error) })
    }
  }
  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'call':
        void answer(message.id, message.name, message.argument)
        return
      case 'watch':
        trainer.watch(message.client, message.run, message.lens)
        return
      case 'leave':
        trainer.leave(message.client)
        return
      case 'restore':
        // Only this file's `snapshot` messages are ever sent back here.
        post({ kind: 'restored', runs: trainer.restore(message.runs as readonly RunState[]) })
        return
    }
  })
  setInterval(() => post({ kind: 'beat', training: trainer.training }), BEAT_MS)
}

start()
