/** All that Paramap does behind the page, the same for both shells: it knows neither Electron nor the web. */
import type { Worker, WorkerOptions } from 'node:worker_threads'
import { Fault } from '../../core/spec/index.ts'
import type { AppEvent, AppInfo, CallName, Language, Settings } from '../../shared/protocol.ts'
import { startTrainingHost } from '../training/host.ts'
import { checkArgument, checkWatch, isCallName } from './arguments.ts'
import { createHandlers, type Handlers } from './calls.ts'
import { systemLanguage } from './language.ts'
import { openLibrary } from './library.ts'
import { type Log, openLog } from './log.ts'
import { findPlaces, type Places } from './places.ts'
import { openSettings } from './settings.ts'

export interface ServicesOptions {
  readonly shell: AppInfo['shell']
  readonly version: string
  readonly places?: Places
  /** Where a shell knows better than the environment. */
  readonly systemLanguage?: Language
  readonly chooseFile?: () => Promise<string | null>
  readonly onSettings?: (settings: Settings) => void
  readonly createWorker?: (options: WorkerOptions) => Worker
}

export interface Services {
  /** Any call as it arrives; rejects with a `Fault`. */
  call(name: unknown, argument: unknown): Promise<unknown>
  /** A credit as it arrives: `{ run, lens }`. Throws a `Fault` where it is malformed. */
  watch(client: string, watch: unknown): void
  /** A page is gone. */
  leave(client: string): void
  onEvent(listener: (event: AppEvent) => void): void
  onFrame(listener: (client: string, frame: ArrayBuffer) => void): void
  /** True while any run trains. */
  readonly training: boolean
  readonly settings: () => Promise<Settings>
  readonly places: Places
  readonly log: Log
  dispose(): Promise<void>
}

function dispatch<Name extends CallName>(handlers: Handlers, name: Name, argument: unknown): Promise<unknown> {
  return handlers[name](checkArgument(name, argument))
}

/** Starts the training worker and opens settings, library and log. */
export function createServices(options: ServicesOptions): Services {
  const places = options.places ?? findPlaces()
  const log = openLog(places.logs)
  const eventListeners: ((event: AppEvent) => void)[] = []
  const frameListeners: ((client: string, frame: ArrayBuffer) => void)[] = []
  const host = startTrainingHost({
    log,
    onEvent: (event) => {
      for (const listener of eventListeners) listener(event)
    },
    onFrame: (client, _run, frame) => {
      for (const listener of frameListeners) listener(client, frame)
    },
    ...(options.createWorker === undefined ? {} : { createWorker: options.createWorker }),
  })
  const settings = openSettings(places.settings, log)
  const library = openLibrary({
    folder: places.library,
    countParameters: (bytes) => host.call('model.count', { bytes }),
    log,
  })
  const handlers = createHandlers({
    host,
    library,
    settings,
    app: { shell: options.shell, version: options.version, systemLanguage: options.systemLanguage ?? systemLanguage() },
    chooseFile: options.chooseFile ?? null,
    onSettings: options.onSettings ?? (() => {}),
  })
  return {
    async call(name, argument) {
      if (!isCallName(name)) throw new Fault('CALL-001', { name: String(name).slice(0, 64) })
      try {
        return await dispatch(handlers, name, argument)
      } catch (error) {
        // A fault is for the person who reads it; anything else is a mistake of ours and belongs in the log.
        if (!(error instanceof Fault))
          log(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
        throw error
      }
    },
    watch(client, watch) {
      const { run, lens } = checkWatch(watch, 'watch')
      host.watch(client, run, lens)
    },
    leave: (client) => host.leave(client),
    onEvent: (listener) => void eventListeners.push(listener),
    onFrame: (listener) => void frameListeners.push(listener),
    get training() {
      return host.training
    },
    settings: () => settings.get(),
    places,
    log,
    dispose: () => host.dispose(),
  }
}
