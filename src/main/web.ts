/** Entry of the web shell: `--no-open` prints the address and waits, `--port N` asks for a port. */
import { parseArgs } from 'node:util'
import { serveWeb } from './web/serve.ts'

const MAX_PORT = 65_535

function fail(message: string, code: number): never {
  process.stderr.write(`${message}\n`)
  process.exit(code)
}

function readArguments(): { open: boolean; port: number } {
  try {
    const { values } = parseArgs({
      options: {
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string', default: '0' },
        web: { type: 'boolean', default: false },
      },
    })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) fail(`--port: a whole number up to ${MAX_PORT}`, 2)
    return { open: !values['no-open'], port }
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error), 2)
  }
}

serveWeb(readArguments()).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error), 1))
