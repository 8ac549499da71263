import { beforeEach, describe, expect, it } from 'vitest'
import { command, commands, commandWords } from '../../../src/renderer/app/commands.ts'
import { paletteItems } from '../../../src/renderer/app/palette-items.ts'
import { showLanguage } from '../../../src/renderer/i18n/index.ts'
import { useApp } from '../../../src/renderer/stores/app.ts'
import { useEdits } from '../../../src/renderer/stores/edits.ts'
import { useNotices } from '../../../src/renderer/stores/notices.ts'
import { useRun } from '../../../src/renderer/stores/run.ts'
import { useShape } from '../../../src/renderer/stores/shape.ts'
import { useTime } from '../../../src/renderer/stores/time.ts'
import { readFrame } from '../../../src/shared/frame.ts'
import { aFrame, aRun, type FixtureBridge } from '../fixture-bridge.ts'
import { freshPage } from '../set-up.ts'

const rate = 'training.optimizer.learningRate'
let bridge: FixtureBridge

const sent = (): unknown[] =>
  bridge.calls.filter(({ name }) => name === 'run.edit').map(({ argument }) => (argument as { value: unknown }).value)
const headOf = (change: Parameters<typeof aFrame>[0]) => readFrame(aFrame(change)).head

beforeEach(async () => {
  bridge = freshPage()
  await useRun().show('lab')
})

describe('an edit', () => {
  it('is pending until a frame of its version comes', async () => {
    bridge.answer('run.edit', () => aRun({ version: 2 }))
    const edits = useEdits()
    await edits.edit(rate, 0.1)
    expect(edits.pendingValue(rate)).toBe(0.1)
    edits.confirm(headOf({ version: 1 }))
    expect(edits.pendingValue(rate)).toBe(0.1)
    edits.confirm(headOf({ version: 2 }))
    expect(edits.pendingValue(rate)).toBeUndefined()
  })

  it('is done when the frame comes before the answer', async () => {
    const edits = useEdits()
    bridge.answer('run.edit', () => {
      edits.confirm(
        headOf({ version: 2, edits: [{ id: 1, run: 'a', step: 2, epoch: 0, path: rate, from: 0, to: 0.1 }] }),
      )
      return aRun({ version: 2 })
    })
    await edits.edit(rate, 0.1)
    expect(edits.pendingValue(rate)).toBeUndefined()
  })

  it('of a parameter is pending until a frame names it', async () => {
    const path = 'parameters.layers.0.weight.3'
    const edits = useEdits()
    await edits.edit(path, 0.5)
    edits.confirm(headOf({ version: 9 }))
    expect(edits.pendingValue(path)).toBe(0.5)
    edits.confirm(headOf({ edits: [{ id: 1, run: 'a', step: 2, epoch: 0, path, from: 0, to: 0.5 }] }))
    expect(edits.pendingValue(path)).toBeUndefined()
  })

  it('is followed only by the last of those that came meanwhile', async () => {
    const edits = useEdits()
    const first = edits.edit(rate, 0.1)
    void edits.edit(rate, 0.2)
    void edits.edit(rate, 0.3)
    await first
    expect(sent()).toEqual([0.1, 0.3])
  })

  it('that is refused leaves the old value and tells why', async () => {
    bridge.answer('run.edit', () => {
      throw { code: 'RECIPE-005', values: {} }
    })
    const edits = useEdits()
    await edits.edit(rate, -1)
    expect(edits.pendingValue(rate)).toBeUndefined()
    expect(useNotices().list.map((notice) => notice.kind === 'fault' && notice.fault.code)).toEqual(['RECIPE-005'])
  })
})

describe('undo', () => {
  const done = { path: rate, from: 0.01, to: 0.03 }
  const other = { path: 'training.l2', from: 0, to: 0.1 }

  it('says what it would take back and make again, on its button and in the palette', () => {
    useEdits().confirm(headOf({ undoCount: 2, redoCount: 1, undoes: done, redoes: other }))
    showLanguage('en')
    expect(commandWords(command('undo'))).toBe('Undo: Learning rate 0.01 → 0.03')
    expect(commandWords(command('redo'))).toBe('Redo: L2 penalty 0 → 0.1')
    useApp().view = 'lab'
    const [named] = paletteItems(commands).find(({ id }) => id === 'command undo')?.texts ?? []
    expect(named).toBe('Undo: Learning rate 0.01 → 0.03')
    showLanguage('ko')
    expect(commandWords(command('undo'))).toBe('실행 취소: 학습률 0.01 → 0.03')
  })

  it('knows nothing of a frame that is older than the last edit', async () => {
    bridge.answer('run.edit', () => aRun({ version: 2 }))
    const edits = useEdits()
    await edits.edit(rate, 0.1)
    edits.confirm(headOf({ version: 1 }))
    expect(edits.canUndo).toBe(true)
    edits.confirm(headOf({ version: 2, undoCount: 1, undoes: done }))
    expect([edits.canUndo, edits.undoes]).toEqual([true, done])
  })

  it('knows what a frame said that came before the answer', async () => {
    const edits = useEdits()
    bridge.answer('run.edit', () => {
      edits.confirm(
        headOf({ version: 2, undoCount: 1, undoes: done, edits: [{ ...done, id: 1, run: 'a', step: 0, epoch: 0 }] }),
      )
      return aRun({ version: 2 })
    })
    await edits.edit(rate, 0.1)
    expect([edits.pendingValue(rate), edits.undoes]).toEqual([undefined, done])
  })

  it('is offered where an edit starts over or takes something out, until the next edit', async () => {
    const notices = useNotices()
    await useEdits().edit('seed', 9)
    const offer = notices.list.find(({ kind }) => kind === 'done')
    expect(offer).toMatchObject({ message: 'edit.startedOver', action: { message: 'command.undo' } })
    if (offer?.kind === 'done') await offer.action?.run()
    expect(bridge.calls.at(-1)?.name).toBe('run.undo')
    expect(notices.list).toEqual([])
    await useShape().reshape({ kind: 'remove', at: 0 })
    expect(notices.list).toMatchObject([{ message: 'edit.tookOut' }])
    await useEdits().edit(rate, 0.2)
    expect(notices.list).toEqual([])
  })

  it('can be taken back while it is on its way, and so can what is no edit', async () => {
    const edits = useEdits()
    expect(command('undo').enabled()).toBe(false)
    const sending = edits.edit(rate, 0.1)
    expect(command('undo').enabled()).toBe(true)
    await sending
    edits.confirm(headOf({ version: 2 }))
    expect(command('undo').enabled()).toBe(false)
    const putBack = useTime().takeBest()
    expect(command('undo').enabled()).toBe(true)
    await putBack
    expect(command('undo').enabled()).toBe(true)
  })

  it('can be made again', async () => {
    const edits = useEdits()
    await edits.edit(rate, 0.1)
    await edits.undo()
    expect(edits.canRedo).toBe(true)
    await edits.redo()
    expect(edits.canUndo).toBe(true)
  })

  it('that finds nothing says that there is nothing', async () => {
    bridge.answer('run.undo', () => null)
    const edits = useEdits()
    await edits.edit(rate, 0.1)
    await edits.undo()
    expect(edits.canUndo).toBe(false)
    expect(edits.canRedo).toBe(false)
  })
})
