/** Runs the real command line, from its sources: as a process of its own, or many times in this one. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createOutput } from '../../src/cli/output.ts'
import { runTyped } from '../../src/cli/run.ts'

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

/** The same in this process, for what starts nothing and ends at once: without the second that a process takes. */
export async function paramapHere(
  words: readonly string[],
  { language = 'en', cwd }: Pick<CliOptions, 'language' | 'cwd'> = {},
): Promise<Ended> {
  const written = { stdout: '', stderr: '' }
  const streamOf = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text
    },
  })
  const before = process.cwd()
  if (cwd !== undefined) process.chdir(cwd)
  try {
    const streams = { stdout: streamOf('stdout'), stderr: streamOf('stderr') }
    const code = await runTyped(words, createOutput(words.includes('--json'), language, streams))
    return { code, ...written, lines: jsonLines(written.stdout) }
  } finally {
    process.chdir(before)
  }
}

function jsonLines(text: string): readonly Record<string, unknown>[] {
  const written = text.split('\n').filter((line) => line.startsWith('{'))
  return written.map((line) => JSON.parse(line) as Record<string, unknown>)
}
