/** The bar on a terminal: share done, figures, rate, time left. */
import { sentence } from '../shared/messages.ts'
import { formatNumber } from '../shared/numbers.ts'
import type { Language } from '../shared/protocol.ts'

/** Where training stands. */
export interface Progress {
  readonly doneSteps: number
  readonly totalSteps: number
  readonly epoch: number
  readonly loss: number | null
  readonly stepsPerSecond: number
}

const barCells = 20
const minuteSeconds = 60
const hourSeconds = 3600

/** One line of at most `columns` cells. */
export function progressLine(progress: Progress, columns: number, language: Language): string {
  const { doneSteps, totalSteps, epoch, loss, stepsPerSecond } = progress
  const share = Math.min(1, totalSteps > 0 ? doneSteps / totalSteps : 1)
  const filled = Math.floor(share * barCells)
  const left = stepsPerSecond > 0 ? clock((totalSteps - doneSteps) / stepsPerSecond) : '?'
  const values = {
    percent: Math.floor(share * 100),
    epoch,
    loss: loss === null ? '?' : formatNumber(Number(loss.toPrecision(4)), language),
    rate: Math.round(stepsPerSecond),
    left,
  }
  const figures = sentence({ code: 'CLI-progress', values }, language)
  return clipped(`${'█'.repeat(filled)}${'░'.repeat(barCells - filled)} ${figures}`, columns)
}

/** `0:05`, `12:34`, `1:02:03`. */
function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const two = (value: number): string => String(value).padStart(2, '0')
  const minutes = Math.floor(whole / minuteSeconds)
  if (whole < hourSeconds) return `${minutes}:${two(whole % minuteSeconds)}`
  return `${Math.floor(minutes / minuteSeconds)}:${two(minutes % minuteSeconds)}:${two(whole % minuteSeconds)}`
}

/** Hangul and other East Asian characters take two cells of a terminal. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/u

function clipped(text: string, columns: number): string {
  let cells = 0
  let shown = ''
  for (const character of text) {
    cells += wide.test(character) ? 2 : 1
    if (cells > columns) break
    shown += character
  }
  return shown
}

/** Milliseconds between two drawings. */
const redrawMs = 100
const defaultColumns = 80
const clearLine = '\r\x1b[2K'

/** Draws on stderr where that is a terminal; else does nothing. */
export interface ProgressBar {
  /** True when it is time to draw again. */
  isDue(): boolean
  draw(progress: Progress): void
  clear(): void
}

/** A bar, or a silent one where nobody watches or where it would run into the lines on stdout. */
export function createBar(json: boolean, language: Language): ProgressBar {
  const { stderr, stdout } = process
  if (!stderr.isTTY || (json && stdout.isTTY)) return { isDue: () => false, draw: () => {}, clear: () => {} }
  let drawnAt = Number.NEGATIVE_INFINITY
  return {
    isDue: () => performance.now() - drawnAt >= redrawMs,
    draw: (progress) => {
      drawnAt = performance.now()
      stderr.write(clearLine + progressLine(progress, (stderr.columns || defaultColumns) - 1, language))
    },
    clear: () => {
      stderr.write(clearLine)
    },
  }
}
