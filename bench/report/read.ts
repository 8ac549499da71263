/** Reads back the report that a run left in docs/benchmarks.json. */
import type { Report } from './page.ts'

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isRow(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((number) => typeof number === 'number' && number > 0)
}

const machineKinds: Readonly<Record<keyof Report['machine'], readonly string[]>> = {
  date: ['string'],
  processor: ['string'],
  threads: ['number'],
  system: ['string'],
  vectors: ['string', 'null'],
  load: ['number', 'null'],
  node: ['string'],
  nodeFlags: ['string'],
  isWide: ['boolean', 'null'],
  torch: ['string', 'null'],
  tfjs: ['string', 'null'],
  brain: ['string', 'null'],
}

function isReport(value: unknown): value is Report {
  if (!isRecord(value) || !isRecord(value.machine) || !isRecord(value.figures)) return false
  const { machine, figures } = value
  const isWhole = Object.entries(machineKinds).every(([name, kinds]) =>
    kinds.includes(machine[name] === null ? 'null' : typeof machine[name]),
  )
  return isWhole && Object.values(figures).every(isRow)
}

/** The report in a file's text. Throws TypeError when it is none. */
export function readReport(text: string): Report {
  const value: unknown = JSON.parse(text)
  if (!isReport(value)) throw new TypeError('benchmarks.json: this is no report of bench:peers')
  return value
}
