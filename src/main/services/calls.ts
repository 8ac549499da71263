/** One typed map: a handler for every call of the page. Those on runs go straight to the training host. */
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Fault } from '../../core/spec/index.ts'
import type { Answer, AppInfo, Argument, CallName, RunInfo } from '../../shared/protocol.ts'
import type { TrainingHost } from '../training/host.ts'
import { fileFault } from './atomic.ts'
import type { Library, Stamp } from './library.ts'
import { modelFileName } from './names.ts'
import type { SettingsStore } from './settings.ts'

/** Bytes of a model that a person brings from elsewhere. */
const MAX_FOREIGN_BYTES = 256 * 1024 * 1024

export type Handlers = { readonly [Name in CallName]: (argument: Argument<Name>) => Promise<Answer<Name>> }

export interface Rooms {
  readonly host: TrainingHost
  readonly library: Library
  readonly settings: SettingsStore
  readonly app: Pick<AppInfo, 'shell' | 'version' | 'systemLanguage'>
  /** Shows the system's dialog; null in a shell that has none. Answers null when cancelled. */
  readonly chooseFile: (() => Promise<string | null>) | null
  readonly onSettings: (settings: AppInfo['settings']) => void
}

async function readForeign(path: string): Promise<Uint8Array> {
  const name = basename(path)
  try {
    const { size } = await stat(path)
    if (size > MAX_FOREIGN_BYTES) throw new Fault('FILE-004', { file: name, size, max: MAX_FOREIGN_BYTES })
    return await readFile(path)
  } catch (error) {
    throw fileFault(error, 'read', name)
  }
}

function fileHandlers({ host, library, chooseFile }: Rooms) {
  /** How the file of each run looked when it was last opened or saved. */
  const stamps = new Map<string, Stamp>()
  return {
    'model.save': async ({ run, name, replace }: Argument<'model.save'>) => {
      modelFileName(name)
      const bytes = await host.call('model.write', { run })
      const { entry, stamp } = await library.save({ name, bytes, known: stamps.get(run), replace })
      stamps.set(run, stamp)
      await host.call('run.file', { run, file: entry.file })
      return entry
    },
    'model.open': async ({ file }: Argument<'model.open'>): Promise<RunInfo> => {
      const { bytes, stamp } = await library.open(file)
      const info = await host.call('model.read', { bytes, file })
      stamps.set(info.run, stamp)
      return info
    },
    'model.choose': async (): Promise<RunInfo | null> => {
      if (chooseFile === null) throw new Fault('SHELL-001')
      const path = await chooseFile()
      return path === null ? null : host.call('model.read', { bytes: await readForeign(path), file: null })
    },
    'model.upload': ({ bytes }: Argument<'model.upload'>) => host.call('model.read', { bytes, file: null }),
    'library.list': () => library.list(),
    'library.delete': async ({ file }: Argument<'library.delete'>) => {
      await library.delete(file)
      return null
    },
    'run.close': async ({ run }: Argument<'run.close'>) => {
      stamps.delete(run)
      return host.call('run.close', { run })
    },
  }
}

/** Makes the handlers over these rooms. */
export function createHandlers(rooms: Rooms): Handlers {
  const { host, settings, app } = rooms
  return {
    'app.info': async () => ({ ...app, settings: await settings.get() }),
    'settings.set': async (change) => {
      const next = await settings.set(change)
      rooms.onSettings(next)
      return next
    },
    'run.create': (argument) => host.call('run.create', argument),
    'run.info': (argument) => host.call('run.info', argument),
    'run.points': (argument) => host.call('run.points', argument),
    'run.play': (argument) => host.call('run.play', argument),
    'run.pause': (argument) => host.call('run.pause', argument),
    'run.rest': (argument) => host.call('run.rest', argument),
    'run.step': (argument) => host.call('run.step', argument),
    'run.rewind': (argument) => host.call('run.rewind', argument),
    'run.speed': (argument) => host.call('run.speed', argument),
    'run.edit': (argument) => host.call('run.edit', argument),
    'run.paint': (argument) => host.call('run.paint', argument),
    'run.undo': (argument) => host.call('run.undo', argument),
    'run.redo': (argument) => host.call('run.redo', argument),
    'run.hash': (argument) => host.call('run.hash', argument),
    'run.say': (argument) => host.call('run.say', argument),
    'run.reward': (argument) => host.call('run.reward', argument),
    'run.ride': (argument) => host.call('run.ride', argument),
    'run.parameter': (argument) => host.call('run.parameter', argument),
    'run.sweep': (argument) => host.call('run.sweep', argument),
    'run.routes': (argument) => host.call('run.routes', argument),
    'run.reshape': (argument) => host.call('run.reshape', argument),
    'run.plan': (argument) => host.call('run.plan', argument),
    'run.fits': (argument) => host.call('run.fits', argument),
    'run.pictures': (argument) => host.call('run.pictures', argument),
    'run.usefulness': (argument) => host.call('run.usefulness', argument),
    'run.damage': (argument) => host.call('run.damage', argument),
    'table.send': (argument) => host.call('table.send', argument),
    'table.read': (argument) => host.call('table.read', argument),
    'table.try': (argument) => host.call('table.try', argument),
    'run.rows': (argument) => host.call('run.rows', argument),
    'run.report': (argument) => host.call('run.report', argument),
    'run.histograms': (argument) => host.call('run.histograms', argument),
    'run.operate': (argument) => host.call('run.operate', argument),
    'run.operation': (argument) => host.call('run.operation', argument),
    'run.update': (argument) => host.call('run.update', argument),
    'run.moments': (argument) => host.call('run.moments', argument),
    'run.look': (argument) => host.call('run.look', argument),
    'run.go-on': (argument) => host.call('run.go-on', argument),
    'run.fork': (argument) => host.call('run.fork', argument),
    'run.why': (argument) => host.call('run.why', argument),
    'run.best': (argument) => host.call('run.best', argument),
    ...fileHandlers(rooms),
  }
}
