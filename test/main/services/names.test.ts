import { describe, expect, it } from 'vitest'
import { modelFileName, modelName } from '../../../src/main/services/names.ts'

describe('names of models', () => {
  it.each([
    ['나는 너를', '나는 너를.safetensors'],
    ['나는 너를'.normalize('NFD'), '나는 너를.safetensors'],
    ['  circle ', 'circle.safetensors'],
    ['circle.safetensors', 'circle.safetensors'],
    ['v1.2 (final)', 'v1.2 (final).safetensors'],
    ['console', 'console.safetensors'],
  ])('%j becomes %j', (name, file) => {
    expect(modelFileName(name)).toBe(file)
  })

  it.each([
    '',
    ' ',
    '.',
    '..',
    '../x',
    '..\\x',
    'a/b',
    'a\\b',
    '/etc/passwd',
    'C:',
    'C:x',
    'x::$DATA',
    '\\\\host\\share',
    'a\0b',
    'a\nb',
    '.hidden',
    'x.',
    'con',
    'NUL',
    'nul.txt',
    'COM1',
    'lpt9.x',
    'a*b',
    'a?b',
    '<a>',
    'a|b',
    '"a"',
    'right\u202eleft',
    '가'.repeat(100),
    '.safetensors',
  ])('%j is refused', (name) => {
    expect(() => modelFileName(name)).toThrow(expect.objectContaining({ code: 'FILE-005' }))
  })

  it('are shown without their suffix, composed', () => {
    expect(modelName('사랑.safetensors'.normalize('NFD'))).toBe('사랑')
  })
})
