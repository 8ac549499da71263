/**
 * The way to the services: `window.paramap` where the desktop shell's preload put it, else the web shell's client.
 * Stores call `bridge()`; components never do.
 */
import type { Bridge } from '../../shared/protocol.ts'
import { connectWeb } from './web-bridge.ts'

declare global {
  interface Window {
    /** Put there by the desktop shell's preload. */
    readonly paramap?: Bridge
  }
}

let present: Bridge | null = null

/** The bridge in use; `main.ts` and tests provide it before anything asks. */
export function bridge(): Bridge {
  if (present === null) throw new Error('internal: no bridge was provided')
  return present
}

/** Sets the bridge that the stores use. */
export function provideBridge(next: Bridge): void {
  present = next
}

/** Finds the shell that the page lives in. */
export async function connect(onLink: (open: boolean) => void): Promise<Bridge> {
  return window.paramap ?? connectWeb(onLink)
}
