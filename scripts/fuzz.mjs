/**
 * Feeds broken files to the readers, `npm run fuzz -- [--seconds N | --cases N] [--seed N]`: every answer must be a value or
 * a Fault, within two seconds. Then takes 10,000 random edits of a run back. Runs on the project's Node, which reads
 * TypeScript.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { requireNode } from './tools.mjs'

const runner = fileURLToPath(new URL('../test/fuzz/run.ts', import.meta.url))
const assets = new URL('../test/support/asset-hooks.mjs', import.meta.url).href
const { status } = spawnSync(requireNode(), ['--import', assets, runner, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
