/** What is typed behind `paramap`, done: the command, its help, or a sentence that says what is wrong. */
import manifest from '../../package.json' with { type: 'json' }
import { excerpt, Fault, nearest } from '../core/spec/index.ts'
import { commonOptions, readArguments } from './arguments.ts'
import { commands } from './commands.ts'
import { exitCodes, type Output } from './output.ts'

/** Does what is typed and answers the exit code; whatever goes wrong is told on `out`. */
export async function runTyped(typed: readonly string[], out: Output): Promise<number> {
  // `paramap --json COMMAND` means the same as `paramap COMMAND --json`.
  const words = typed[0] === '--json' ? typed.slice(1) : typed
  try {
    return await run(words, out)
  } catch (error) {
    return out.fail(error)
  }
}

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
