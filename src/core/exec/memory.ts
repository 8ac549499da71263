/** How much memory there can be, and what is said when it does not suffice. */
import { Fault } from '../spec/index.ts'

const gibibyte = 2 ** 30

/** What 32-bit WebAssembly can address. */
export const mostBytes = 4 * gibibyte

/** The fault `MEMORY-001`; both figures in GiB, the needed one rounded up, the available one down. */
export function memoryFault(neededBytes: number, availableBytes: number): Fault {
  const needed = Math.ceil((10 * neededBytes) / gibibyte) / 10
  const available = Math.floor((10 * availableBytes) / gibibyte) / 10
  return new Fault('MEMORY-001', { needed, available })
}
