/** Tells the bundled Korean text: little stories from the grammar in src/core/data/texts, the same ones every time. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './tools.mjs'

const grammarPath = 'src/core/data/texts/little-stories.json'
const seed = 20260101
const leastBytes = 300_000

/** Particles after a consonant and after a vowel. */
const particles = {
  이: ['이', '가'],
  은: ['은', '는'],
  을: ['을', '를'],
  와: ['과', '와'],
  아: ['아', '야'],
  으로: ['으로', '로'],
  이었: ['이었', '였'],
  이라는: ['이라는', '라는'],
  이라고: ['이라고', '라고'],
  도: ['도', '도'],
}
const firstSyllable = 0xac00
const finals = 28
const finalRieul = 8

function withParticle(word, particle) {
  if (particle === undefined) return word
  const forms = particles[particle]
  if (forms === undefined) throw new Error(`little-stories: no particle '${particle}'`)
  const final = (word.charCodeAt(word.length - 1) - firstSyllable) % finals
  const isVowel = final === 0 || (particle === '으로' && final === finalRieul)
  return word + forms[isVowel ? 1 : 0]
}

/** Mulberry32: whole numbers below `n`. */
function chooser(start) {
  let state = start
  return (n) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

/** Words of one story: a name means the same one wherever it occurs. */
function castOf(grammar, below) {
  const pick = (list) => list[below(list.length)]
  const { words } = grammar
  const actors = [...words.person, ...words.animal]
  const take = () => actors.splice(below(actors.length), 1)[0]
  const cast = new Map([
    ['A', take()],
    ['B', take()],
    ['C', take()],
    ['season', pick(Object.keys(grammar.seasons))],
  ])
  const [riddle, answer] = pick(grammar.riddles)
  cast.set('riddle', riddle).set('answer', answer)
  cast.set('E', pick(words.elder)).set('elder', cast.get('E'))
  return (name) => {
    const known = cast.get(name)
    if (known !== undefined) return known
    const list = words[name.replace(/\d$/, '')]
    if (list === undefined) throw new Error(`little-stories: no words '${name}'`)
    const taken = [...cast.values()]
    const word = pick(list.filter((each) => !taken.includes(each)))
    // What a story is about stays; how someone walks or feels does not.
    if (!['feeling', 'sad', 'manner', 'sound', 'number', 'color'].includes(name)) cast.set(name, word)
    return word
  }
}

function tell(grammar, below) {
  const pick = (list) => list[below(list.length)]
  const wordOf = castOf(grammar, below)
  const fill = (sentence) =>
    sentence.replace(/\{([A-Za-z]+\d?)(?::([^}]+))?\}/g, (_, name, particle) => withParticle(wordOf(name), particle))
  const plot = pick(grammar.plots)
  const lines = [
    `${pick(grammar.openings)} ${pick(grammar.seasons[wordOf('season')])}`,
    ...plot.beats.map(pick),
    `${pick(grammar.morals)} ${pick(grammar.endings)}`,
  ].map(fill)
  return `${fill(plot.title)}\n${lines.join('\n')}\n\n`
}

/** The whole text, about 300 kB of UTF-8. */
export function littleStories() {
  const grammar = JSON.parse(readFileSync(join(root, grammarPath), 'utf8'))
  const below = chooser(seed)
  let text = ''
  for (let size = 0; size < leastBytes; ) {
    const story = tell(grammar, below)
    text += story
    size += Buffer.byteLength(story)
  }
  return text
}
