/** `paramap serve`: the web shell. */
import type { Given, Option } from './arguments.ts'
import { exitCodes, type Output } from './output.ts'

/** Options of `serve`. */
export const serveOptions: readonly Option[] = [
  { kind: 'whole', name: '--port', min: 0, max: 65_535 },
  { kind: 'flag', name: '--no-open' },
]

/** Starts the shell, which ends the process itself. */
export async function serve(given: Given, out: Output): Promise<number> {
  // Only this command needs it, and it exists in the build alone: its worker is bundled there.
  const { serveWeb } = await import('../main/web/serve.ts')
  const announce = out.json ? { announce: (address: string) => out.event({ event: 'ready', address }) } : {}
  await serveWeb({ open: !given.has('--no-open'), port: given.number('--port') ?? 0, ...announce })
  return exitCodes.done
}
