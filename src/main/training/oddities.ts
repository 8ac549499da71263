/** What is odd about a run's data, and about what was praised by hand, but stops nothing. */
import { conflictsOf, type Praised } from '../../core/data/conflicts.ts'
import { smallBatch } from '../../core/data/oddities.ts'
import { type FaultRecord, faultRecord } from '../../core/spec/index.ts'
import type { Session } from '../../core/train/session.ts'
import type { Edit } from '../../shared/protocol.ts'
import { isPraise } from './by-hand.ts'

/** The notices of a session; `done` are the steps that undo can take. */
export function odditiesOf({ recipe, dataset }: Session, done: readonly Pick<Edit, 'to'>[]): readonly FaultRecord[] {
  const unfinished = dataset.unfinished === undefined ? [] : [faultRecord(dataset.unfinished)]
  const warnings = [...unfinished, ...(dataset.warnings ?? []), ...smallBatch(recipe, dataset.train.count)]
  if (recipe.data.source !== 'sentences') return warnings
  const praised: Praised[] = done.flatMap(({ to }) => (isPraise(to) && to.reward > 0 ? [to] : []))
  return [...warnings, ...conflictsOf(recipe.data, praised)]
}
