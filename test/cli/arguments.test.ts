import { describe, expect, it } from 'vitest'
import { exclude, type Option, readArguments } from '../../src/cli/arguments.ts'
import { codeOf, faultOf } from '../support/fault.ts'

const options: readonly Option[] = [
  { kind: 'text', name: '--output', short: '-o' },
  { kind: 'whole', name: '--epochs', min: 1, max: 100 },
  { kind: 'number', name: '--temperature', min: -1, max: 2 },
]
const read = (...typed: string[]) => readArguments(typed, { positionals: ['RECIPE'], options })

describe('arguments', () => {
  it('are read in any order, short and long, with = and without', () => {
    const given = read('-o', 'a', '--epochs=5', 'b.json', '--temperature', '-.5', '--json')
    expect(given.positionals).toEqual(['b.json'])
    expect(given.text('--output')).toBe('a')
    expect(given.number('--epochs')).toBe(5)
    expect(given.number('--temperature')).toBe(-0.5)
    expect(given.has('--json')).toBe(true)
    expect(given.has('--help')).toBe(false)
  })

  it('after -- are no options', () => {
    expect(read('--', '--epochs').positionals).toEqual(['--epochs'])
  })

  it('that are unknown name the nearest one', () => {
    expect(faultOf(() => read('a', '--epoch', '5'))).toMatchObject({
      code: 'USAGE-002',
      values: { given: '--epoch', nearest: '--epochs' },
    })
    expect(codeOf(() => read('a', '--json=1'))).toBe('USAGE-002')
  })

  it('that are missing or too many say so', () => {
    expect(codeOf(() => read())).toBe('USAGE-003')
    expect(codeOf(() => read('a', 'b'))).toBe('USAGE-006')
    expect(codeOf(() => read('a', '-o'))).toBe('USAGE-005')
    expect(codeOf(() => read('a', '-o', '--json'))).toBe('USAGE-005')
    expect(read('--help').has('--help')).toBe(true)
  })

  it.each(['abc', '0', '101', '1.5', '1e1', '', '0x10'])('refuses %j epochs', (value) => {
    expect(codeOf(() => read('a', `--epochs=${value}`))).toBe('USAGE-010')
  })

  it.each(['warm', '3', '1,0', 'NaN'])('refuses the temperature %j', (value) => {
    expect(codeOf(() => read('a', `--temperature=${value}`))).toBe('USAGE-004')
  })

  it('that exclude each other are refused', () => {
    const given = read('a', '-o', 'b', '--epochs', '1')
    expect(codeOf(() => exclude(given, '--output', '--epochs'))).toBe('USAGE-007')
  })
})
