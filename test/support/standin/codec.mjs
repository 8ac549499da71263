/**
 * Values that structured clone carries, as JSON text. The two functions also run in the preload's world, so they are
 * kept as self-contained source.
 */
function encode(value) {
  const base64 = (bytes) => {
    let text = ''
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768))
    return btoa(text)
  }
  if (value === undefined) return { $: 'undefined' }
  if (typeof value === 'bigint') return { $: 'bigint', v: String(value) }
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return { $: 'number', v: '-0' }
    return Number.isFinite(value) ? value : { $: 'number', v: String(value) }
  }
  if (typeof value === 'function' || typeof value === 'symbol') throw new Error('An object could not be cloned.')
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((item) => encode(item))
  if (value instanceof Date) return { $: 'date', v: value.getTime() }
  if (value instanceof Map) return { $: 'map', v: [...value].map(([key, item]) => [encode(key), encode(item)]) }
  if (value instanceof Set) return { $: 'set', v: [...value].map((item) => encode(item)) }
  if (value instanceof Error) return { $: 'error', v: value.message, name: value.name }
  if (value instanceof ArrayBuffer) return { $: 'buffer', v: base64(new Uint8Array(value)) }
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    const kind = Object.prototype.toString.call(value).slice(8, -1)
    return { $: 'view', v: base64(bytes), kind }
  }
  const entries = Object.entries(value).map(([key, item]) => [key, encode(item)])
  const plain = Object.fromEntries(entries)
  return '$' in plain ? { $: 'object', v: plain } : plain
}

function decode(value) {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const object = (entries) => Object.fromEntries(Object.entries(entries).map(([key, item]) => [key, decode(item)]))
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((item) => decode(item))
  switch (value.$) {
    case undefined:
      return object(value)
    case 'undefined':
      return undefined
    case 'bigint':
      return BigInt(value.v)
    case 'number':
      return Number(value.v)
    case 'date':
      return new Date(value.v)
    case 'map':
      return new Map(value.v.map(([key, item]) => [decode(key), decode(item)]))
    case 'set':
      return new Set(value.v.map((item) => decode(item)))
    case 'error':
      return Object.assign(new Error(value.v), { name: value.name })
    case 'buffer':
      return bytes(value.v).buffer
    case 'view':
      return new globalThis[value.kind](bytes(value.v).buffer)
    default:
      return object(value.v)
  }
}

/** Source of `encode` and `decode` for the preload's world. */
export const codecSource = `${encode}\n${decode}`

/** A value as text. */
export const pack = (value) => JSON.stringify(encode(value))

/** The value that `pack` was given, copied. */
export const unpack = (text) => decode(JSON.parse(text))
