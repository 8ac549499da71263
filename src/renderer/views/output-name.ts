/** What an output or a passenger of the current run is called. */
import type { RunInfo } from '../../shared/protocol.ts'
import { t } from '../i18n/index.ts'
import { mapNetwork } from '../map/network.ts'
import { stopName } from '../map/words.ts'
import { useRun } from '../stores/run.ts'

/** The name of an output stop. */
export function outputName(index: number, info: RunInfo | null = useRun().current): string {
  return info === null ? '' : stopName(mapNetwork(info), info.layers.length - 1, index, 'map', t)
}

/** The names of the first `count` outputs of the current run. */
export const outputNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => outputName(index))

/** A context, or a row of the training data by its number. */
export function passengerName(index: number, info: RunInfo | null = useRun().current): string {
  return info?.contexts[index] ?? t('routes.row', { number: index + 1 })
}
