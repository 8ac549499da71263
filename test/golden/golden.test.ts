import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readGolden } from '../../src/cli/golden/file.ts'
import { runGoldenFolder } from '../../src/cli/golden/report.ts'
import { runCase } from '../../src/cli/golden/run.ts'
import { kernels } from '../support/kernels.ts'

const folder = import.meta.dirname

/** A small case of the golden form. */
function reluCase(output: readonly number[], attrs: object = {}): string {
  const tensor = (data: readonly number[]): object => ({ shape: [data.length], dtype: 'f64', data })
  const inputs = { x: tensor([-1, 2]) }
  const grads = { x: tensor([0, 3]) }
  return JSON.stringify({
    cases: [{ label: 'relu', attrs, inputs, output: tensor(output), upstream: tensor([5, 3]), grads }],
  })
}

function outcomesOf(text: string): readonly ReturnType<typeof runCase>[] {
  return readGolden(text).map((golden) => runCase(golden, kernels))
}

describe('golden vectors', () => {
  it('agree with PyTorch on both backends', () => {
    const report = runGoldenFolder(folder, kernels)
    expect(report.lines.filter((line) => line.startsWith('FAILED'))).toEqual([])
    // Falls when a line of the tables is lost; rises with every op.
    expect(report.passed).toBeGreaterThanOrEqual(198)
    expect(report.notYet).toBe(0)
    expect(report.lines.at(-1)).toBe(`${report.passed} passed, 0 failed`)
  })

  it('say backend, tensor and by how much a case is off', () => {
    expect(outcomesOf(reluCase([0, 2]))[0]?.kind).toBe('passed')
    const [outcome] = outcomesOf(reluCase([0, 2.5]))
    expect(outcome?.kind === 'failed' ? outcome.problems : []).toEqual([
      'reference: output[1]: 2.5 expected, got 2, off by 2.00e-1 of the largest, 1e-9 allowed',
      'wasm: output[1]: 2.5 expected, got 2, off by 2.00e-1 of the largest, 0.00002 allowed',
    ])
  })

  it('fail for NaN where a number is expected', () => {
    expect(outcomesOf(reluCase([0, 2]).replace('[-1,2]', '[-1,1e999]'))[0]?.kind).toBe('failed')
  })

  it('hold what a layer keeps for after the training too', () => {
    const { cases, ...rest } = JSON.parse(readFileSync(join(folder, 'layers.json'), 'utf8'))
    const only = cases.filter(({ label }: { label: string }) => label === 'batch_norm_train')
    expect(outcomesOf(JSON.stringify({ ...rest, cases: only })).map(({ kind }) => kind)).toEqual(['passed'])
    only[0].buffers_after.running_var.data[2] += 0.001
    const [outcome] = outcomesOf(JSON.stringify({ ...rest, cases: only }))
    expect(outcome?.kind === 'failed' ? outcome.problems : []).toEqual([
      expect.stringMatching(/^reference: running_var afterwards\[2\]: 0\.97/),
      expect.stringMatching(/^wasm: running_var afterwards\[2\]: 0\.97/),
    ])
    only[0].buffers_after = { running_median: only[0].buffers_after.running_mean }
    expect(outcomesOf(JSON.stringify({ ...rest, cases: only }))[0]).toMatchObject({
      problems: [
        'reference: running_median afterwards: there is none',
        'wasm: running_median afterwards: there is none',
      ],
    })
  })

  it('count an unknown label or attribute as not yet, never as passed', () => {
    expect(outcomesOf(reluCase([0, 2]).replace('relu', 'swish'))[0]).toMatchObject({
      kind: 'not yet',
      missing: 'swish',
    })
    expect(outcomesOf(reluCase([0, 2], { ceiling: 6 }))[0]).toMatchObject({ missing: 'relu with ceiling' })
    expect(outcomesOf(reluCase([0, 2], { note: 'x' }))[0]?.kind).toBe('passed')
  })

  it('are refused with their place where they have another form', () => {
    const empty = mkdtempSync(join(tmpdir(), 'paramap-golden-'))
    expect(() => runGoldenFolder(empty, kernels)).toThrow(/no golden files/)
    writeFileSync(join(empty, 'odd.json'), '{"cases":[{"label":"relu","inputs":{"x":{"shape":[2],"data":[1]}}}]}')
    expect(() => runGoldenFolder(empty, kernels)).toThrow(/odd\.json: relu\.inputs\.x: expected as many numbers/)
  })
})
