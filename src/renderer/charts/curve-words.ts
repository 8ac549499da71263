/** What is said of a curve: its values, and all of it in a sentence. */
import { percent, small, whole } from '../i18n/format.ts'
import type { Translate } from '../map/words.ts'
import type { CurvePoints } from '../stores/curve-points.ts'
import { type CurveColumn, curveValue, extremeRow } from './decimate.ts'

/** What a curve is of: the loss, or the share of right answers. */
export type CurveKind = 'loss' | 'accuracy'

/** The columns of training and of test data. */
export const curveColumnsOf: Readonly<Record<CurveKind, readonly [CurveColumn, CurveColumn]>> = {
  loss: ['trainLoss', 'testLoss'],
  accuracy: ['trainAccuracy', 'testAccuracy'],
}

/** A value as it is written; an accuracy in percent, with two decimals less. */
export function curveText(kind: CurveKind, value: number, decimals: number): string {
  if (kind === 'loss') return small(value, decimals)
  return `${percent(Number.isNaN(value) ? null : value, Math.max(1, decimals - 2))} %`
}

/** The curve of the training data from its first to its last point, and its best one. */
export function curveSentence(points: CurvePoints, kind: CurveKind, t: Translate): string {
  const isShare = kind === 'accuracy'
  if (points.count === 0) return t(isShare ? 'chart.emptyAccuracy' : 'chart.empty')
  const [train] = curveColumnsOf[kind]
  const best = extremeRow(points, train, isShare ? 1 : -1)
  const text = (row: number): string => curveText(kind, curveValue(points, row, train), 3)
  return t(isShare ? 'results.accuracySentence' : 'chart.lossSentence', {
    first: text(0),
    last: text(points.count - 1),
    epoch: whole(curveValue(points, points.count - 1, 'epoch')),
    best: text(best),
    bestEpoch: whole(curveValue(points, best, 'epoch')),
  })
}
