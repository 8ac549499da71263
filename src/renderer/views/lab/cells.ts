/** Cells on a side of a stop's heat map: fewer when there are many stops, none when they are drawn too small to see. */
export function cellsFor(nodes: number): number {
  if (nodes <= 32) return 32
  if (nodes <= 96) return 20
  return nodes <= 400 ? 10 : 0
}
