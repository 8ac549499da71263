/** Runs the real command line, from its sources, as a process of its own. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

export const recipes = join(import.meta.dirname, '../fixtures/recipes')
const entry = join(import.meta.dirname, '../../src/cli/paramap.ts')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Lines of stdout as JSON. */
  readonly lines: readonly Record<string, unknown>[]
}

export interface CliOptions {
  readonly language?: 'en' | 'ko'
  readonly cwd?: string
  /** Sent once when the program has written something to stdout. */
  readonly signal?: NodeJS.Signals
}

export function paramap(words: readonly string[], options: CliOptions = {}): Promise<Ended> {
  const lang = options.language === 'ko' ? 'ko_KR.UTF-8' : 'en_US.UTF-8'
  const child = spawn(process.execPath, [entry, ...words], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, LC_ALL: lang, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (stdout === '' && options.signal !== undefined) child.kill(options.signal)
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr, lines: jsonLines(stdout) }))
  })
}

function jsonLines(text: string): readonly Record<string, unknown>[] {
  const written = text.split('\n').filter((line) => line.startsWith('{'))
  return written.map((line) => JSON.parse(line) as Record<string, unknown>)
}
