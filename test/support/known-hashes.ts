/** The committed hashes that every way of computing is compared with; `test/core/train/bits.test.ts` writes them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const knownHashesFile = join(import.meta.dirname, '../core/train/hashes.json')

/** The hash of each case of `bit-cases.ts` by its key. */
export function knownHashes(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(knownHashesFile, 'utf8'))
}
