/**
 * Prints how many collections 100,000 steps cause, and how many bytes they allocate: a process of its own, run by
 * `garbage.test.ts`. Arguments: batch size, name of the schedule.
 */
import { PerformanceObserver } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { recipeOf, sessionOf, trainSteps } from '../../support/sessions.ts'

const steps = 100_000
/** Long enough for collections to be reported, and for those that the start caused to be over. */
const pauseMs = 100

const [batchSize, name = 'constant'] = process.argv.slice(2)
const schedule = { name, steps: 6 * steps }
const session = sessionOf(recipeOf('circle', { batchSize: Number(batchSize), schedule, stop: { epochs: 1_000_000 } }))
// The programs are made and the engine has warmed up: it compiles what an epoch's end runs late.
trainSteps(session, 4 * steps)
const entries: PerformanceEntry[] = []
const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()))
observer.observe({ entryTypes: ['gc'] })
await setTimeout(pauseMs)
const used = ({ heapUsed, arrayBuffers }: NodeJS.MemoryUsage): number => heapUsed + arrayBuffers
const begin = performance.now()
const before = process.memoryUsage()
const done = trainSteps(session, steps)
const after = process.memoryUsage()
const end = performance.now()
await setTimeout(pauseMs)
observer.disconnect()
const collections = entries.filter(({ startTime }) => startTime >= begin && startTime <= end).length
process.stdout.write(JSON.stringify({ steps: done, collections, bytes: used(after) - used(before) }))
