import { describe, expect, it } from 'vitest'
import { philox, Stream } from '../../../src/core/data/random.ts'

const hex = (words: Uint32Array): string => Array.from(words, (word) => word.toString(16).padStart(8, '0')).join(' ')

describe('Philox4x32-10', () => {
  // Known answers published with the paper's library Random123 (kat_vectors).
  it.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [Array(4).fill(0xffffffff), Array(2).fill(0xffffffff), '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ])('gives the published words for counter %s and key %s', (counter, [key0, key1], expected) => {
    const words = Uint32Array.from(counter)
    philox(words, key0, key1)
    expect(hex(words)).toBe(expected)
  })
})

describe('a stream', () => {
  const take = (stream: Stream, count = 8): number[] => Array.from({ length: count }, () => stream.uint32())

  it('gives the same numbers for the same seed, purpose and index, and others for any other', () => {
    const numbers = take(new Stream(1, 'init'))
    expect(take(new Stream(1, 'init'))).toEqual(numbers)
    for (const other of [new Stream(2, 'init'), new Stream(1, 'data'), new Stream(1, 'init', 1)]) {
      expect(take(other)).not.toEqual(numbers)
    }
  })
  it('continues from any counter', () => {
    const numbers = take(new Stream(3, 'shuffle'), 40)
    for (const counter of [0, 1, 3, 4, 17, 39]) {
      const stream = new Stream(3, 'shuffle')
      stream.counter = counter
      expect(stream.uint32()).toBe(numbers[counter])
      expect(stream.counter).toBe(counter + 1)
    }
  })
  it('does not repeat beyond 2^34 numbers', () => {
    const stream = new Stream(3, 'shuffle')
    const numbers = take(stream)
    stream.counter = 2 ** 34
    expect(take(stream)).not.toEqual(numbers)
  })
  it('has uniform numbers of mean 1/2 and variance 1/12', () => {
    const stream = new Stream(5, 'data')
    const numbers = Array.from({ length: 20_000 }, () => stream.uniform())
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length
    const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length
    // Five standard errors of the mean are 0.0102.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.0102)
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.003)
    expect(numbers.every((x) => x >= 0 && x < 1)).toBe(true)
  })
  it('has normal numbers of mean 0, variance 1 and kurtosis 3', () => {
    const stream = new Stream(6, 'init')
    const numbers = Array.from({ length: 20_000 }, () => stream.normal())
    const moment = (power: number): number => numbers.reduce((sum, x) => sum + x ** power, 0) / numbers.length
    // About five standard errors each: sqrt(1, 2, 96) / sqrt(20000).
    expect(Math.abs(moment(1))).toBeLessThan(0.036)
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.05)
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.35)
    expect(stream.counter).toBe(40_000)
  })
  it('is uniform below n', () => {
    const stream = new Stream(7, 'sampling')
    const counts = new Uint32Array(6)
    for (let i = 0; i < 12_000; i++) {
      const value = stream.below(6)
      counts[value] = (counts[value] ?? 0) + 1
    }
    // Expected 2000 each, standard deviation 41.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(205)
    expect(stream.below(1)).toBe(0)
    expect(() => stream.below(0)).toThrow(RangeError)
  })
  it('permutes every number exactly once, into the array that it is given', () => {
    const out = new Uint32Array(100)
    expect(new Stream(8, 'shuffle').permutation(100, out)).toBe(out)
    expect([...out].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i))
    expect([...out]).not.toEqual(Array.from({ length: 100 }, (_, i) => i))
    expect(new Stream(8, 'shuffle').permutation(0)).toHaveLength(0)
  })
})
