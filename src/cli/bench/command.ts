/** `paramap bench`: microseconds of one training step of each case on this computer. */
import { Fault, nearest } from '../../core/spec/index.ts'
import { createCrew } from '../../main/training/crew.ts'
import type { Given, Option } from '../arguments.ts'
import { readKernels } from '../files.ts'
import { exitCodes, type Output } from '../output.ts'
import { benchCases } from './cases.ts'
import { measure } from './measure.ts'
import { measureProducts } from './products.ts'

const mostThreads = 64

/** Options of `bench`. */
export const benchOptions: readonly Option[] = [
  { kind: 'text', name: '--only' },
  { kind: 'whole', name: '--threads', min: 1, max: mostThreads },
  { kind: 'flag', name: '--plain' },
]

/** Measures the cases, each best of five loops, and the matrix product at several sizes. */
export async function bench(given: Given, out: Output): Promise<number> {
  const only = given.text('--only')
  const threads = given.number('--threads') ?? 1
  const names = [...benchCases.map(({ name }) => name), 'product']
  if (only !== undefined && !names.some((name) => name.includes(only))) {
    throw new Fault('USAGE-008', { given: only, nearest: nearest(only, names) })
  }
  const crew = createCrew(threads)
  const kernels = { ...readKernels(given.has('--plain') ? 'plain' : 'fastest'), crew }
  const tell = (line: object & { readonly case: string }, text: string): void => {
    out.event({ ...line, threads, joined: kernels.isWide })
    out.print(`${line.case.padEnd(34)} ${text}`)
  }
  for (const entry of benchCases) {
    if (only !== undefined && !entry.name.includes(only)) continue
    const line = measure(entry, kernels)
    tell(line, `${line.microsecondsPerStep.toFixed(2).padStart(12)} µs  ${line.parameters} parameters`)
  }
  if (only === undefined || 'product'.includes(only)) {
    for (const line of measureProducts(kernels)) tell(line, `${line.gflops.toFixed(1).padStart(12)} GFLOP/s`)
  }
  crew.dispose()
  return exitCodes.done
}
