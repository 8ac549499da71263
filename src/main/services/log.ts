/** A local log for someone who looks for a fault: a few small files, nothing leaves the computer, no secrets in it. */
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const MAX_BYTES = 1024 * 1024
const KEPT_FILES = 3

export type Log = (line: string) => void

function rotate(folder: string): void {
  const path = (generation: number) => join(folder, generation === 0 ? 'paramap.log' : `paramap.${generation}.log`)
  if ((statSync(path(0), { throwIfNoEntry: false })?.size ?? 0) < MAX_BYTES) return
  rmSync(path(KEPT_FILES - 1), { force: true })
  for (let generation = KEPT_FILES - 2; generation >= 0; generation--) {
    if (statSync(path(generation), { throwIfNoEntry: false }) !== undefined)
      renameSync(path(generation), path(generation + 1))
  }
}

/** Opens the log in this folder; where it cannot be written, lines go to standard error instead. */
export function openLog(folder: string): Log {
  return (line) => {
    const text = `${new Date().toISOString()} ${line}\n`
    try {
      mkdirSync(folder, { recursive: true })
      rotate(folder)
      appendFileSync(join(folder, 'paramap.log'), text, { mode: 0o600 })
    } catch (error) {
      process.stderr.write(`${text}log: ${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
}
