import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../src/core/io/json.ts'
import { faultOf } from '../../support/fault.ts'

describe('JSON', () => {
  it.each([
    '{"a":[1,-2.5e3,"x\\n\\u00e9",true,false,null,{}],"":[]}',
    ' [ ] ',
    '"글"',
    '0',
    '\t{"constructor":{"__proto__":1}}',
  ])('%s reads as the host reads it', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text))
  })
  it('may begin with a byte order mark', () => {
    expect(parseJson('\ufeff{}')).toEqual({})
  })
  it('keeps __proto__ as plain data', () => {
    const value = parseJson('{"__proto__":{"x":1}}')
    expect(Object.keys(value as object)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })
  it.each([
    ['{"a":1,"a":2}', 'JSON-002', 'line 1, column 8'],
    ['{"a":1,"\\u0061":2}', 'JSON-002', 'line 1, column 8'],
    ['{\n "a": 1,\n}', 'JSON-001', 'line 3, column 1'],
    ['{"a":01}', 'JSON-001', 'line 1, column 6'],
    ['{a:1}', 'JSON-001', 'line 1, column 2'],
    ["{'a':1}", 'JSON-001', 'line 1, column 2'],
    ['[1 2]', 'JSON-001', 'line 1, column 4'],
    ['"\\x"', 'JSON-001', 'line 1, column 1'],
    ['"\\ud800"', 'JSON-001', 'line 1, column 1'],
    ['{} // no', 'JSON-001', 'line 1, column 4'],
    ['nul', 'JSON-001', 'line 1, column 1'],
    ['"a\nb"', 'JSON-001', 'line 1, column 3'],
    ['', 'JSON-004', 'line 1, column 1'],
    ['{"a":', 'JSON-004', 'line 1, column 6'],
    ['"a', 'JSON-004', 'line 1, column 3'],
    ['['.repeat(1e5), 'JSON-003', 'line 1, column 66'],
    ['1'.repeat(1e5), 'JSON-001', 'line 1, column 1'],
  ])('%.20s is refused', (text, code, at) => {
    const fault = faultOf(() => parseJson(text))
    expect([fault.code, fault.at]).toEqual([code, at])
  })
})
