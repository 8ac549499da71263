/** Checks of the data of a recipe that is a table. */
import {
  acceptChoice,
  acceptFields,
  acceptList,
  acceptNumber,
  acceptSwitch,
  acceptText,
  memberOf,
  required,
  show,
} from './check-value.ts'
import { Fault } from './fault.ts'
import {
  type CellEdit,
  type CsvData,
  decimals,
  duplicateRules,
  missingRules,
  separators,
  type TableData,
  type TableReading,
  tableNames,
  textEncodings,
} from './recipe.ts'
import { excerpt } from './text.ts'

/** Columns that a recipe may name: the widest table that is read. */
const mostColumns = 10_000
/** Cells of a table that a recipe may write over. */
const mostCells = 10_000
/** Rows of the longest table that is read. */
const mostRows = 10_000_000

/** Names of columns, each once. */
function acceptColumns(value: unknown, path: string): readonly string[] {
  const names = acceptList(value ?? [], path, mostColumns).map((name, i) => acceptText(name, `${path}.${i}`, true))
  const seen = new Set<string>()
  names.forEach((name, i) => {
    if (seen.has(name)) throw new Fault('RECIPE-013', { given: excerpt(name) }, `${path}.${i}`)
    seen.add(name)
  })
  return names
}

/** Checks the `data` of a recipe that names a table in a file. */
export function acceptCsv(value: unknown): CsvData {
  const fields = acceptFields(value, 'data', ['source', 'path', 'target', 'inputs', 'testShare', 'standardize'])
  return {
    source: 'csv',
    path: acceptText(required(fields, 'path', 'data.path'), 'data.path', true),
    target: acceptText(required(fields, 'target', 'data.target'), 'data.target', true),
    inputs: acceptColumns(fields.inputs, 'data.inputs'),
    testShare: acceptNumber(fields.testShare, 'data.testShare'),
    standardize: acceptSwitch(fields.standardize, 'data.standardize'),
  }
}

const tableKeys = [
  'name',
  'file',
  'content',
  'targets',
  'inputs',
  'missing',
  'duplicates',
  'testShare',
  'standardize',
  'draw',
  'reading',
  'cells',
]

/** Checks the `data` of a recipe that has a bundled table or the learner's own. */
export function acceptTable(value: unknown): TableData {
  const fields = acceptFields(value, 'data', ['source', ...tableKeys])
  if (fields.name !== undefined && fields.file !== undefined) throw new Fault('RECIPE-022', {}, 'data.name')
  const { content } = fields
  if (content !== undefined && !(typeof content === 'string' && /^[0-9a-f]{64}$/.test(content))) {
    throw new Fault('RECIPE-003', { given: show(content) }, 'data.content')
  }
  return {
    source: 'table',
    ...(fields.file === undefined
      ? { name: memberOf(fields.name ?? 'iris', 'data.name', tableNames) }
      : { file: acceptText(fields.file, 'data.file', true), ...(content !== undefined && { content }) }),
    targets: acceptColumns(fields.targets, 'data.targets'),
    inputs: acceptColumns(fields.inputs, 'data.inputs'),
    missing: acceptChoice(fields.missing, 'data.missing', missingRules),
    duplicates: acceptChoice(fields.duplicates, 'data.duplicates', duplicateRules),
    testShare: acceptNumber(fields.testShare, 'data.testShare', 'table'),
    standardize: acceptSwitch(fields.standardize, 'data.standardize'),
    draw: acceptNumber(fields.draw, 'data.draw'),
    ...(fields.reading !== undefined && { reading: acceptReading(fields.reading) }),
    cells: acceptList(fields.cells ?? [], 'data.cells', mostCells).map((cell, i) =>
      acceptCell(cell, `data.cells.${i}`),
    ),
  }
}

/** Checks how a table is to be read. */
export function acceptReading(value: unknown, path = 'data.reading'): TableReading {
  const known = ['encoding', 'separator', 'header', 'decimal', 'thousands', 'skip', 'rows']
  const { encoding, separator, header, decimal, thousands, skip, rows } = acceptFields(value, path, known)
  const isCount = typeof rows === 'number' && Number.isInteger(rows) && rows >= 1 && rows <= mostRows
  if (rows !== undefined && !isCount) {
    const at = `${path}.rows`
    throw new Fault('RECIPE-007', { label: at, given: show(rows), min: 1, max: mostRows, suggest: 200_000 }, at)
  }
  return {
    ...(encoding !== undefined && { encoding: memberOf(encoding, `${path}.encoding`, textEncodings) }),
    ...(separator !== undefined && { separator: memberOf(separator, `${path}.separator`, separators) }),
    ...(header !== undefined && { header: acceptFlag(header, `${path}.header`) }),
    ...(decimal !== undefined && { decimal: memberOf(decimal, `${path}.decimal`, decimals) }),
    ...(thousands !== undefined && { thousands: acceptFlag(thousands, `${path}.thousands`) }),
    ...(skip !== undefined && { skip: acceptFlag(skip, `${path}.skip`) }),
    ...(isCount && { rows }),
  }
}

function acceptFlag(value: unknown, path: string): boolean {
  if (typeof value === 'boolean') return value
  throw new Fault('RECIPE-009', { label: path, given: show(value) }, path)
}

function acceptCell(value: unknown, path: string): CellEdit {
  const [row, column, text] = acceptList(value, path, 3)
  const isPlace = (at: unknown): at is number => typeof at === 'number' && Number.isInteger(at) && at >= 0
  if (!isPlace(row) || !isPlace(column)) throw new Fault('RECIPE-004', { given: show(value) }, path)
  return [row, column, acceptText(text, `${path}.2`, false)]
}
