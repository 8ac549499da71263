/** What a change of shape keeps and costs, as a sentence. */
import type { ShapePlan } from '../../../core/spec/index.ts'
import { small, whole } from '../../i18n/format.ts'
import { t } from '../../i18n/index.ts'

/** Losses that differ by less are the same to a reader. */
const sameLoss = 1e-5

/** `28 parameters stay, 20 begin, 0 go. The loss stays 0.012.` */
export function planWords({ kept, fresh, gone, loss }: ShapePlan): string {
  const [before, after] = loss
  const counts = t('layers.plan', { kept: whole(kept), fresh: whole(fresh), gone: whole(gone) })
  const isSame = Math.abs(after - before) <= sameLoss * Math.max(1, Math.abs(before))
  const cost = isSame
    ? t('layers.planSame', { loss: small(before) })
    : t('layers.planLoss', { before: small(before), after: small(after) })
  return `${counts} ${cost}`
}
