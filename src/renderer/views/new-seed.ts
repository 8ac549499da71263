/** A seed that is easy to read out loud in a classroom. */
export function newSeed(): number {
  return 1 + Math.floor(Math.random() * 9999)
}
