import { chmod, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveAtomically, sweepOrphans } from '../../../src/main/services/atomic.ts'
import { openLibrary } from '../../../src/main/services/library.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paramap-library-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const open = () => openLibrary({ folder, countParameters: async (bytes) => bytes.length, log: () => {} })
const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('saving', () => {
  it('leaves the new file and nothing else', async () => {
    const path = join(folder, 'a.txt')
    await saveAtomically(path, bytesOf('one'))
    await saveAtomically(path, bytesOf('two'))
    expect(await readFile(path, 'utf8')).toBe('two')
    expect(await readdir(folder)).toEqual(['a.txt'])
  })

  it('that fails leaves the old file and no temporary one', async () => {
    await rm(join(folder, 'sub'), { recursive: true, force: true })
    await saveAtomically(join(folder, 'sub', 'x'), bytesOf('in the way'))
    await expect(saveAtomically(join(folder, 'sub'), bytesOf('new'))).rejects.toThrow()
    expect(await readFile(join(folder, 'sub', 'x'), 'utf8')).toBe('in the way')
    expect(await readdir(folder)).toEqual(['sub'])
  })

  it('sweeps what was interrupted more than a day ago, and only that', async () => {
    const old = join(folder, '.~a.safetensors.123.0123456789ab')
    const young = join(folder, '.~b.safetensors.123.0123456789ab')
    for (const path of [old, young, join(folder, 'keep.safetensors')]) await writeFile(path, 'x')
    const dayBefore = Date.now() / 1000 - 90_000
    await utimes(old, dayBefore, dayBefore)
    expect(await sweepOrphans(folder)).toBe(1)
    expect((await readdir(folder)).sort()).toEqual(['.~b.safetensors.123.0123456789ab', 'keep.safetensors'])
  })
})

describe('library', () => {
  it('lists, opens and deletes what was saved, by ids that are no paths', async () => {
    const library = open()
    const { entry } = await library.save({
      name: '나는 너를',
      bytes: bytesOf('12345'),
      known: undefined,
      replace: false,
    })
    expect(entry).toMatchObject({ name: '나는 너를', sizeBytes: 5, parameterCount: 5 })
    expect(entry.file).toMatch(/^[\w-]{22}$/)
    expect(await open().list()).toEqual([entry])
    expect(new TextDecoder().decode((await library.open(entry.file)).bytes)).toBe('12345')
    await library.delete(entry.file)
    expect(await library.list()).toEqual([])
    await expect(library.open(entry.file)).rejects.toMatchObject({ code: 'FILE-001' })
  })

  it.each(['../secret', '나는 너를.safetensors', '', '/etc/passwd', '..%2f'])(
    'opens nothing for the id %j',
    async (file) => {
      await writeFile(join(folder, '나는 너를.safetensors'), 'x')
      await expect(open().open(file)).rejects.toMatchObject({ code: 'FILE-001' })
      await expect(open().delete(file)).rejects.toMatchObject({ code: 'FILE-001' })
    },
  )

  it('a run saves over its own file without asking', async () => {
    const library = open()
    const first = await library.save({ name: 'a', bytes: bytesOf('1'), known: undefined, replace: false })
    const second = await library.save({ name: 'a', bytes: bytesOf('2'), known: first.stamp, replace: false })
    expect(second.entry.file).toBe(first.entry.file)
  })

  it("asks before it replaces another run's file, or one that changed meanwhile", async () => {
    const library = open()
    const { stamp, entry } = await library.save({ name: 'a', bytes: bytesOf('1'), known: undefined, replace: false })
    await expect(
      library.save({ name: 'a', bytes: bytesOf('2'), known: undefined, replace: false }),
    ).rejects.toMatchObject({
      code: 'FILE-003',
    })
    await writeFile(join(folder, 'a.safetensors'), 'by someone else')
    const later = Date.now() / 1000 + 5
    await utimes(join(folder, 'a.safetensors'), later, later)
    await expect(library.save({ name: 'a', bytes: bytesOf('2'), known: stamp, replace: false })).rejects.toMatchObject({
      code: 'FILE-003',
    })
    expect(await readFile(join(folder, 'a.safetensors'), 'utf8')).toBe('by someone else')
    await library.save({ name: 'a', bytes: bytesOf('2'), known: stamp, replace: true })
    expect(new TextDecoder().decode((await library.open(entry.file)).bytes)).toBe('2')
  })

  it('a touched file with the same content is no conflict', async () => {
    const library = open()
    const { stamp } = await library.save({ name: 'a', bytes: bytesOf('1'), known: undefined, replace: false })
    await utimes(join(folder, 'a.safetensors'), 1, 1)
    await library.save({ name: 'a', bytes: bytesOf('2'), known: stamp, replace: false })
  })

  it('a decomposed name on disk is the same model', async () => {
    const decomposed = '사랑.safetensors'.normalize('NFD')
    await writeFile(join(folder, decomposed), 'old')
    const library = open()
    expect((await library.list())[0]?.name).toBe('사랑')
    await expect(
      library.save({ name: '사랑', bytes: bytesOf('new'), known: undefined, replace: false }),
    ).rejects.toMatchObject({
      code: 'FILE-003',
    })
    await library.save({ name: '사랑', bytes: bytesOf('new'), known: undefined, replace: true })
    expect(await readdir(folder)).toEqual([decomposed])
  })

  it('links out of the folder do not belong to it', async () => {
    await symlink('/etc/hostname', join(folder, 'link.safetensors'))
    expect(await open().list()).toEqual([])
  })

  it('says that a folder is write-protected', async () => {
    // Permissions do not hold root back; the kernel's own folder takes files from nobody.
    const locked = process.getuid?.() === 0 ? '/sys' : folder
    if (locked === folder) await chmod(folder, 0o500)
    const library = openLibrary({ folder: locked, countParameters: async () => 0, log: () => {} })
    await library.list()
    const saving = library.save({ name: 'a', bytes: bytesOf('1'), known: undefined, replace: false })
    await expect(saving).rejects.toMatchObject({ code: 'FILE-002' })
    await chmod(folder, 0o700)
  })

  it('a file that is no model is listed with no parameters', async () => {
    await writeFile(join(folder, 'broken.safetensors'), 'x')
    const library = openLibrary({ folder, countParameters: () => Promise.reject(new Error('broken')), log: () => {} })
    expect(await library.list()).toMatchObject([{ name: 'broken', parameterCount: 0 }])
  })
})
