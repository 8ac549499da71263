/** Classes on the plane: each has a hue, a mark and a word, so that none is told by its colour alone. */
import { outputClass } from '../../core/spec/index.ts'
import type { MessageKey } from '../i18n/index.ts'

/** The mark of each class as a letter, in the order of the classes. */
export const classMarks = ['◆', '●', '▲', '■', '✚', '★'] as const

/** What the marks are called. */
export const markNames: readonly MessageKey[] = [
  'figure.diamond',
  'figure.disc',
  'figure.triangle',
  'figure.square',
  'figure.cross',
  'figure.star',
]

/** The class of each output of the points. */
export const classesOf = (outputs: readonly string[]): readonly number[] => outputs.map(outputClass)

/** Whether one ramp from the negative to the positive colour tells of both classes. */
export const isTwoSided = (classes: readonly number[]): boolean =>
  classes.length === 2 && classes[0] === 0 && classes[1] === 1

/** The corner of a mark of radius 1 at an eighth, a fifth, … of a turn from the top. */
const corner = (part: number, of: number, radius = 1): readonly [number, number] => [
  radius * Math.sin((2 * Math.PI * part) / of),
  -radius * Math.cos((2 * Math.PI * part) / of),
]
const ring = (count: number, radius: (n: number) => number, turn = 0): readonly (readonly [number, number])[] =>
  Array.from({ length: count }, (_, n) => corner(n + turn, count, radius(n)))

const arm = 0.36
const reach = 1.05
/** Corners of each mark; none for the disc. They are of like area, so that no class looks heavier. */
const outlines: readonly (readonly (readonly [number, number])[])[] = [
  ring(4, () => 1.23),
  [],
  ring(3, () => 1.4),
  ring(4, () => 1.24, 0.5),
  [
    [-arm, -reach],
    [arm, -reach],
    [arm, -arm],
    [reach, -arm],
    [reach, arm],
    [arm, arm],
    [arm, reach],
    [-arm, reach],
    [-arm, arm],
    [-reach, arm],
    [-reach, -arm],
    [-arm, -arm],
  ],
  ring(10, (n) => (n % 2 === 0 ? 1.5 : 0.68)),
]

/** Lays the outline of a class's mark; `radius` is that of the disc. */
export function traceMark(
  context: Pick<CanvasRenderingContext2D, 'beginPath' | 'arc' | 'moveTo' | 'lineTo' | 'closePath'>,
  label: number,
  x: number,
  y: number,
  radius: number,
): void {
  const outline = outlines[label] ?? []
  context.beginPath()
  if (outline.length === 0) context.arc(x, y, radius, 0, 2 * Math.PI)
  outline.forEach(([dx, dy], n) => {
    if (n === 0) context.moveTo(x + dx * radius, y + dy * radius)
    else context.lineTo(x + dx * radius, y + dy * radius)
  })
  if (outline.length > 0) context.closePath()
}

/** The mark of a class as a path of SVG about 0, of the disc's radius. */
export function markPath(label: number, radius: number): string {
  const outline = outlines[label] ?? []
  if (outline.length === 0)
    return `M${-radius} 0A${radius} ${radius} 0 1 0 ${radius} 0A${radius} ${radius} 0 1 0 ${-radius} 0Z`
  return `M${outline.map(([x, y]) => `${(x * radius).toFixed(2)} ${(y * radius).toFixed(2)}`).join('L')}Z`
}
