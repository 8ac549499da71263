import { beforeEach, describe, expect, it } from 'vitest'
import { useEdits } from '../../../src/renderer/stores/edits.ts'
import { useNotices } from '../../../src/renderer/stores/notices.ts'
import { useRun } from '../../../src/renderer/stores/run.ts'
import { aRun, type FixtureBridge } from '../fixture-bridge.ts'
import { freshPage } from '../set-up.ts'

let bridge: FixtureBridge
/** Runs that a call was made for, in turn. */
const asked = (name: string): unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ argument }) => (argument as { run: string }).run)

beforeEach(async () => {
  bridge = freshPage()
  bridge.answer('run.info', ({ run }: { run: string }) => aRun({ run }))
  bridge.answer('run.undo', () => null)
  bridge.answer('run.redo', () => null)
  await useRun().show('lab')
})

describe('a run of the lab whose place another takes', () => {
  it('rests, and comes back by undo; redo brings the other one again', async () => {
    const [run, edits] = [useRun(), useEdits()]
    expect(edits.mayUndo).toBe(false)
    await run.adopt(aRun({ run: 'b' }))
    expect([run.current?.run, asked('run.rest'), asked('run.close')]).toEqual(['b', ['a'], []])
    expect(edits.mayUndo).toBe(true)
    await edits.undo()
    expect([run.current?.run, edits.mayUndo, edits.mayRedo]).toEqual(['a', false, true])
    await edits.redo()
    expect([run.current?.run, edits.mayUndo, edits.mayRedo]).toEqual(['b', true, false])
  })

  it('comes back after what was changed since was taken back', async () => {
    const [run, edits] = [useRun(), useEdits()]
    await run.adopt(aRun({ run: 'b' }))
    bridge.answer('run.undo', () => aRun({ run: 'b', version: 2 }))
    await edits.undo()
    expect(run.current?.run).toBe('b')
    bridge.answer('run.undo', () => null)
    await edits.undo()
    expect(run.current?.run).toBe('a')
  })

  it('stays where it is when the services refuse', async () => {
    const [run, edits] = [useRun(), useEdits()]
    await run.adopt(aRun({ run: 'b' }))
    bridge.answer('run.undo', () => {
      throw { code: 'RUN-001', values: { run: 'b' } }
    })
    await edits.undo()
    expect(run.current?.run).toBe('b')
  })

  it('is told of, with the way back', async () => {
    const run = useRun()
    await run.adopt(aRun({ run: 'b' }))
    const [notice] = useNotices().list
    expect(notice).toMatchObject({ kind: 'done', message: 'notice.setAside' })
    await (notice?.kind === 'done' ? notice.action?.run() : null)
    expect(run.current?.run).toBe('a')
    expect(useNotices().list).toEqual([])
  })

  it('comes back with its fork', async () => {
    const run = useRun()
    run.accompany(aRun({ run: 'fork' }))
    await run.adopt(aRun({ run: 'b' }))
    expect(run.companion).toBeNull()
    expect(asked('run.rest')).toEqual(['a', 'fork'])
    await run.back()
    expect([run.current?.run, run.companion?.run]).toEqual(['a', 'fork'])
  })

  it('is closed once three others came after it', async () => {
    const run = useRun()
    for (const id of ['b', 'c', 'd', 'e']) await run.adopt(aRun({ run: id }))
    expect(asked('run.close')).toEqual(['a'])
    await Promise.all([run.back(), run.back(), run.back(), run.back()])
    expect(run.current?.run).toBe('b')
  })

  it('ends the way forth when something is changed or another one comes', async () => {
    const [run, edits] = [useRun(), useEdits()]
    await run.adopt(aRun({ run: 'b' }))
    await run.back()
    await edits.edit('seed', 5)
    expect([asked('run.close'), edits.mayRedo]).toEqual([['b'], false])
    await run.adopt(aRun({ run: 'c' }))
    await run.back()
    await run.adopt(aRun({ run: 'd' }))
    expect(asked('run.close')).toEqual(['b', 'c'])
  })

  it('is found again after the page was loaded anew, unless it lives no more', async () => {
    for (const id of ['b', 'c']) await useRun().adopt(aRun({ run: id }))
    const kept = { ...sessionStorage }
    bridge = freshPage()
    for (const [key, value] of Object.entries(kept)) sessionStorage.setItem(key, value)
    bridge.answer('run.info', ({ run }: { run: string }) => {
      if (run === 'b') throw { code: 'RUN-001', values: { run } }
      return aRun({ run })
    })
    const run = useRun()
    await run.show('lab')
    expect([run.current?.run, run.former?.info.run]).toEqual(['c', 'a'])
  })

  it('that was closed meanwhile is no way back', async () => {
    const run = useRun()
    await run.adopt(aRun({ run: 'b' }))
    bridge.answer('run.info', () => {
      throw { code: 'RUN-001', values: { run: 'a' } }
    })
    await run.back()
    expect([run.current?.run, run.former]).toEqual(['b', null])
    expect(useNotices().list).toContainEqual(expect.objectContaining({ kind: 'fault' }))
  })

  it('is not come back to from the story', async () => {
    const run = useRun()
    await run.adopt(aRun({ run: 'b' }))
    await run.show('story')
    expect([run.former, await run.back()]).toEqual([null, false])
  })
})
