/** Runs every target for a time or a number of cases and prints what came of it; exit 1 where a reader broke. */
import { parseArgs } from 'node:util'
import { Stream } from '../../src/core/data/random.ts'
import { runCase, type Target, targets } from './targets.ts'
import { fuzzUndo } from './undo.ts'

const { values } = parseArgs({
  options: { seconds: { type: 'string' }, cases: { type: 'string' }, seed: { type: 'string', default: '1' } },
})
const cases = values.cases === undefined ? Number.POSITIVE_INFINITY : Number(values.cases)
const secondsOf =
  values.seconds === undefined ? (values.cases === undefined ? 20 : Number.POSITIVE_INFINITY) : Number(values.seconds)
const seed = Number(values.seed)

/** True where no input broke the reader. */
function fuzz(target: Target): boolean {
  const end = performance.now() + (1000 * secondsOf) / targets.length
  const counts = { accepted: 0, refused: 0 }
  let index = 0
  for (; index < cases && performance.now() < end; index++) {
    try {
      counts[runCase(target, new Stream(seed, 'sampling', index))]++
    } catch (error) {
      console.error(`${target.name}: case ${index} of seed ${seed} broke the reader`, error)
      return false
    }
  }
  console.log(
    `${target.name.padEnd(12)} ${index} cases: ${counts.accepted} accepted, ${counts.refused} refused, 0 broken`,
  )
  return true
}

/** Edits of a run, taken back again. */
const edits = 10_000

function undo(): boolean {
  try {
    const counts = fuzzUndo(edits, seed)
    console.log(`undo         ${counts.edits} edits: ${counts.refused} refused, ${counts.undos} taken back, 0 differ`)
    return true
  } catch (error) {
    console.error('undo: a run is another than it was', error)
    return false
  }
}

const sound = [...targets.map(fuzz), undo()]
process.exitCode = sound.every(Boolean) ? 0 : 1
