/**
 * Tables as people bring them, good and bad: each with its code, its place and its sentence in both languages. The
 * numbers are those of the list of bad inputs that every reader is held against.
 */
import { describe, expect, it } from 'vitest'
import { Fault, type FaultRecord, faultRecord, irisRecipe, type TablePreview } from '../../../src/core/spec/index.ts'
import { tryTable } from '../../../src/main/training/drawn.ts'
import { receiveTable } from '../../../src/main/training/tables.ts'
import { sentence } from '../../../src/shared/messages.ts'
import { maxTableBytes } from '../../../src/shared/protocol.ts'

function send(content: string | Uint8Array): TablePreview {
  const preview = receiveTable({ upload: 'one', file: 'own.csv', bytes: Buffer.from(content), last: true })
  if (preview === null) throw new Error('no preview')
  return preview
}

/** What a person is told before the table is used: notices, or why it cannot be. */
function hear(content: string | Uint8Array, data: Record<string, unknown>): readonly FaultRecord[] {
  const { content: hash, reading, notices } = send(content)
  const given = { source: 'table', file: 'own.csv', content: hash, reading, ...data }
  const answer = tryTable({ ...irisRecipe, data: given })
  const heard = 'fault' in answer ? [answer.fault] : answer.notices
  const told = [...notices, ...heard].map((notice) => JSON.stringify(notice))
  return [...new Set(told)].map((notice): FaultRecord => JSON.parse(notice))
}

/** `code @place`, English, Korean. */
function told(content: string | Uint8Array, data: Record<string, unknown> = {}): readonly string[] {
  const tell = (fault: FaultRecord): string[] => [
    `${fault.code} @${fault.at ?? ''}`,
    sentence(fault, 'en'),
    sentence(fault, 'ko'),
  ]
  try {
    return hear(content, data).flatMap(tell)
  } catch (error) {
    if (error instanceof Fault) return tell(faultRecord(error))
    throw error
  }
}

const many = (row: (i: number) => string, count = 40): string =>
  Array.from({ length: count }, (_, i) => row(i)).join('\n')
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])

const cp949 = Uint8Array.from([0xb1, 0xe6, 0xc0, 0xcc, ...Buffer.from(`,y\n${many((i) => `${i},${'uv'[i % 2]}`)}\n`)])
const gaps = `age,y\n${many((i) => `${i % 5 === 0 ? '' : i},${'uv'[i % 2]}`)}\n`

