/** What was changed by hand, in a few words: `학습률 0.01 → 0.03`, `층 4-2 → 4-2-3`. */
import { hyperparameterAt } from '../../core/spec/index.ts'
import type { Done, Edit, Language } from '../../shared/protocol.ts'
import { choiceName } from '../controls/choice-name.ts'
import { layerOf } from '../controls/hyperparameter-words.ts'
import { plain } from '../i18n/format.ts'
import { t } from '../i18n/index.ts'

export interface Mark {
  readonly epoch: number
  readonly text: string
}

const ofParameter = 'parameters.'
/** Lists of more items have no short form. */
const longestList = 8

/** A value as a person would write it; null where it has no short form. */
function valueWords(value: unknown): string | null {
  if (typeof value === 'number') return plain(value)
  if (typeof value === 'string') return choiceName(value)
  if (!Array.isArray(value) || value.some(Array.isArray) || value.length > longestList) return null
  const parts = value.map(valueWords)
  return parts.includes(null) ? null : parts.join(', ')
}

/** `4-2-3`: the width of each layer, the kind where a layer has none. */
function sizesOf(network: unknown): string | null {
  if (!Array.isArray(network)) return null
  const sizes = network.map(
    (layer: unknown) => field(layer, 'units') ?? field(layer, 'filters') ?? field(layer, 'layer'),
  )
  return sizes.length === 0 ? '0' : sizes.map(String).join('-')
}

/** The shape of points, or the kind of other data. */
function dataWords(data: unknown): string | null {
  const shape = field(data, 'shape')
  if (typeof shape === 'string') return choiceName(shape)
  const source = field(data, 'source')
  if (source === 'sentences') return t('data.sentences')
  if (source === 'table') return null
  return typeof source === 'string' ? source : null
}

const field = (node: unknown, key: string): unknown =>
  typeof node === 'object' && node !== null ? Object.getOwnPropertyDescriptor(node, key)?.value : undefined

function nameOf(path: string, language: Language): string {
  if (path === 'network') return t('network.layers')
  if (path === 'data') return t('data.title')
  if (path === 'data.cells') return t('data.table')
  if (path === 'data.points') return t('data.points')
  if (path === 'moment') return t('past.jumped')
  if (path === 'best') return t('past.tookBest')
  if (path === 'rewind') return t('command.rewind')
  if (path.startsWith(ofParameter)) return path.slice(ofParameter.length)
  const layer = layerOf(path)
  const found = hyperparameterAt(path)?.[language].name
  if (found !== undefined) return layer === '' ? found : `${layer} ${found}`
  return path.split('.').at(-1) ?? path
}

/**
 * Edits of one thing at one step as one, from the first value to the last, and those of one stroke however long it took;
 * what was undone there is none.
 */
export function joinedEdits(edits: readonly Edit[]): readonly Edit[] {
  const joined: Edit[] = []
  for (const edit of edits) {
    const at = joined.findIndex(
      ({ path, step, stroke }) =>
        path === edit.path && (step === edit.step || (stroke !== undefined && stroke === edit.stroke)),
    )
    const earlier = joined[at]
    if (earlier === undefined) joined.push(edit)
    else joined[at] = { ...edit, from: earlier.from }
  }
  return joined.filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
}

const holds = { '.frozen': ['edit.frozen', 'edit.thawed'], '.off': ['edit.off', 'edit.on'] } as const

/** The stop or layer of `nodes.1.0`, `layers.2`, counted from 1 as people do; null for other paths. */
function groupName(path: string): string | null {
  const found = /^(?:nodes\.(\d+)\.(\d+)|layers\.(\d+))$/.exec(path)
  if (found === null) return null
  if (found[3] !== undefined) return t('layers.layerOf', { layer: found[3] })
  return t('layers.nodeOf', { layer: found[1] ?? '', node: Number(found[2]) + 1 })
}

/** A parameter, stop or layer that was frozen or switched off, or let go again; null for other edits. */
function holdWords({ path, to }: Done): string | null {
  for (const [ending, [held, free]] of Object.entries(holds)) {
    if (!path.endsWith(ending)) continue
    const place = path.slice(0, -ending.length)
    const name = place.startsWith(ofParameter) ? place.slice(ofParameter.length) : groupName(place)
    if (name !== null) return t(to === true ? held : free, { name })
  }
  return null
}

/** A step that was praised or scolded, with the answer; null for other edits. */
function praiseWords({ path, from, to }: Done): string | null {
  if (path !== 'praise') return null
  const reward = field(to ?? from, 'reward')
  const name = t(typeof reward === 'number' && reward < 0 ? 'command.scold' : 'command.praise')
  const answer = field(to ?? from, 'answer')
  return typeof answer === 'string' ? `${name}: ${answer}` : name
}

/** What was done by hand: the name of what was changed, its old and its new value where both are short. */
export function doneWords(done: Done, language: Language): string {
  const { path, from, to } = done
  const special = holdWords(done) ?? praiseWords(done)
  if (special !== null) return special
  const words = { network: sizesOf, data: dataWords }[path] ?? valueWords
  const [before, after] = [words(from), words(to)]
  const name = nameOf(path, language)
  return before === null || after === null ? name : `${name} ${before} → ${after}`
}

/** An edit as a mark. */
export const markOf = (edit: Edit, language: Language): Mark => ({
  epoch: edit.epoch,
  text: doneWords(edit, language),
})
