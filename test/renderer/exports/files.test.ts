import { describe, expect, it } from 'vitest'
import type { Report } from '../../../src/core/spec/index.ts'
import { fileName } from '../../../src/renderer/exports/file-name.ts'
import { csvText, curveCsv, reportCsv } from '../../../src/renderer/exports/tables.ts'
import { appended, noPoints } from '../../../src/renderer/stores/curve-points.ts'

const day = new Date(2026, 10, 4, 9, 30)

describe('the name of an exported file', () => {
  it('has recipe, what it is, and the day', () => {
    expect(fileName('circle', 'loss', 'csv', day)).toBe('circle-loss-2026-11-04.csv')
    expect(fileName('', 'map@2x', 'png', day)).toBe('map@2x-2026-11-04.png')
  })

  it('keeps Korean as one text, whatever it was typed with, and drops what file systems refuse', () => {
    expect(fileName('나는 너를'.normalize('NFD'), 'map', 'svg', day)).toBe('나는-너를-map-2026-11-04.svg')
    expect(fileName('../a:b*c?"<d>|e\n', 'map', 'svg', day)).toBe('a-b-c-d-e-map-2026-11-04.svg')
    expect(fileName('가'.repeat(500), 'map', 'svg', day)).toHaveLength(60 + '-map-2026-11-04.svg'.length)
  })
})

describe('a CSV file', () => {
  it('begins with a byte order mark, quotes what needs it, and holds no formula', () => {
    expect(
      csvText([
        ['이름', 'a,b', 'say "x"'],
        ['=1+1', 2.5, Number.NaN],
        ['+a', '-a', '@a', '\ta', '\ra', -1],
      ]),
    ).toBe('\uFEFF이름,"a,b","say ""x"""\r\n\'=1+1,2.5,\r\n\'+a,\'-a,\'@a,\'\ta,"\'\ra",-1\r\n')
  })

  it('has every point of the curve with all metrics; what was not measured is empty', () => {
    const points = appended(
      noPoints,
      Float32Array.from([0, 0, 0.7, Number.NaN, 0.5, Number.NaN, 1, 25, 0.1, 0.2, 1, 0.9]),
    )
    expect(curveCsv(points)).toBe(
      '\uFEFFepoch,step,trainLoss,testLoss,trainAccuracy,testAccuracy\r\n0,0,0.699999988,,0.5,\r\n1,25,0.100000001,0.200000003,1,0.899999976\r\n',
    )
  })

  it('has a row a class with its figures and its row of the matrix', () => {
    const part = {
      kind: 'classes',
      counted: 3,
      of: 3,
      counts: [1, 0, 1, 1],
      classes: [
        { precision: 0.5, recall: 1, f1: 0.75, support: 1 },
        { precision: null, recall: 0.5, f1: null, support: 2 },
      ],
      accuracy: 0.5,
      macroF1: 0.75,
    } as const
    const report: Report = { step: 1, epoch: 1, train: part, test: null }
    expect(reportCsv(report, ['바깥', '안쪽']).split('\r\n')).toEqual([
      '\uFEFFpart,class,precision,recall,f1,support,answered 바깥,answered 안쪽',
      'train,바깥,0.5,1,0.75,1,1,0',
      'train,안쪽,,0.5,,2,1,1',
      '',
    ])
  })
})
