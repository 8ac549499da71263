/** Opens the page in the user's browser without the token in any program's arguments. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

function opener(file: string): readonly [string, readonly string[]] {
  switch (process.platform) {
    case 'win32':
      return ['rundll32', ['url.dll,FileProtocolHandler', file]]
    case 'darwin':
      return ['open', [file]]
    default:
      return ['xdg-open', [file]]
  }
}

/** Rejects where the system has no program that opens a page. */
function run(command: string, argumentList: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, argumentList, { stdio: 'ignore', detached: true })
    child.once('error', reject)
    child.once('spawn', resolve)
    child.unref()
  })
}

/**
 * Opens `address` by a file that only this user can read and that leads there: every user of the computer can see
 * the arguments of programs. The file lies in `folder`, a plain folder of the user's, because browsers in a sandbox
 * of their own cannot read temporary or hidden ones. Answers what removes the file again.
 */
export async function openInBrowser(address: string, folder: string): Promise<() => Promise<void>> {
  const file = join(folder, `paramap-open-${randomBytes(6).toString('hex')}.html`)
  await mkdir(folder, { recursive: true })
  const html = `<!doctype html><meta charset="utf-8"><title>Paramap</title><meta http-equiv="refresh" content="0;url=${address}">\n`
  await writeFile(file, html, { mode: 0o600, flag: 'wx' })
  const remove = () => rm(file, { force: true })
  try {
    await run(...opener(file))
  } catch (error) {
    await remove()
    throw error
  }
  return remove
}
