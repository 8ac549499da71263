/**
 * Prints how many bytes the training of some epochs allocates: a process of its own, run by `garbage.test.ts` with a
 * young generation so large that nothing is collected meanwhile. Arguments: batch size, epochs.
 */
import { PerformanceObserver } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { recipeOf, sessionOf, trainSteps } from '../../support/sessions.ts'

const [batchSize = 10, epochs = 100] = process.argv.slice(2).map(Number)
const session = sessionOf(recipeOf('circle', { batchSize, stop: { epochs: 1_000_000 } }))
const steps = epochs * session.stepsPerEpoch
// The programs are made and the engine has warmed up.
trainSteps(session, steps)
const entries: PerformanceEntry[] = []
const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()))
observer.observe({ entryTypes: ['gc'] })
const before = process.memoryUsage()
const done = trainSteps(session, steps)
const after = process.memoryUsage()
await setTimeout(50)
observer.disconnect()
const bytes = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers
process.stdout.write(JSON.stringify({ steps: done, collections: entries.length, bytes }))
