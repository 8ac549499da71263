/** Checks the message files: both languages have the same keys, none is empty, none is missing, none is unused. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './tools.mjs'

const languages = ['ko', 'en']
const hangul = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/

/** Folders with message files, and the code that uses them. */
const groups = [
  { messages: 'src/renderer/i18n', users: ['src/renderer'] },
  { messages: 'src/shared/messages', users: ['src'] },
]

function flatten(node, prefix, found) {
  for (const [key, value] of Object.entries(node)) {
    const path = prefix === '' ? key : `${prefix}.${key}`
    if (value !== null && typeof value === 'object') flatten(value, path, found)
    else found.set(path, value)
  }
  return found
}

function sourcesUnder(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|vue)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Placeholders `{name}` of a sentence, sorted. */
function placeholders(sentence) {
  return [...String(sentence).matchAll(/\{(\w+)/g)].map((match) => match[1]).sort()
}

function compareLanguages(folder, first, second) {
  const problems = []
  const [a, b] = languages
  for (const [key, text] of first) {
    if (!second.has(key)) problems.push(`${folder}: ${key} is in ${a} and missing in ${b}`)
    else if (`${new Set(placeholders(text)).size}` !== `${new Set(placeholders(second.get(key))).size}`)
      problems.push(`${folder}: ${key} has other placeholders in ${a} than in ${b}`)
    if (typeof text !== 'string' || text.trim() === '') problems.push(`${folder}: ${key} is empty in ${a}`)
  }
  for (const [key, text] of second) {
    if (!first.has(key)) problems.push(`${folder}: ${key} is in ${b} and missing in ${a}`)
    if (typeof text !== 'string' || text.trim() === '') problems.push(`${folder}: ${key} is empty in ${b}`)
  }
  return problems
}

/**
 * A key is used when it stands in the code as it is, or when a template literal such as `help.${name}` could
 * make it.
 */
function unusedKeys(folder, keys, code) {
  const literals = new Set([...code.matchAll(/['"`]([\w-]+(?:\.[\w-]+)*)['"`]/g)].map((match) => match[1]))
  const patterns = [...code.matchAll(/`([\w.-]*\$\{[^`]*)`/g)].map((match) => {
    const pieces = match[1].split(/\$\{[^}]*\}/).map((piece) => piece.replace(/[.*+?^()|[\]\\]/g, '\\$&'))
    return new RegExp(`^${pieces.join('.+')}$`)
  })
  const selective = patterns.filter((pattern) => pattern.source.replace(/[^\w]/g, '').length > 2)
  return keys
    .filter((key) => !literals.has(key) && !selective.some((pattern) => pattern.test(key)))
    .map((key) => `${folder}: ${key} is used nowhere`)
}

/** Keys passed to `t('…')` in the page that no message file has. */
function missingKeys(keys, files) {
  const known = new Set(keys)
  return files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bt\(\s*'([\w.-]+)'/g)]
      .map((match) => match[1])
      .filter((key) => !known.has(key))
      .map((key) => `${relative(root, file)}: t('${key}') has no message`),
  )
}

function hangulInComponents(files) {
  return files
    .filter((file) => file.endsWith('.vue'))
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          hangul.test(line) ? [`${relative(root, file)}:${index + 1}: text in a component`] : [],
        ),
    )
}

/** Every problem with the messages, one sentence each. */
export function messageProblems() {
  const problems = []
  const all = []
  for (const { messages, users } of groups) {
    const files = languages.map((language) => join(root, messages, `${language}.json`))
    if (!files.every((file) => existsSync(file))) {
      problems.push(`${messages}: ${languages.map((language) => `${language}.json`).join(' and ')} are needed`)
      continue
    }
    const [first, second] = files.map((file) => flatten(JSON.parse(readFileSync(file, 'utf8')), '', new Map()))
    const code = users.flatMap((folder) => sourcesUnder(join(root, folder)))
    problems.push(...compareLanguages(messages, first, second))
    problems.push(...unusedKeys(messages, [...first.keys()], code.map((file) => readFileSync(file, 'utf8')).join('\n')))
    all.push(...first.keys())
  }
  const page = sourcesUnder(join(root, 'src/renderer'))
  return [...problems, ...missingKeys(all, page), ...hangulInComponents(page)]
}
