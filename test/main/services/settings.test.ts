import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemLanguage } from '../../../src/main/services/language.ts'
import { openLog } from '../../../src/main/services/log.ts'
import { findPlaces } from '../../../src/main/services/places.ts'
import { openSettings } from '../../../src/main/services/settings.ts'

const defaults = {
  language: 'system',
  theme: 'system',
  letterKeys: true,
  mapMode: 'plain',
  mapLines: 'weights',
  mapStops: 'weights',
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paramap-settings-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('settings', () => {
  it('begin with the defaults and survive a restart', async () => {
    const path = join(folder, 'deep', 'settings.json')
    const store = openSettings(path, () => {})
    expect(await store.get()).toEqual(defaults)
    await Promise.all([
      store.set({ theme: 'dark' }),
      store.set({ language: 'ko', letterKeys: false, mapMode: 'quiet' }),
    ])
    expect(await openSettings(path, () => {}).get()).toEqual({
      ...defaults,
      language: 'ko',
      theme: 'dark',
      letterKeys: false,
      mapMode: 'quiet',
    })
  })

  it('a damaged file is set aside, not lost', async () => {
    const path = join(folder, 'settings.json')
    await writeFile(path, '{"theme":')
    const lines: string[] = []
    expect(await openSettings(path, (line) => lines.push(line)).get()).toEqual(defaults)
    expect(await readdir(folder)).toEqual(['settings.json.damaged'])
    expect(lines).toHaveLength(1)
  })
})

describe('language of the system', () => {
  it.each([
    [{ LANG: 'ko_KR.UTF-8' }, 'ko'],
    [{ LC_ALL: 'en_US.UTF-8', LANG: 'ko_KR.UTF-8' }, 'en'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{ LC_ALL: '', LANG: 'ko' }, 'ko'],
  ])('%j speaks %s', (environment, language) => {
    expect(systemLanguage(environment)).toBe(language)
  })
})

describe('places', () => {
  it('all lie in PARAMAP_HOME where it is set', () => {
    const places = findPlaces({ PARAMAP_HOME: folder })
    expect(places.library).toBe(folder)
    expect(Object.values(places).every((path) => path.startsWith(folder))).toBe(true)
  })
})

describe('log', () => {
  it('keeps a few files of bounded size', async () => {
    const log = openLog(folder)
    const line = 'x'.repeat(100_000)
    for (let i = 0; i < 60; i++) log(line)
    expect((await readdir(folder)).sort()).toEqual(['paramap.1.log', 'paramap.2.log', 'paramap.log'])
    expect((await readFile(join(folder, 'paramap.log'))).length).toBeLessThan(1_200_000)
  })
})
