/** Runs every golden file of a folder and puts what came of it into lines. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Kernels } from '../../core/exec/wasm.ts'
import { readGolden } from './file.ts'
import { type Outcome, runCase } from './run.ts'

export interface GoldenReport {
  readonly lines: readonly string[]
  readonly passed: number
  readonly failed: number
  readonly notYet: number
}

/** Runs the folder's `*.json`. Throws Error where it has none, TypeError for a file of another form. */
export function runGoldenFolder(folder: string, kernels: Kernels): GoldenReport {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
  if (files.length === 0) throw new Error(`${folder}: no golden files (*.json)`)
  const lines: string[] = []
  const all: Outcome[] = []
  for (const file of files) {
    const outcomes = casesOf(join(folder, file)).map((golden) => runCase(golden, kernels))
    all.push(...outcomes)
    for (const outcome of outcomes) {
      if (outcome.kind !== 'failed') continue
      for (const problem of outcome.problems) lines.push(`FAILED ${file} ${outcome.label}: ${problem}`)
    }
    lines.push(`${file}: ${count(outcomes, 'passed')} of ${outcomes.length} passed`)
  }
  const missing = all.flatMap((outcome) => (outcome.kind === 'not yet' ? [outcome.missing] : []))
  if (missing.length > 0) lines.push(`not yet: ${missing.length} (${missing.join(', ')})`)
  const [passed, failed] = [count(all, 'passed'), count(all, 'failed')]
  lines.push(`${passed} passed, ${failed} failed`)
  return { lines, passed, failed, notYet: missing.length }
}

function casesOf(path: string): ReturnType<typeof readGolden> {
  try {
    return readGolden(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new TypeError(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function count(outcomes: readonly Outcome[], kind: Outcome['kind']): number {
  return outcomes.filter((outcome) => outcome.kind === kind).length
}
