/** `paramap inspect`: what is in a safetensors file. */
import { checkKind, readModel } from '../core/io/model.ts'
import { readSafetensors, type SafetensorsFile } from '../core/io/safetensors.ts'
import { excerpt } from '../core/spec/index.ts'
import type { Given } from './arguments.ts'
import { readModelBytes } from './files.ts'
import { exitCodes, type Output, within } from './output.ts'

const statePrefix = 'state.'
/** Characters of a value of the metadata that a terminal shows; `--json` gives all. */
const shownLength = 100

/** Lists tensors and metadata; one of our own models is checked whole, hashes included. */
export async function inspect(given: Given, out: Output): Promise<number> {
  const [path = ''] = given.positionals
  const { metadata, tensors } = await within(path, async () => checked(await readModelBytes(path)))
  const isOurs = metadata.has('paramap.recipe')
  const list = [...tensors.values()].map(({ name, dtype, shape, bytes }) => ({
    name,
    dtype,
    shape,
    bytes: bytes.length,
  }))
  const parameters = list
    .filter(({ name }) => !isOurs || !name.startsWith(statePrefix))
    .reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0)
  out.event({ format: 'safetensors', parameters, tensors: list, metadata: Object.fromEntries(metadata) })
  out.print(out.say('CLI-inspected', { count: list.length, parameters }))
  for (const { name, dtype, shape, bytes } of list) {
    out.print(`  ${excerpt(name, shownLength)}  ${dtype} [${shape.join(', ')}]  ${bytes} B`)
  }
  for (const [key, value] of metadata) out.print(`  ${excerpt(key, shownLength)}: ${excerpt(value, shownLength)}`)
  return exitCodes.done
}

function checked(bytes: Uint8Array): SafetensorsFile {
  checkKind(bytes)
  const file = readSafetensors(bytes)
  if (file.metadata.has('paramap.recipe')) readModel(bytes)
  return file
}
