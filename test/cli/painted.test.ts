import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { acceptRecipe } from '../../src/core/spec/index.ts'
import { Session } from '../../src/core/train/session.ts'
import { datasetOf, Run } from '../../src/main/training/run.ts'
import { kernels } from '../support/kernels.ts'
import { blobs, paintedRecipe } from '../support/painting.ts'
import { paramap } from './run-cli.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paramap-painted-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Writes a painted recipe and trains it. */
async function train(points: Parameters<typeof paintedRecipe>[0], ...words: readonly string[]) {
  const file = join(folder, `${points.length}.json`)
  await writeFile(file, JSON.stringify(paintedRecipe(points)))
  return paramap(['train', file, '--json', ...words])
}

it('the command line trains a painted recipe to the bits of the app', async () => {
  const accepted = acceptRecipe(paintedRecipe(blobs(3, 20)))
  const run = new Run('r', Session.create(accepted, datasetOf(accepted), kernels))
  run.play(performance.now())
  while (run.playing) run.advance(20)
  const model = join(folder, 'painted.safetensors')
  const { code, lines } = await train(blobs(3, 20), '-o', model)
  expect(code).toBe(0)
  expect(lines.at(-1)).toMatchObject({ reason: 'epochs', weightsHash: run.hash() })
  const predicted = await paramap(['predict', model, '--input', '[[-3, -3], [0, 3.5]]', '--json'])
  expect(predicted.lines.map(({ label }) => label)).toEqual(['class0', 'class2'])
})

it('the command line says what an unfinished painting lacks', async () => {
  const empty = await train([])
  expect([empty.code, empty.stderr]).toEqual([1, expect.stringContaining('DATA-009')])
  const alone = await train([[0, 0, 1]])
  expect([alone.code, alone.stderr]).toEqual([1, expect.stringContaining('DATA-010')])
})
