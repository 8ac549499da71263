/** The list of commands: a new one is one file and one line here. */
import type { Given, Syntax } from './arguments.ts'
import { bench, benchOptions } from './bench/command.ts'
import { generate, generateOptions } from './generate.ts'
import { inspect } from './inspect.ts'
import type { Output } from './output.ts'
import { predict, predictOptions } from './predict.ts'
import { serve, serveOptions } from './serve.ts'
import { train, trainOptions } from './train.ts'

/** One command; its help is the sentence `HELP-NAME`. `run` answers the exit code. */
export interface Command extends Syntax {
  run(given: Given, out: Output): Promise<number>
}

export const commands: ReadonlyMap<string, Command> = new Map([
  ['train', { positionals: ['RECIPE'], options: trainOptions, run: train }],
  ['predict', { positionals: ['MODEL'], options: predictOptions, run: predict }],
  ['generate', { positionals: ['MODEL'], options: generateOptions, run: generate }],
  ['inspect', { positionals: ['FILE'], options: [], run: inspect }],
  ['bench', { positionals: [], options: benchOptions, run: bench }],
  ['serve', { positionals: [], options: serveOptions, run: serve }],
])
