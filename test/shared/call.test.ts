import { describe, expect, it } from 'vitest'
import { packCall, readCall, withBytes } from '../../src/shared/call.ts'

const packed = (argument: unknown): Uint8Array => {
  const message = packCall(7, 'model.upload', argument)
  if (typeof message === 'string') throw new Error('no bytes')
  return new Uint8Array(message)
}
function read(message: Uint8Array): { text: unknown; bytes: Uint8Array } {
  const call = readCall(message)
  if (call === null) throw new Error('refused')
  return { text: JSON.parse(new TextDecoder().decode(call.text)), bytes: call.bytes }
}

describe('a call without bytes', () => {
  it.each([
    ['no argument', null],
    ['an argument', { run: 'a' }],
    ['bytes that are none', { name: 'n', bytes: [1, 2] }],
  ])('is text: %s', (_name, argument) => {
    const message = packCall(7, 'run.play', argument)
    expect(JSON.parse(String(message))).toEqual({ id: 7, name: 'run.play', argument })
  })

  it('gets none', () => {
    const argument = { run: 'a' }
    expect(withBytes(argument, null)).toBe(argument)
    expect(withBytes(null, null)).toBeNull()
  })
})

describe('a call with bytes', () => {
  it('is the length of its text, the text, the bytes', () => {
    const message = packed({ bytes: Uint8Array.of(5, 6) })
    const text = new TextEncoder().encode('{"id":7,"name":"model.upload","argument":{}}')
    expect([...message]).toEqual([text.length, 0, 0, 0, ...text, 5, 6])
  })

  it('reads back as what was packed, in whatever buffer it lies, and keeps nothing of that', () => {
    const message = packed({ name: '나', bytes: Uint8Array.of(7, 8, 9) })
    const within = Uint8Array.of(1, 2, 3, ...message, 4).subarray(3, 3 + message.length)
    const { text, bytes } = read(within)
    expect(text).toEqual({ id: 7, name: 'model.upload', argument: { name: '나' } })
    expect(withBytes({ name: '나' }, bytes)).toEqual({ name: '나', bytes: Uint8Array.of(7, 8, 9) })
    expect(bytes.buffer.byteLength).toBe(3)
  })

  it('may carry none at all', () => {
    expect(read(packed({ bytes: new Uint8Array(0) })).bytes).toEqual(new Uint8Array(0))
  })

  it('carries them in an object also where its argument was none', () => {
    const bytes = Uint8Array.of(1)
    for (const argument of [null, 'text', 3, [4]]) expect(withBytes(argument, bytes)).toEqual({ bytes })
  })
})

describe('a binary message', () => {
  it.each([
    ['nothing', []],
    ['less than a length', [1, 0, 0]],
    ['less than the text', [9, 0, 0, 0, 123, 125]],
    ['one byte less than the text', [3, 0, 0, 0, 123, 125]],
    ['next to nothing of the longest text', [255, 255, 255, 255, 123, 125]],
  ])('that holds %s is refused', (_name, bytes) => {
    expect(readCall(Uint8Array.from(bytes))).toBeNull()
  })
})
