import { expect, it } from 'vitest'
import { createArrivals } from '../../../src/renderer/stores/arriving.ts'
import { type FrameHead, readFrame } from '../../../src/shared/frame.ts'
import { aFrame } from '../fixture-bridge.ts'

/** A frame with a piece of five parameters. */
const piece = (from: number, data: readonly number[], head: Partial<FrameHead> = {}) =>
  readFrame(aFrame(head, { sums: [1] }, [{ name: 'parameters', data: Float32Array.from(data), from, whole: 5 }]))

const names = ({ sections }: { sections: ReadonlyMap<string, Float32Array> }): readonly string[] => [...sections.keys()]

it('shows a section when its last piece has come', () => {
  const arrivals = createArrivals()
  expect(names(arrivals.take(piece(0, [1, 2])))).toEqual(['sums'])
  expect(names(arrivals.take(readFrame(aFrame({}, { sums: [1] }))))).toEqual(['sums'])
  const { sections } = arrivals.take(piece(2, [3, 4, 5]))
  expect(sections.get('parameters')).toEqual(Float32Array.of(1, 2, 3, 4, 5))
})

it('leaves the numbers that a picture is drawn from as they are while the next ones come', () => {
  const arrivals = createArrivals()
  const shown = arrivals.take(piece(0, [1, 2, 3, 4, 5])).sections.get('parameters')
  arrivals.take(piece(0, [9, 9]))
  expect(shown).toEqual(Float32Array.of(1, 2, 3, 4, 5))
})

it.each([
  ['a piece was missed', [piece(0, [1]), piece(2, [3, 4, 5])]],
  ['its beginning was missed', [piece(2, [3, 4, 5])]],
  ['another run came between', [piece(0, [1, 2]), piece(2, [3, 4, 5], { run: 'b' })]],
  ['the network is another', [piece(0, [1, 2]), piece(2, [3, 4, 5], { version: 2 })]],
  ['the whole came meanwhile', [piece(0, [1, 2]), readFrame(aFrame({}, { parameters: [1] })), piece(2, [3, 4, 5])]],
])('shows nothing of it where %s, and the next one whole', (_, frames) => {
  const arrivals = createArrivals()
  const last = frames.map((frame) => arrivals.take(frame)).at(-1)
  expect(last && names(last)).toEqual(['sums'])
  const { run = 'a', version = 1 } = last?.head ?? {}
  expect(names(arrivals.take(piece(0, [1, 2], { run, version })))).toEqual(['sums'])
  expect(names(arrivals.take(piece(2, [3, 4, 5], { run, version })))).toEqual(['sums', 'parameters'])
})
