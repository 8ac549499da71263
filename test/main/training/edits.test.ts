import { describe, expect, it } from 'vitest'
import { createEditLog, MAX_KEPT_BYTES } from '../../../src/main/training/edits.ts'

const change = (path: string, sizeBytes: number | null) => ({
  path,
  from: 0,
  to: 1,
  kept: sizeBytes === null ? null : { state: path, sizeBytes, stamp: 0 },
  stamp: 0,
})

describe('the stack of undo', () => {
  it('holds two thousand steps', () => {
    const log = createEditLog<string>()
    for (let n = 0; n < 2500; n++) log.done(change(`path.${n}`, null), n)
    expect([log.undoable.length, log.undoable[0]?.path]).toEqual([2000, 'path.500'])
  })

  it('gives the oldest steps up when their states take too much memory, never the newest', () => {
    const log = createEditLog<string>()
    for (const name of ['a', 'b', 'c']) log.done(change(name, MAX_KEPT_BYTES / 2), 0)
    expect(log.undoable.map(({ path }) => path)).toEqual(['b', 'c'])
    log.done(change('d', MAX_KEPT_BYTES * 2), 0)
    expect(log.undoable.map(({ path }) => path)).toEqual(['d'])
  })

  it('takes a moved slider back as one, with the state before its first move, but each praise alone', () => {
    const log = createEditLog<string>()
    log.done({ ...change('slider', 1), from: 1 }, 0)
    log.done({ ...change('slider', 2), from: 2, to: 3 }, 500)
    expect(log.undoable).toMatchObject([{ from: 1, to: 3, kept: { sizeBytes: 1 } }])
    for (let n = 0; n < 3; n++) log.done(change('praise', 1), 600)
    expect(log.undoable).toHaveLength(4)
  })

  it('moves a step between taking back and making again, until something new is done', () => {
    const log = createEditLog<string>()
    log.done(change('a', null), 0)
    const taken = log.takeBack()
    if (taken === null) throw new Error('nothing to take back')
    log.tookBack(taken)
    expect([log.undoable.length, log.redoCount, log.takeBack()]).toEqual([0, 1, null])
    log.done(change('b', null), 0)
    expect([log.redoCount, log.takeAgain()]).toEqual([0, null])
    log.tookBack(taken)
    log.settle()
    expect([log.redoCount, log.takeAgain(), log.undoable.length]).toEqual([0, null, 1])
  })
})
