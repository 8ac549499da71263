import { beforeEach, describe, expect, it } from 'vitest'
import { base64, useLibrary } from '../../../src/renderer/stores/library.ts'
import { useNotices } from '../../../src/renderer/stores/notices.ts'
import { useRun } from '../../../src/renderer/stores/run.ts'
import { aRun, type FixtureBridge } from '../fixture-bridge.ts'
import { freshPage } from '../set-up.ts'

const entry = { file: 'f', name: 'one', savedAt: '2026-01-01T00:00:00Z', sizeBytes: 100, parameterCount: 28 }
let bridge: FixtureBridge

beforeEach(async () => {
  bridge = freshPage()
  bridge.answer('library.list', () => [entry])
  await useRun().show('lab')
})

describe('the library', () => {
  it('asks before it replaces a file that changed', async () => {
    bridge.answer('model.save', () => {
      throw { code: 'FILE-003', values: {} }
    })
    expect(await useLibrary().save('one', false)).toBe('conflict')
    expect(useNotices().list).toEqual([])
  })

  it('names the run by its file', async () => {
    const library = useLibrary()
    expect(library.currentName).toBe('circle')
    useRun().update(aRun({ version: 2, file: 'f' }))
    await library.load()
    expect(library.currentName).toBe('one')
  })

  it('opens a model in the lab', async () => {
    bridge.answer('model.open', () => aRun({ run: 'opened', file: 'f' }))
    expect(await useLibrary().open('f')).toBe(true)
    expect(useRun().runs.lab?.run).toBe('opened')
  })

  it('refuses a file that is too large before it reads it', async () => {
    const file = new File([new Uint8Array(5_600_000)], 'big.safetensors')
    expect(await useLibrary().upload(file)).toBe(false)
    expect(bridge.calls.some(({ name }) => name === 'model.upload')).toBe(false)
    expect(useNotices().list).toHaveLength(1)
  })

  it('encodes bytes whatever their number', () => {
    const bytes = Uint8Array.from({ length: 50_000 }, (_, i) => i % 256)
    expect(Uint8Array.from(atob(base64(bytes)), (letter) => letter.charCodeAt(0))).toEqual(bytes)
  })
})
