/** Curves and reports as CSV: UTF-8 with a byte order mark, so that Korean spreadsheets read it, and CRLF. */
import type { PartReport, Report } from '../../core/spec/index.ts'
import { type CurvePoints, curveColumns } from '../stores/curve-points.ts'

const mark = '\uFEFF'
const header = ['epoch', 'step', 'trainLoss', 'testLoss', 'trainAccuracy', 'testAccuracy'] as const

/** A cell, in quotes where it must be; what a spreadsheet would take for a formula is given as text. */
function cell(value: string | number): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows as a file's text. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return mark + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** The shortest number that is the same float32. */
const asWritten = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(9)) : Number.NaN)

/** All metrics of a curve, a row a point; cells without a value stay empty. */
export function curveCsv(points: CurvePoints): string {
  const rows = Array.from({ length: points.count }, (_, row) =>
    Array.from({ length: curveColumns }, (__, column) =>
      asWritten(points.rows[row * curveColumns + column] ?? Number.NaN),
    ),
  )
  return csvText([header, ...rows])
}

function partRows(name: string, part: PartReport, names: readonly string[]): (string | number)[][] {
  if (part.kind === 'number') {
    return part.outputs.map((figures, index) => [
      name,
      names[index] ?? '',
      figures.r2 ?? Number.NaN,
      figures.meanAbsolute,
      figures.rootMeanSquare,
      figures.bias,
    ])
  }
  const size = part.classes.length
  return part.classes.map((figures, index) => [
    name,
    names[index] ?? '',
    figures.precision ?? Number.NaN,
    figures.recall ?? Number.NaN,
    figures.f1 ?? Number.NaN,
    figures.support,
    ...part.counts.slice(index * size, (index + 1) * size),
  ])
}

/** A report: figures of each class with its row of the confusion matrix, or of each number that is predicted. */
export function reportCsv(report: Report, names: readonly string[]): string {
  const columns =
    report.train.kind === 'number'
      ? ['part', 'output', 'r2', 'meanAbsoluteError', 'rootMeanSquareError', 'bias']
      : [
          'part',
          'class',
          'precision',
          'recall',
          'f1',
          'support',
          ...(report.train.counts.length > 0 ? names.map((name) => `answered ${name}`) : []),
        ]
  const parts = report.test === null ? [] : partRows('test', report.test, names)
  return csvText([columns, ...partRows('train', report.train, names), ...parts])
}
