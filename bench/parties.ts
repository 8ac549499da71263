/** Runs Paramap and its peers, one program after the other, and reads what they print. */
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { type Column, columns, isProduct, type Line, readLines } from './report/figures.ts'

const bench = import.meta.dirname
const root = dirname(bench)

/** PyTorch and the Python that has it. */
export interface Torch {
  readonly python: string
  readonly version: string
  /** Widest vectors that it uses, in its own word. */
  readonly capability: string
}

/** A program that fills one column of the report. */
export interface Party {
  readonly column: Column
  /** Measures the named cases, or all when there are none. */
  run(names: readonly string[]): readonly Line[]
}

type Environment = Readonly<Record<string, string>>

const outputLimitBytes = 1 << 26

/** Lines that a program printed, also before it failed; a failure is shown and is one of this process too. */
function linesOf(command: string, args: readonly string[], env: Environment = {}): readonly Line[] {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: outputLimitBytes,
    env: { ...process.env, ...env },
  })
  if (result.status !== 0) {
    const reason = result.error?.message ?? result.stderr.trim()
    process.stderr.write(`${reason}\nNot all was measured: exit ${result.status ?? result.signal}.\n`)
    process.exitCode = 1
  }
  return readLines(result.stdout ?? '')
}

/** The first Python that has PyTorch: `PYTHON`, `python3`, `python`. */
export function findTorch(): Torch | null {
  const question = 'import json, torch; print(json.dumps([torch.__version__, torch.backends.cpu.get_cpu_capability()]))'
  for (const python of [process.env.PYTHON, 'python3', 'python']) {
    if (python === undefined || python === '') continue
    const found = spawnSync(python, ['-c', question], { encoding: 'utf8' })
    if (found.status !== 0) continue
    const answer: unknown = JSON.parse(found.stdout)
    if (!Array.isArray(answer)) continue
    return { python, version: String(answer[0]), capability: String(answer[1]) }
  }
  return null
}

/** What keeps PyTorch's own kernels, oneDNN and MKL from 512-bit vectors. */
const narrow: Environment = {
  ATEN_CPU_CAPABILITY: 'avx2',
  ONEDNN_MAX_CPU_ISA: 'AVX2',
  MKL_ENABLE_INSTRUCTIONS: 'AVX2',
}

function torchParty(torch: Torch, column: Column, threads: number, env: Environment = {}): Party {
  const environment = { ...env, OMP_NUM_THREADS: String(threads), MKL_NUM_THREADS: String(threads) }
  return {
    column,
    run: (names) => {
      const steps = names.filter((name) => !isProduct(name))
      const all = names.length === 0
      const run = (script: string, cases: readonly string[]): readonly Line[] =>
        linesOf(torch.python, [join(bench, script), String(threads), ...cases], environment)
      return [
        ...(all || steps.length > 0 ? run('torch_steps.py', steps) : []),
        ...(all || steps.length < names.length ? run('torch_product.py', []) : []),
      ]
    },
  }
}

/** PyTorch with one thread and, where there are two processors, two; held to 256 bits too where it would use more. */
export function torchParties(torch: Torch, hasTwo: boolean): readonly Party[] {
  const widths: readonly (readonly [Column, Column, Environment])[] = [
    ['torch-1', 'torch-2', {}],
    ...(torch.capability.includes('512') ? ([['torch256-1', 'torch256-2', narrow]] as const) : []),
  ]
  return widths.flatMap(([one, two, env]) => [
    torchParty(torch, one, 1, env),
    ...(hasTwo ? [torchParty(torch, two, 2, env)] : []),
  ])
}

function scriptParty(column: Column, script: string, ...args: readonly string[]): Party {
  return {
    column,
    run: (names) => {
      if (names.length > 0 && names.every(isProduct)) return []
      return linesOf(process.execPath, [join(bench, script), ...args, ...names])
    },
  }
}

/** An object graph as Playground's. */
export const graphParty = scriptParty('graph', 'object-graph-steps.mjs')

/** The peers of `bench/package.json`. */
export const packageParties: readonly Party[] = [
  scriptParty('brain', 'brain-steps.mjs'),
  scriptParty('tfjs-cpu', 'tfjs-steps.mjs', 'cpu'),
  scriptParty('tfjs-wasm', 'tfjs-steps.mjs', 'wasm'),
]

/** What `paramap bench --only` calls the cases: all products are one. */
function ownNames(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => (isProduct(name) ? 'product' : name)))]
}

function ownParty(column: Column, threads: number, ...flags: readonly string[]): Party {
  const command = ['out/cli/paramap.js', 'bench', '--json', '--threads', String(threads), ...flags]
  return {
    column,
    run: (names) =>
      names.length === 0
        ? linesOf(process.execPath, command)
        : ownNames(names).flatMap((name) => linesOf(process.execPath, [...command, '--only', name])),
  }
}

/** Paramap with the kernels that the self-test chooses, and with those of 128 bits. */
export function ownParties(hasTwo: boolean): readonly Party[] {
  return [
    ownParty('paramap-1', 1),
    ...(hasTwo ? [ownParty('paramap-2', 2)] : []),
    ownParty('plain-1', 1, '--plain'),
    ...(hasTwo ? [ownParty('plain-2', 2, '--plain')] : []),
  ]
}

/** What a party is called. */
export function partyName({ column }: Party): string {
  return columns[column].long
}
