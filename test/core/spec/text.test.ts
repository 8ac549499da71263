import { describe, expect, it } from 'vitest'
import { excerpt, nearest, plainText } from '../../../src/core/spec/index.ts'

describe('nearest', () => {
  const words = ['seed', 'data', 'network', 'training']
  it('finds the word with the fewest edits', () => {
    expect(nearest('sed', words)).toBe('seed')
    expect(nearest('netwrok', words)).toBe('network')
    expect(nearest('Training', words)).toBe('training')
  })
  it('prefers equal capitals', () => {
    expect(nearest('X', ['x', 'X'])).toBe('X')
  })
  it('gives nothing when there are no words', () => {
    expect(nearest('seed', [])).toBe('')
  })
  it('compares huge words by their beginning', () => {
    expect(nearest('s'.repeat(1e7), words)).toBeTypeOf('string')
  })
})

describe('plain text', () => {
  it('composes Hangul and joins white space', () => {
    expect(plainText(' 나는\t\u00a0너를\n'.normalize('NFD'))).toBe('나는 너를')
  })
})

describe('excerpt', () => {
  it('keeps short texts and cuts long ones between characters', () => {
    expect(excerpt('짧다')).toBe('짧다')
    expect(excerpt('😀'.repeat(100), 4)).toBe('😀😀😀…')
    expect(excerpt('\u001b[31mred')).toBe('\ufffd[31mred')
  })
})
