/**
 * A call as one message of the web shell: JSON text; or, where its argument carries bytes, u32 length of the text (little
 * endian), the text as UTF-8 without the argument's `bytes`, then these.
 */

/** The length of the text. */
export const lengthBytes = 4

const encoder = new TextEncoder()

/** An argument without the bytes that it carries, and these. */
function apart(argument: unknown): { rest: unknown; bytes: Uint8Array | null } {
  if (typeof argument !== 'object' || argument === null || !('bytes' in argument))
    return { rest: argument, bytes: null }
  const { bytes, ...rest } = argument
  return bytes instanceof Uint8Array ? { rest, bytes } : { rest: argument, bytes: null }
}

/** Packs a call: as text, or with its bytes behind the text. */
export function packCall(id: number, name: string, argument: unknown): string | ArrayBuffer {
  const { rest, bytes } = apart(argument)
  const text = JSON.stringify({ id, name, argument: rest })
  if (bytes === null) return text
  const json = encoder.encode(text)
  const message = new Uint8Array(lengthBytes + json.length + bytes.length)
  new DataView(message.buffer).setUint32(0, json.length, true)
  message.set(json, lengthBytes)
  message.set(bytes, lengthBytes + json.length)
  return message.buffer
}

/** The text and the bytes of a binary message; null where it is shorter than its text is said to be. */
export function readCall(message: Uint8Array): { readonly text: Uint8Array; readonly bytes: Uint8Array } | null {
  if (message.length < lengthBytes) return null
  const end = lengthBytes + new DataView(message.buffer, message.byteOffset).getUint32(0, true)
  if (end > message.length) return null
  // A copy: what is handed on must not bring the whole message with it.
  return { text: message.subarray(lengthBytes, end), bytes: new Uint8Array(message.subarray(end)) }
}

/** The argument of a text that was read, with the bytes that came behind it; null for none. */
export const withBytes = (argument: unknown, bytes: Uint8Array | null): unknown =>
  bytes === null ? argument : { ...(typeof argument === 'object' && !Array.isArray(argument) ? argument : {}), bytes }
