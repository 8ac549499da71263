/** What a model may say next, and the text that grows by what was chosen: for sentences and for texts. */
import type { Dataset } from '../core/data/dataset.ts'
import { Fault, plainText, type TextData } from '../core/spec/index.ts'
import type { Session } from '../core/train/session.ts'

/** One token and how likely it comes next. */
export interface Choice {
  readonly token: string
  readonly p: number
  /** Number of the token among the outputs. */
  readonly index: number
}

/** Goes on with a prompt, one token after the other. */
export interface Writer {
  /** What may come next, the likeliest first; equal ones in the order of the outputs. */
  choices(): Choice[]
  add(choice: Choice): void
  text(): string
}

/** Tokens of a text as a row of inputs [context]: the last ones, then what the network does not look at yet. */
export function rowOfTokens(tokens: readonly number[], context: number): { row: Float32Array; last: number } {
  const seen = tokens.slice(-context)
  const row = new Float32Array(context)
  row.set(seen)
  return { row, last: seen.length - 1 }
}

/** Tokens of a prompt; throws `INPUT-003` for none. */
export function promptTokens(dataset: Dataset, prompt: string): number[] {
  const tokens = dataset.tokensOf?.(prompt) ?? []
  if (tokens.length === 0) throw new Fault('INPUT-003')
  return tokens
}

function sorted(probabilities: Float32Array, dataset: Dataset): Choice[] {
  const all = Array.from(probabilities, (p, index) => ({ token: dataset.outputNames[index] ?? '', p, index }))
  return all.sort((a, b) => b.p - a.p)
}

/** Each answer becomes part of the next context. */
export function sentenceWriter(session: Session, dataset: Dataset, prompt: string): Writer {
  let text = plainText(prompt)
  return {
    choices: () => {
      const inputs = dataset.inputsOf?.(text) ?? new Float32Array(dataset.inputWidth)
      return sorted(session.predict(inputs), dataset)
    },
    add: ({ token }) => {
      text = `${text} ${token}`
    },
    text: () => text,
  }
}

/** The last tokens of the text, as many as the context has, say which comes next; never the unknown one. */
export function textWriter(session: Session, dataset: Dataset, data: TextData, prompt: string): Writer {
  const tokens = promptTokens(dataset, prompt)
  const begin = tokens.length
  return {
    choices: () => {
      const { row, last } = rowOfTokens(tokens, dataset.inputWidth)
      const { outputWidth } = dataset
      const next = session.predict(row).subarray(last * outputWidth, (last + 1) * outputWidth)
      return sorted(next, dataset).filter(({ index }) => index !== 0)
    },
    add: ({ index }) => {
      tokens.push(index)
    },
    text: () => {
      const added = dataset.textOf?.(tokens.slice(begin)) ?? ''
      // Letters that follow a prompt may complete its last syllable.
      return data.tokenizer === 'word' ? `${prompt} ${added}` : `${prompt}${added}`.normalize('NFC')
    },
  }
}
