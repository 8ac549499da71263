/**
 * Pictures take turns: an animation frame draws as many of those that wait as have room in it, the longest waiting first.
 * On a fast computer that is all of them; on a slow one each comes a little less often, and no frame is late. Behind a
 * dialog they come a few times a second, so that what is done in it has the computer for itself.
 */

/** What one animation frame may take, in ms; the rest of its sixtieth of a second is the browser's. */
const turnMs = 8
/** Behind a dialog pictures are at least this far apart, in ms. */
const coveredMs = 200
/** What Element Plus gives the page while a dialog lies over it. */
const coveredClass = 'el-popup-parent--hidden'
/** How much of a picture's cost the newest measurement makes up. */
const newestShare = 0.2

interface Picture {
  readonly draw: () => void
  /** What a frame took that drew it, in ms: script, layout, painting; smoothed, and shared with what it was drawn with. */
  cost: number
}

/** A picture's place among those that take turns. */
export interface Turn {
  /** Has it drawn in one of the next animation frames. */
  readonly ask: () => void
  /** It is drawn no more. */
  readonly end: () => void
}

/** Of pictures that wait with these costs, how many of the first are drawn together: as many as have room, at least one. */
export function togetherIn(costs: readonly number[], roomMs: number): number {
  let sum = 0
  const late = costs.findIndex((cost) => {
    sum += cost
    return sum > roomMs
  })
  return late < 0 ? costs.length : Math.max(1, late)
}

const waiting = new Set<Picture>()
let request = 0
let timer: ReturnType<typeof setTimeout> | undefined
let begun = 0
/** Pictures wait since before the last one was drawn: behind a dialog the pause comes before the first of them. */
let isRound = false
let drawn: readonly Picture[] = []
/** A message arrives when the frame in which it was sent is done with script, layout and painting. */
const frameEnd = new MessageChannel()
frameEnd.port1.onmessage = () => {
  const each = (performance.now() - begun) / Math.max(1, drawn.length)
  for (const picture of drawn) picture.cost += newestShare * (each - picture.cost)
}

function schedule(): void {
  if (request !== 0 || timer !== undefined || waiting.size === 0) return
  const restMs = isRound || !isCovered() ? 0 : begun + coveredMs - performance.now()
  isRound = true
  if (restMs > 0) timer = setTimeout(requestDraw, restMs)
  else requestDraw()
}

const isCovered = (): boolean => document.body.classList.contains(coveredClass)

function requestDraw(): void {
  clearTimeout(timer)
  timer = undefined
  request = requestAnimationFrame(draw)
}

function draw(): void {
  request = 0
  begun = performance.now()
  const all = [...waiting]
  drawn = all.slice(
    0,
    togetherIn(
      all.map(({ cost }) => cost),
      turnMs,
    ),
  )
  for (const picture of drawn) waiting.delete(picture)
  isRound = waiting.size > 0
  // What fails is reported like any other error, and takes nobody else's turn.
  for (const picture of drawn) {
    try {
      picture.draw()
    } catch (error) {
      reportError(error)
    }
  }
  frameEnd.port2.postMessage(null)
  schedule()
}

// A dialog that is closed is waited for by nobody.
new MutationObserver(() => {
  if (timer !== undefined && !isCovered()) requestDraw()
}).observe(document.body, { attributeFilter: ['class'] })

/** Whether no picture waits. */
export const areDrawn = (): boolean => waiting.size === 0

/** Takes part with what `draw` draws. */
export function takeTurns(draw: () => void): Turn {
  const picture: Picture = { draw, cost: 0 }
  return {
    ask() {
      waiting.add(picture)
      schedule()
    },
    end() {
      waiting.delete(picture)
    },
  }
}
