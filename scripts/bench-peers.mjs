/**
 * `npm run bench:peers`: Paramap and its peers on this computer in one run, as microseconds a step and ratios.
 *
 * brain.js and TensorFlow.js are installed into `.cache/peers` (they are no part of the app), PyTorch is used where a
 * Python that has it is found (PYTHON names it). What is missing is said and left out.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt, ensureInstalled } from './setup.mjs'
import { root } from './tools.mjs'

const peersFolder = join(root, '.cache/peers')
const peerPackages = [
  '@tensorflow/tfjs-core@4.22.0',
  '@tensorflow/tfjs-layers@4.22.0',
  '@tensorflow/tfjs-backend-cpu@4.22.0',
  '@tensorflow/tfjs-backend-wasm@4.22.0',
]

function lines(text) {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...options })
  if (result.status !== 0) process.stderr.write(result.stderr ?? '')
  return lines(result.stdout ?? '')
}

function findPython() {
  for (const python of [process.env.PYTHON, 'python3', 'python'].filter(Boolean)) {
    const found = spawnSync(python, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' })
    if (found.status === 0) return { python, version: found.stdout.trim() }
  }
  return null
}

function installPeers() {
  if (existsSync(join(peersFolder, 'node_modules/@tensorflow/tfjs-core'))) return true
  mkdirSync(peersFolder, { recursive: true })
  writeFileSync(join(peersFolder, 'package.json'), '{ "private": true, "type": "module" }\n')
  try {
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...peerPackages], {
      cwd: peersFolder,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return true
  } catch {
    return false
  }
}

await ensureInstalled()
await ensureBuilt()
const node = join(root, 'node_modules/.bin/node')
const threadCounts = availableParallelism() > 1 ? [1, 2] : [1]
const table = new Map()
const add = (name, column, value) => table.set(name, { ...table.get(name), [column]: value })

for (const threads of threadCounts) {
  for (const line of run(node, ['out/cli/paramap.js', 'bench', '--json', '--threads', String(threads)], {
    cwd: root,
  })) {
    add(line.case, `paramap ${threads}`, line.microsecondsPerStep ?? line.gflops)
  }
}
for (const line of run(node, ['out/cli/paramap.js', 'bench', '--json', '--plain'], { cwd: root })) {
  add(line.case, 'plain 1', line.microsecondsPerStep ?? line.gflops)
}

const torch = findPython()
if (torch === null)
  process.stderr.write('No Python with PyTorch was found: its columns are left out (PYTHON=… names one).\n')
else {
  for (const threads of threadCounts) {
    const env = { ...process.env, OMP_NUM_THREADS: String(threads) }
    for (const line of run(torch.python, [join(root, 'bench/torch_steps.py'), String(threads)], { env })) {
      add(line.case, `torch ${threads}`, line.microsecondsPerStep)
    }
  }
}

if (!installPeers()) process.stderr.write('TensorFlow.js could not be installed: its columns are left out.\n')
else {
  for (const backend of ['cpu', 'wasm']) {
    for (const line of run(node, [join(root, 'bench/tfjs-steps.mjs'), backend, peersFolder])) {
      add(line.case, `tfjs ${backend}`, line.microsecondsPerStep)
    }
  }
}

const columns = ['paramap 1', 'plain 1', 'paramap 2', 'torch 1', 'torch 2', 'tfjs cpu', 'tfjs wasm']
const number = (value) => (value === undefined ? '' : value.toLocaleString('en-US'))
const ratio = (over, under) => (over === undefined || under === undefined ? '' : `${(over / under).toFixed(2)}x`)
console.log(
  `Processor: ${cpus()[0]?.model ?? 'unknown'}; Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}; PyTorch ${torch?.version ?? 'none'}`,
)
console.log(`| case | ${columns.join(' | ')} | torch 1 / paramap 1 | torch 2 / paramap 2 |`)
console.log(`|---|${columns.map(() => '---:').join('|')}|---:|---:|`)
for (const [name, row] of table) {
  const isProduct = name.startsWith('product')
  const ratios = isProduct
    ? ['', '']
    : [ratio(row['torch 1'], row['paramap 1']), ratio(row['torch 2'], row['paramap 2'])]
  console.log(
    `| ${name}${isProduct ? ' (GFLOP/s)' : ''} | ${columns.map((column) => number(row[column])).join(' | ')} | ${ratios.join(' | ')} |`,
  )
}
