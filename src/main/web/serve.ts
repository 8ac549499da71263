/** Runs the web shell as a program: one line with the address, the browser, an orderly end. */
import { join } from 'node:path'
import { version } from '../../../package.json'
import { createServices } from '../services/services.ts'
import { openInBrowser } from './browser.ts'
import { startWebShell } from './shell.ts'

export interface ServeOptions {
  /** Opens the page in the browser; otherwise the address is printed and nothing else happens. */
  readonly open: boolean
  /** 0 for any free port. */
  readonly port: number
  /** Tells the address; otherwise it is a line on stdout. */
  readonly announce?: (address: string) => void
}

/** Serves until it is told to end or nobody has used it for a while. */
export async function serveWeb({ open, port, announce = printLine }: ServeOptions): Promise<void> {
  const services = createServices({ shell: 'web', version })
  let removeOpener: () => Promise<void> = async () => {}
  const shell = await startWebShell({
    services,
    port,
    pageFolder: join(import.meta.dirname, '../renderer'),
    onIdle: () => void finish(),
    onFirstClient: () => void removeOpener().catch((error: unknown) => services.log(`opener: ${String(error)}`)),
  })
  let ending = false
  const finish = async (): Promise<void> => {
    if (ending) return
    ending = true
    await removeOpener()
    await shell.close()
    await services.dispose()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void finish())
  announce(shell.address)
  if (!open) return
  try {
    removeOpener = await openInBrowser(shell.address, services.places.library)
  } catch (error) {
    process.stderr.write(
      `No browser could be opened (${error instanceof Error ? error.message : String(error)}). Open the address above.\n`,
    )
  }
}

function printLine(line: string): void {
  process.stdout.write(`${line}\n`)
}
