/** An engine whose multiply-add rounds twice: it is recognised, it trains, and its user is told. */
import { beforeAll, describe, expect, it } from 'vitest'
import { warnOfRounding } from '../../../src/cli/files.ts'
import { createOutput } from '../../../src/cli/output.ts'
import { kernelsAgree, roundingWarning } from '../../../src/core/exec/self-test.ts'
import type { Kernels } from '../../../src/core/exec/wasm.ts'
import { circleRecipe } from '../../../src/core/spec/index.ts'
import { Session } from '../../../src/core/train/session.ts'
import type { FromWorker } from '../../../src/main/training/messages.ts'
import { Trainer } from '../../../src/main/training/trainer.ts'
import { sentence } from '../../../src/shared/messages.ts'
import { bitCases, hashOf, trainSteps } from '../../support/bit-cases.ts'
import { kernels } from '../../support/kernels.ts'
import { knownHashes } from '../../support/known-hashes.ts'
import { separateKernels } from '../../support/separate-kernels.ts'

let separate: Kernels
beforeAll(async () => {
  separate = await separateKernels()
})

/** What a trainer with these kernels tells the page while it makes two runs. */
function warningsOf(chosen: Kernels): readonly FromWorker[] {
  const sent: FromWorker[] = []
  const trainer = new Trainer(chosen, (message) => sent.push(message))
  for (let i = 0; i < 2; i++) trainer.close(trainer.create(circleRecipe).id)
  return sent.filter((message) => message.kind === 'event')
}

describe('multiply-add that rounds twice', () => {
  it('is found at start, and its kernels never pass for the standard ones', () => {
    expect(roundingWarning(kernels)).toBeNull()
    expect(roundingWarning(separate)).toMatchObject({ code: 'KERNEL-002' })
    expect(kernelsAgree(kernels, kernels)).toBe(true)
    expect(kernelsAgree(kernels, separate)).toBe(false)
  })

  it('trains as well, to other bits', () => {
    const known = knownHashes()
    const some = bitCases.filter(({ key }) => key.endsWith(', sgd'))
    expect(some.length).toBeGreaterThan(6)
    for (const { key, recipe, steps, dataset } of some) {
      const [session, standard] = [separate, kernels].map((chosen) => Session.create(recipe, dataset(), chosen))
      if (session === undefined || standard === undefined) throw new Error('two sessions')
      expect(trainSteps(session, steps)).toBe(steps)
      trainSteps(standard, steps)
      expect(hashOf(session), key).not.toBe(known[key])
      // Not Adam, whose division makes much of a last digit. Roundings of 6e-8 feed each other for up to 500 steps.
      expect(Math.abs(session.evaluate().trainLoss - standard.evaluate().trainLoss), key).toBeLessThan(1e-4)
      session.dispose()
      standard.dispose()
    }
  })

  it('is told on the command line', () => {
    const notes: string[] = []
    const out = { ...createOutput(true, 'en'), note: (code: string) => notes.push(code) }
    warnOfRounding(kernels, out)
    expect(notes).toEqual([])
    warnOfRounding(separate, out)
    expect(notes).toEqual(['KERNEL-002'])
  })

  it('is told to the page once, in both languages', () => {
    expect(warningsOf(kernels)).toEqual([])
    const fault = { code: 'KERNEL-002', values: {} }
    expect(warningsOf(separate)).toEqual([{ kind: 'event', event: { kind: 'warning', fault } }])
    expect(sentence(fault, 'en')).toContain('differ')
    expect(sentence(fault, 'ko')).toContain('다릅니다')
  })
})
