/** Names that a person may give to a model: the same on every system, so that files can be passed on. */
import { Fault } from '../../core/spec/index.ts'

export const MODEL_SUFFIX = '.safetensors'

/** Bytes of a name without its suffix; file systems allow 255 with it, and a temporary name needs some more. */
const MAX_NAME_BYTES = 180
/** Separators, wildcards, stream marks and quotes of any system. */
const forbidden = /[/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u
/** Devices that Windows finds under any folder. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i

/** The file name for a model's name, in NFC; faults `FILE-005` for one that no file can bear. */
export function modelFileName(name: string): string {
  const plain = name.normalize('NFC').trim()
  const bare = plain.toLowerCase().endsWith(MODEL_SUFFIX) ? plain.slice(0, -MODEL_SUFFIX.length).trimEnd() : plain
  const refused =
    bare === '' ||
    bare.startsWith('.') ||
    bare.endsWith('.') ||
    forbidden.test(bare) ||
    reserved.test(bare) ||
    Buffer.byteLength(bare) > MAX_NAME_BYTES
  if (refused) throw new Fault('FILE-005', { file: bare.slice(0, MAX_NAME_BYTES) })
  return `${bare}${MODEL_SUFFIX}`
}

/** The name that people see for a file of the library. */
export function modelName(fileName: string): string {
  return fileName.normalize('NFC').slice(0, -MODEL_SUFFIX.length)
}
