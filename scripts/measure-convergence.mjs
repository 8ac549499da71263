/**
 * `npm run measure:convergence`: four networks of TensorFlow Playground over ten seeds, beside what its own core reaches.
 * Ends with 1 where one ends above it. Runs on the project's Node, which reads TypeScript.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { requireNode } from './tools.mjs'

const runner = fileURLToPath(new URL('../test/convergence/run.ts', import.meta.url))
const { status } = spawnSync(requireNode(), [runner], { stdio: 'inherit' })
process.exit(status ?? 1)
