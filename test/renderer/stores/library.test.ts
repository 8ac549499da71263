import { beforeEach, describe, expect, it } from 'vitest'
import { useLibrary } from '../../../src/renderer/stores/library.ts'
import { useNotices } from '../../../src/renderer/stores/notices.ts'
import { useRun } from '../../../src/renderer/stores/run.ts'
import { maxCallBytes } from '../../../src/shared/protocol.ts'
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
    const file = new File([new Uint8Array(maxCallBytes + 1)], 'big.safetensors')
    expect(await useLibrary().upload(file)).toBe(false)
    expect(bridge.calls.some(({ name }) => name === 'model.upload')).toBe(false)
    expect(useNotices().list).toHaveLength(1)
  })

  it('hands over the bytes as they are, and the name in one normal form', async () => {
    bridge.answer('model.upload', () => aRun({ run: 'uploaded' }))
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 256)
    expect(await useLibrary().upload(new File([bytes], '나.safetensors'.normalize('NFD')))).toBe(true)
    const sent = bridge.calls.find(({ name }) => name === 'model.upload')?.argument
    expect(sent).toEqual({ name: '나.safetensors', bytes })
  })
})
