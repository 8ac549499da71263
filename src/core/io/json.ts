/**
 * JSON (RFC 8259) from elsewhere, stricter than `JSON.parse`: a key that occurs twice is refused instead of silently
 * replaced, nesting is bounded, and every value knows its place, for the sentence about what is wrong with it.
 */
import { excerpt, Fault } from '../spec/index.ts'

/** A value and where it begins, in UTF-16 units from the start of the text. */
export type JsonNode =
  | { readonly kind: 'object'; readonly at: number; readonly entries: ReadonlyMap<string, JsonNode> }
  | { readonly kind: 'array'; readonly at: number; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly at: number; readonly value: string }
  /** As written: a number may be larger than float64 holds. */
  | { readonly kind: 'number'; readonly at: number; readonly text: string }
  | { readonly kind: 'literal'; readonly at: number; readonly value: boolean | null }

export type JsonProblem = 'syntax' | 'duplicate' | 'depth'
/** Makes the fault of a problem found at a place; `detail` is the character or key found there. */
export type JsonFault = (problem: JsonProblem, at: number, detail: string) => Fault

const deepest = 64
const longestNumber = 400
const numberSyntax = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/
const loneSurrogate = /\p{Surrogate}/u
const literals: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]

class JsonReader {
  readonly #text: string
  readonly #fault: JsonFault
  #at = 0

  constructor(text: string, fault: JsonFault) {
    this.#text = text
    this.#fault = fault
  }

  document(): JsonNode {
    const node = this.#value(0)
    this.#skipSpace()
    if (this.#at < this.#text.length) throw this.#syntax()
    return node
  }

  #syntax(at = this.#at): Fault {
    return this.#fault('syntax', at, excerpt(String.fromCodePoint(this.#text.codePointAt(at) ?? 32), 4))
  }

  #skipSpace(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'end')) this.#at++
  }

  #take(character: string): boolean {
    this.#skipSpace()
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #value(depth: number): JsonNode {
    this.#skipSpace()
    const at = this.#at
    if (depth > deepest) throw this.#fault('depth', at, String(deepest))
    const first = this.#text[at]
    if (first === '{') return this.#object(at, depth)
    if (first === '[') return this.#array(at, depth)
    if (first === '"') return { kind: 'string', at, value: this.#string() }
    for (const [word, value] of literals) {
      if (this.#text.startsWith(word, at)) {
        this.#at += word.length
        return { kind: 'literal', at, value }
      }
    }
    return this.#number(at)
  }

  #object(at: number, depth: number): JsonNode {
    const entries = new Map<string, JsonNode>()
    this.#at++
    if (this.#take('}')) return { kind: 'object', at, entries }
    do {
      this.#skipSpace()
      const keyAt = this.#at
      if (this.#text[keyAt] !== '"') throw this.#syntax()
      const key = this.#string()
      if (entries.has(key)) throw this.#fault('duplicate', keyAt, excerpt(key))
      if (!this.#take(':')) throw this.#syntax()
      entries.set(key, this.#value(depth + 1))
    } while (this.#take(','))
    if (!this.#take('}')) throw this.#syntax()
    return { kind: 'object', at, entries }
  }

  #array(at: number, depth: number): JsonNode {
    const items: JsonNode[] = []
    this.#at++
    if (this.#take(']')) return { kind: 'array', at, items }
    do items.push(this.#value(depth + 1))
    while (this.#take(','))
    if (!this.#take(']')) throw this.#syntax()
    return { kind: 'array', at, items }
  }

  #string(): string {
    const start = this.#at
    this.#at++
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (Number.isNaN(code) || code < 0x20) throw this.#syntax()
      this.#at += code === 0x5c ? 2 : 1
      if (code === 0x22) break
    }
    const value = this.#decode(start)
    if (loneSurrogate.test(value)) throw this.#syntax(start)
    return value
  }

  /** The string from `start` to here; JSON.parse knows the escapes. */
  #decode(start: number): string {
    try {
      return String(JSON.parse(this.#text.slice(start, this.#at)))
    } catch {
      throw this.#syntax(start)
    }
  }

  #number(at: number): JsonNode {
    while ('0123456789+-.eE'.includes(this.#text[this.#at] ?? 'end')) {
      this.#at++
      if (this.#at - at > longestNumber) throw this.#syntax(at)
    }
    const text = this.#text.slice(at, this.#at)
    if (!numberSyntax.test(text)) throw this.#syntax(at)
    return { kind: 'number', at, text }
  }
}

/** Reads a JSON text; throws what `fault` makes. */
export function readJson(text: string, fault: JsonFault): JsonNode {
  return new JsonReader(text, fault).document()
}

/** The plain value of a node, as `JSON.parse` gives it. */
export function plainJson(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries([...node.entries].map(([key, value]) => [key, plainJson(value)]))
    case 'array':
      return node.items.map(plainJson)
    case 'number':
      return Number(node.text)
    default:
      return node.value
  }
}

const codes: { readonly [Problem in JsonProblem]: string } = {
  syntax: 'JSON-001',
  duplicate: 'JSON-002',
  depth: 'JSON-003',
}

/** Reads a JSON text that a person wrote; faults (`JSON-…`) name line and column, both from 1. */
export function parseJson(text: string): unknown {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text
  const fault: JsonFault = (problem, at, detail) => {
    const before = source.slice(0, at)
    const line = before.split('\n').length
    const column = at - before.lastIndexOf('\n')
    const values = { line, column, found: at >= source.length && problem === 'syntax' ? '' : detail }
    const ended = problem === 'syntax' && at >= source.length
    return new Fault(ended ? 'JSON-004' : codes[problem], values, `line ${line}, column ${column}`)
  }
  return plainJson(readJson(source, fault))
}
