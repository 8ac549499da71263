/** Reads what was typed after `paramap`. Faults (`USAGE-…`) name the nearest known word. */
import { excerpt, Fault, nearest } from '../core/spec/index.ts'

/** One option of a command; `name` includes the dashes. */
export type Option = WordOption | NumberOption

interface WordOption {
  readonly kind: 'flag' | 'text'
  readonly name: string
  readonly short?: string
}

interface NumberOption {
  readonly kind: 'whole' | 'number'
  readonly name: string
  readonly min: number
  readonly max: number
}

/** What a command takes. */
export interface Syntax {
  /** Names of the arguments without dashes, all of them needed. */
  readonly positionals: readonly string[]
  readonly options: readonly Option[]
}

/** What was typed, checked. */
export interface Given {
  /** The arguments in the order of the syntax. */
  readonly positionals: readonly string[]
  has(option: string): boolean
  text(option: string): string | undefined
  number(option: string): number | undefined
}

const numberSyntax = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** Options that every command takes. */
export const commonOptions: readonly Option[] = [
  { kind: 'flag', name: '--json' },
  { kind: 'flag', name: '--help', short: '-h' },
]

/** Reads arguments after the command's name. */
export function readArguments(typed: readonly string[], syntax: Syntax): Given {
  const options = [...syntax.options, ...commonOptions]
  const positionals: string[] = []
  const found = new Map<string, string>()
  let onlyPositionals = false
  for (let i = 0; i < typed.length; i++) {
    const word = typed[i] ?? ''
    if (onlyPositionals || !isOption(word)) {
      if (positionals.length === syntax.positionals.length) throw new Fault('USAGE-006', { given: excerpt(word) })
      positionals.push(word)
    } else if (word === '--') {
      onlyPositionals = true
    } else {
      const { option, attached } = optionOf(word, options)
      // An option that is there twice counts as its last.
      if (option.kind === 'flag') found.set(option.name, '')
      else found.set(option.name, attached ?? valueAfter(option, typed[++i]))
    }
  }
  if (!found.has('--help')) {
    const missing = syntax.positionals[positionals.length]
    if (missing !== undefined) throw new Fault('USAGE-003', { name: missing })
  }
  const numbers = readNumbers(options, found)
  return {
    positionals,
    has: (name) => found.has(name),
    text: (name) => found.get(name),
    number: (name) => numbers.get(name),
  }
}

const isOption = (word: string): boolean => word.startsWith('-') && word !== '-' && !numberSyntax.test(word)

function optionOf(word: string, options: readonly Option[]): { option: Option; attached: string | undefined } {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1
  const name = equals < 0 ? word : word.slice(0, equals)
  const option = options.find((known) => known.name === name || ('short' in known && known.short === name))
  if (option === undefined || (option.kind === 'flag' && equals >= 0)) {
    const known = options.map((each) => each.name)
    throw new Fault('USAGE-002', { given: excerpt(word), nearest: nearest(name, known) })
  }
  return { option, attached: equals < 0 ? undefined : word.slice(equals + 1) }
}

function valueAfter(option: Option, next: string | undefined): string {
  if (next === undefined || isOption(next)) throw new Fault('USAGE-005', { name: option.name })
  return next
}

function readNumbers(options: readonly Option[], found: ReadonlyMap<string, string>): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>()
  for (const option of options) {
    const text = found.get(option.name)
    if (text === undefined || !('min' in option)) continue
    const value = Number(text)
    const isWritten = option.kind === 'whole' ? /^\d+$/.test(text) : numberSyntax.test(text)
    if (!isWritten || value < option.min || value > option.max) {
      const { name, min, max } = option
      throw new Fault(option.kind === 'whole' ? 'USAGE-010' : 'USAGE-004', { name, min, max, given: excerpt(text) })
    }
    numbers.set(option.name, value)
  }
  return numbers
}

/** Refuses two options that exclude each other. */
export function exclude(given: Given, name: string, other: string): void {
  if (given.has(name) && given.has(other)) throw new Fault('USAGE-007', { name, other })
}
