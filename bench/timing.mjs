/** How every JavaScript peer is timed: as `paramap bench`, best of five loops of about 0.4 seconds after a warm-up. */

const loops = 5
const loopMs = 400
/** The engine makes its fast code in this time. */
const warmUpMs = 300
const fewestSteps = 3

async function milliseconds(run, steps) {
  const start = performance.now()
  await run(steps)
  return performance.now() - start
}

/** Prints the microseconds of one step as one line of JSON. `run(steps)` trains that many steps. */
export async function tellStep(name, run) {
  let spent = 0
  let steps = 1
  let last = 0
  while (spent < warmUpMs) {
    last = await milliseconds(run, steps)
    spent += last
    if (last < warmUpMs / 10) steps *= 2
  }
  const count = Math.max(fewestSteps, Math.floor((loopMs * steps) / last))
  let best = Number.POSITIVE_INFINITY
  for (let loop = 0; loop < loops; loop++) best = Math.min(best, (await milliseconds(run, count)) / count)
  console.log(JSON.stringify({ case: name, microsecondsPerStep: Math.round(best * 1e5) / 100 }))
}

/** True when the case was asked for on the command line; no names ask for all. */
export function isWanted(name, names) {
  return names.length === 0 || names.includes(name)
}

/** `count` samples of random numbers in [0, 1). */
export function randomSamples(count, inputs, outputs) {
  const numbers = (length) => Float64Array.from({ length }, Math.random)
  return Array.from({ length: count }, () => ({ input: numbers(inputs), output: numbers(outputs) }))
}
