/** Says how large the built app is and fails over the budget. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fail, root } from './tools.mjs'

const KiB = 1024

/**
 * What a first visit loads and what is shipped in all. The font is apart: 3.1 MB of subsets, of which a page loads
 * the few that it shows. Budgets leave a third above the first measurement.
 */
const budgets = [
  { what: 'scripts of the page', folder: 'out/renderer', ends: ['.js'], limit: 1_200 * KiB },
  { what: 'styles of the page', folder: 'out/renderer', ends: ['.css'], limit: 300 * KiB },
  { what: 'fonts', folder: 'out/renderer', ends: ['.woff2'], limit: 4_096 * KiB },
  {
    what: 'main, chunks, command line',
    folder: 'out',
    ends: ['.js', '.cjs', '.wasm'],
    apart: 'renderer',
    limit: 1_500 * KiB,
  },
]

function sizeBytes({ folder, ends, apart }) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ends.some((end) => entry.name.endsWith(end)))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => apart === undefined || !file.startsWith(join(root, folder, apart)))
    .reduce((sum, file) => sum + statSync(file).size, 0)
}

const over = budgets.filter((budget) => {
  const bytes = sizeBytes(budget)
  console.log(`${budget.what}: ${Math.round(bytes / KiB)} KiB of ${budget.limit / KiB} KiB`)
  return bytes > budget.limit
})
if (over.length > 0) fail(`Over budget: ${over.map(({ what }) => what).join(', ')}.`)
