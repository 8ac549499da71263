/** Entry of the command line: `paramap COMMAND …`. */
import manifest from '../../package.json' with { type: 'json' }
import { excerpt, Fault, nearest } from '../core/spec/index.ts'
import { systemLanguage } from '../main/services/language.ts'
import { commonOptions, readArguments } from './arguments.ts'
import { commands } from './commands.ts'
import { createOutput, exitCodes, type Output } from './output.ts'

async function run(typed: readonly string[], out: Output): Promise<number> {
  const [name, ...rest] = typed
  if (name === undefined) {
    out.note('HELP-paramap')
    return exitCodes.usage
  }
  if (name === '--help' || name === '-h' || name === 'help') return help(out, 'paramap')
  if (name === '--version') {
    out.event({ version: manifest.version })
    out.print(manifest.version)
    return exitCodes.done
  }
  const command = commands.get(name)
  if (command === undefined) throw unknown(name)
  const given = readArguments(rest, command)
  return given.has('--help') ? help(out, name) : command.run(given, out)
}

function help(out: Output, name: string): number {
  const text = out.say(`HELP-${name}`)
  out.event({ help: text })
  out.print(text)
  return exitCodes.done
}

function unknown(name: string): Fault {
  const given = excerpt(name)
  if (!name.startsWith('-')) return new Fault('USAGE-001', { given, nearest: nearest(name, [...commands.keys()]) })
  const options = ['--version', ...commonOptions.map((option) => option.name)]
  return new Fault('USAGE-002', { given, nearest: nearest(name, options) })
}

/** A reader that has seen enough (`paramap … | head`) is no failure. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(exitCodes.done)
}

async function main(): Promise<void> {
  process.stdout.on('error', endWithReader)
  const typed = process.argv.slice(2)
  const out = createOutput(typed.includes('--json'), systemLanguage())
  // `paramap --json COMMAND` means the same as `paramap COMMAND --json`.
  const words = typed[0] === '--json' ? typed.slice(1) : typed
  try {
    process.exitCode = await run(words, out)
  } catch (error) {
    process.exitCode = out.fail(error)
  }
}

await main()
