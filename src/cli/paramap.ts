/** Entry of the command line: `paramap COMMAND …`. */
import { systemLanguage } from '../main/services/language.ts'
import { createOutput, exitCodes } from './output.ts'
import { runTyped } from './run.ts'

/** A reader that has seen enough (`paramap … | head`) is no failure. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(exitCodes.done)
}

process.stdout.on('error', endWithReader)
const typed = process.argv.slice(2)
process.exitCode = await runTyped(typed, createOutput(typed.includes('--json'), systemLanguage()))
