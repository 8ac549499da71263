import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { knownHashes } from '../../support/known-hashes.ts'

/** What `joined.ts` prints. */
interface Joined {
  readonly isWide: boolean
  readonly hashes: Readonly<Record<string, string>>
}

it('kernels that the engine joins into 256-bit operations give the committed bits for every network', () => {
  // Without the baseline compiler every function is joined from its first call on, not only what runs long.
  const found = execFileSync(process.execPath, ['--no-liftoff', join(import.meta.dirname, 'joined.ts')], {
    encoding: 'utf8',
  })
  const { isWide, hashes }: Joined = JSON.parse(found)
  expect(isWide).toBe(true)
  expect(hashes).toEqual(knownHashes())
})
