/** Tables that nobody can learn from: each with its code, its place and its sentence in both languages. */
import { describe, expect, it } from 'vitest'
import { buildDataset } from '../../../src/core/data/build.ts'
import { previewTable } from '../../../src/core/data/preview.ts'
import { readAnyText } from '../../../src/core/io/text.ts'
import { acceptRecipe, Fault, type FaultRecord, faultRecord } from '../../../src/core/spec/index.ts'
import { sentence } from '../../../src/shared/messages.ts'

function read(content: string | Uint8Array, data: Record<string, unknown>): readonly FaultRecord[] {
  const bytes = typeof content === 'string' ? Uint8Array.from(Buffer.from(content)) : content
  const { text } = readAnyText(bytes)
  const { notices } = previewTable(text)
  const recipe = acceptRecipe({ format: 'paramap/1', data: { source: 'table', file: 'own.csv', ...data }, network: [] })
  return [...notices, ...(buildDataset(recipe, { table: text }).warnings ?? [])]
}

/** What a person is told: `code @place`, English, Korean. */
function told(content: string | Uint8Array, data: Record<string, unknown> = {}): readonly string[] {
  const tell = (fault: FaultRecord): string[] => [
    `${fault.code} @${fault.at ?? ''}`,
    sentence(fault, 'en'),
    sentence(fault, 'ko'),
  ]
  try {
    return read(content, data).flatMap(tell)
  } catch (error) {
    if (error instanceof Fault) return tell(faultRecord(error))
    throw error
  }
}

const many = (row: (i: number) => string, count = 40): string =>
  Array.from({ length: count }, (_, i) => row(i)).join('\n')
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])

const tables: readonly [string, string | Uint8Array, Record<string, unknown>?][] = [
  ['empty', ''],
  ['white space', ' \n\n '],
  ['a header alone', 'a,b,y\n'],
  ['a row too long', 'a,y\n1,u\n2,v,3\n'],
  ['a row too short', 'a,b,y\n1,2,u\n3,v\n'],
  ['a quote that never closes', 'a,y\n"1,u\n2,v\n'],
  ['a quote within a value', 'a,y\n1"2,u\n2,v\n'],
  ['text behind a quote', 'a,y\n"1"2,u\n2,v\n'],
  ['a word among numbers', 'height,y\n1,u\n2,v\ntall,u\n'],
  ['thousands', 'a;y\n1,750;u\n2,900;v\n'],
  ['empty cells everywhere', 'a,y\n,u\n,v\n'],
  ['too large a number', 'a,y\n1,u\n1e400,v\n2,u\n'],
  ['no number', 'a,y\n1,u\nNaN,v\n2,u\n'],
  ['a column that is the same everywhere', 'school,a,y\nx,1,u\nx,2,v\n'],
  ['two columns of one name', 'x,x,y\n1,2,u\n3,4,v\n'],
  ['no such target', 'a,y\n1,u\n2,v\n', { targets: ['z'] }],
  ['one class', 'a,y\n1,cat\n2,cat\n'],
  ['too many classes', `a,name\n${many((i) => `${i},n${i}`)}\n`],
  ['no such input', 'a,y\n1,u\n2,v\n', { inputs: ['b'] }],
  ['a target among the inputs', 'a,y\n1,u\n2,v\n', { inputs: ['y'] }],
  ['nothing to learn from', 'y\nu\nv\n'],
  ['a picture', png],
  ['zeros', Uint8Array.from([97, 44, 98, 10, 0, 49, 44, 50, 10])],
  ['no encoding', Uint8Array.from([0x78, 0x2c, 0xff, 0xff, 0x0a, 0x31])],
  ['one row', 'a,y\n1,u\n'],
  ['too many words', `a,y\n${many((i) => `w${i},${i % 2 === 0 ? 'u' : 'v'}`, 300)}\n`],
  ['rows on both sides', `a,y\n${many((i) => `1,${i % 2 === 0 ? 'u' : 'v'}`)}\n`],
  ['one class nearly everywhere', `a,y\n${many((i) => `${i},${i === 0 ? 'u' : 'v'}`)}\n`],
  ['words to predict together', 'a,p,q\n1,2,u\n3,4,v\n', { targets: ['p', 'q'] }],
  ['a cell that is not there', 'a,y\n1,u\n2,v\n', { cells: [[9, 0, '1']] }],
]

describe('a table that nobody can learn from', () => {
  it.each(tables.map(([name, content, data = {}]) => ({ name, content, data })))(
    'tells what is wrong, where, and what to do: $name',
    ({ content, data }) => {
      expect(told(content, data)).toMatchSnapshot()
    },
  )
})
