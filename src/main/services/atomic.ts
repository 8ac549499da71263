/** Saves that leave either the old file or the new one, never a mix, whatever happens in between. */
import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Fault } from '../../core/spec/index.ts'

/** Virus scanners and synchronisers hold a file for a moment: try again for about a second. */
const RETRY_MS = [20, 50, 100, 300, 600]
const ORPHAN_AGE_MS = 24 * 60 * 60 * 1000
const orphanName = /^\.~.+\.\d+\.[0-9a-f]{12}$/

/** The system's code of an error (`ENOSPC`); empty for others. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

interface Reason {
  readonly en: string
  readonly ko: string
}

const full: Reason = { en: 'the drive is full', ko: '드라이브가 가득 찼습니다' }
const locked: Reason = { en: 'the file or folder is write-protected', ko: '파일이나 폴더가 쓰기 금지입니다' }
const busy: Reason = { en: 'another program is using the file', ko: '다른 프로그램이 파일을 쓰고 있습니다' }
const isFolder: Reason = { en: 'it is a folder', ko: '폴더입니다' }
const noFolder: Reason = { en: 'its folder does not exist', ko: '폴더가 없습니다' }
const reasons: Readonly<Record<string, Reason>> = {
  ENOSPC: full,
  EDQUOT: full,
  EACCES: locked,
  EPERM: locked,
  EROFS: locked,
  EBUSY: busy,
  EISDIR: isFolder,
  ENOENT: noFolder,
  ENOTDIR: noFolder,
  ENODEV: { en: 'it is a device', ko: '파일이 아니라 장치입니다' },
}

/** Says in Paramap's words why a file could not be saved or read. */
export function fileFault(error: unknown, deed: 'save' | 'read', file: string): Fault {
  if (error instanceof Fault) return error
  const code = systemCode(error)
  if (code === 'ENOENT' && deed === 'read') return new Fault('FILE-001', { file })
  if (code === 'ENAMETOOLONG') return new Fault('FILE-005', { file })
  const detail = code === '' ? String(error) : code
  const reason = reasons[code] ?? { en: detail, ko: detail }
  return new Fault(deed === 'save' ? 'FILE-002' : 'FILE-006', { file, 'reason.en': reason.en, 'reason.ko': reason.ko })
}

async function renameWithRetry(from: string, to: string): Promise<void> {
  for (const delay of RETRY_MS) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const code = systemCode(error)
      if (code !== 'EPERM' && code !== 'EBUSY' && code !== 'EACCES') throw error
      await wait(delay)
    }
  }
  await rename(from, to)
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for this; its rename is written through with the file system's journal.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes a file beside its target, syncs it, renames it over the target and syncs the folder. */
export async function saveAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  const temporary = join(folder, `.~${basename(path)}.${process.pid}.${randomBytes(6).toString('hex')}`)
  try {
    const handle = await open(temporary, 'wx', 0o644)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await renameWithRetry(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(folder)
}

/** Removes what interrupted saves left in a folder more than a day ago; answers how many. */
export async function sweepOrphans(folder: string, now = Date.now()): Promise<number> {
  let removed = 0
  for (const name of await readdir(folder)) {
    if (!orphanName.test(name)) continue
    const path = join(folder, name)
    const { mtimeMs } = await stat(path)
    if (now - mtimeMs < ORPHAN_AGE_MS) continue
    await rm(path, { force: true })
    removed++
  }
  return removed
}
