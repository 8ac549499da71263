/** The few things a person sets once: one small JSON file. */
import { readFile, rename } from 'node:fs/promises'
import type { Settings } from '../../shared/protocol.ts'
import { checkArgument } from './arguments.ts'
import { saveAtomically, systemCode } from './atomic.ts'
import type { Log } from './log.ts'

const defaults: Settings = {
  language: 'system',
  theme: 'system',
  letterKeys: true,
  mapMode: 'plain',
  mapLines: 'weights',
  mapStops: 'weights',
}

export interface SettingsStore {
  get(): Promise<Settings>
  set(change: Partial<Settings>): Promise<Settings>
}

/** Opens the settings in this file; a damaged file is set aside and the defaults serve. */
export function openSettings(path: string, log: Log): SettingsStore {
  const read = async (): Promise<Settings> => {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (systemCode(error) !== 'ENOENT') log(`settings: ${String(error)}`)
      return null
    })
    if (text === null) return defaults
    try {
      return { ...defaults, ...checkArgument('settings.set', JSON.parse(text)) }
    } catch (error) {
      log(`settings: set aside as ${path}.damaged: ${String(error)}`)
      await rename(path, `${path}.damaged`)
      return defaults
    }
  }
  let current: Promise<Settings> | null = null
  let saving: Promise<unknown> = Promise.resolve()
  const get = (): Promise<Settings> => {
    current ??= read()
    return current
  }
  return {
    get,
    set(change) {
      // One after the other: each change builds on what the one before it saved.
      const apply = async (): Promise<Settings> => {
        const next = { ...(await get()), ...change }
        await saveAtomically(path, new TextEncoder().encode(`${JSON.stringify(next, null, 2)}\n`))
        current = Promise.resolve(next)
        return next
      }
      const changed = saving.then(apply, apply)
      saving = changed
      return changed
    },
  }
}