/** By their numbers in the list; a letter stands for one more table of the kind. */
const tables: readonly [string, string | Uint8Array, Record<string, unknown>?][] = [
  ['1 empty', ''],
  ['1b white space', ' \n\n '],
  ['2 a header alone', 'a,b,y\n'],
  ['3 Korean of an older Windows', cp949],
  ['3b no encoding', Uint8Array.from([0x78, 0x2c, 0xff, 0xff, 0x0a, 0x31])],
  ['5 a row too long', 'a,y\n1,u\n2,v,3\n'],
  ['5b a row too short', 'a,b,y\n1,2,u\n3,v\n'],
  ['6 a quote that never closes', 'a,y\n"1,u\n2,v\n'],
  ['6b a quote within a value', 'a,y\n1"2,u\n2,v\n'],
  ['6c text behind a quote', 'a,y\n"1"2,u\n2,v\n'],
  ['7 semicolons', `a;y\n${many((i) => `${i};${'uv'[i % 2]}`)}\n`],
  ['7b tabs', `a\ty\n${many((i) => `${i}\t${'uv'[i % 2]}`)}\n`],
  ['8 a word among numbers', 'height,y\n1,u\n2,v\ntall,u\n'],
  ['9 thousands', 'a;y\n1,750;u\n2,900;v\n'],
  ['9b thousands with points', 'a;y\n1.750,0;u\n2.900,5;v\n'],
  ['9c decimal commas', `a;y\n${many((i) => `${i},5;${'uv'[i % 2]}`)}\n`],
  ['10 empty cells, left out', gaps],
  ['10b empty cells, filled', gaps, { missing: 'mean' }],
  ['10c empty cells, learned from', gaps, { missing: 'category' }],
  ['10d empty cells everywhere', 'a,y\n,u\n,v\n'],
  ['11 too large a number', 'a,y\n1,u\n1e400,v\n2,u\n'],
  ['11b no number', 'a,y\n1,u\nNaN,v\n2,u\n'],
  ['12 a column that is the same everywhere', `school,a,y\n${many((i) => `x,${i},${'uv'[i % 2]}`)}\n`],
  ['13 two columns of one name', `x,x,y\n${many((i) => `${i},2,${'uv'[i % 2]}`)}\n`],
  ['14 no such target', 'a,y\n1,u\n2,v\n', { targets: ['z'] }],
  ['14b no such input', 'a,y\n1,u\n2,v\n', { inputs: ['b'] }],
  ['14c a target among the inputs', 'a,y\n1,u\n2,v\n', { inputs: ['y'] }],
  ['14d nothing to learn from', 'y\nu\nv\n'],
  ['14e words to predict together', 'a,p,q\n1,2,u\n3,4,v\n', { targets: ['p', 'q'] }],
  ['15 one class', 'a,y\n1,cat\n2,cat\n'],
  ['16 too many classes', `a,name\n${many((i) => `${i},n${i}`)}\n`],
  ['16b too many words', `a,y\n${many((i) => `w${i},${i % 2 === 0 ? 'u' : 'v'}`, 300)}\n`],
  ['17 one class nearly everywhere', `a,y\n${many((i) => `${i},${i === 0 ? 'u' : 'v'}`)}\n`],
  ['18 fewer rows than a batch', `a,y\n${many((i) => `${i},${'uv'[i % 2]}`, 8)}\n`],
  ['18b one row', 'a,y\n1,u\n'],
  ['19 rows on both sides', `a,y\n${many((i) => `${i % 4},${i % 2 === 0 ? 'u' : 'v'}`)}\n`],
  ['19b repeated rows, left out', `a,y\n${many((i) => `${i % 20},${'uv'[i % 2]}`)}\n`, { duplicates: 'drop' }],
  ['20 too large', new Uint8Array(maxTableBytes + 1)],
  ['21 a picture', png],
  ['21b zeros', Uint8Array.from([97, 44, 98, 10, 0, 49, 44, 50, 10])],
  ['a cell that is not there', 'a,y\n1,u\n2,v\n', { cells: [[9, 0, '1']] }],
  ['no header', `${many((i) => `${i}.5,${'uv'[i % 2]}`)}\n`],
  [
    'rows that cannot be read, left out',
    `a,y\n${many((i) => (i % 9 === 4 ? `tall,u` : `${i},${'uv'[i % 2]}`))}\n`,
    { reading: { skip: true } },
  ],
]

describe('a table', () => {
  it.each(tables.map(([name, content, data = {}]) => ({ name, content, data })))(
    'tells what is odd, where, and what to do: $name',
    ({ content, data }) => {
      const sentences = told(content, data)
      expect(sentences).not.toEqual([])
      expect(sentences.join()).not.toMatch(/undefined|\{\w+\}/)
      expect(sentences).toMatchSnapshot()
    },
  )
  it('in UTF-16 or with a byte order mark is read without a word, and the preview shows how: 4', () => {
    const text = `a,y\n${many((i) => `${i},${'uv'[i % 2]}`)}\n`
    for (const [encoding, bytes] of [
      ['UTF-16LE', Buffer.from(`\ufeff${text}`, 'utf16le')],
      ['UTF-16BE', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
      ['UTF-8', Buffer.from(`\ufeff${text}`)],
    ] as const) {
      expect(told(bytes)).toEqual([])
      expect(send(bytes)).toMatchObject({ reading: { encoding, separator: ',', header: true, decimal: '.' } })
    }
  })
})
