import { beforeEach, describe, expect, it } from 'vitest'
import { useNotices } from '../../../src/renderer/stores/notices.ts'
import { useRun } from '../../../src/renderer/stores/run.ts'
import { aRun, type FixtureBridge } from '../fixture-bridge.ts'
import { freshPage } from '../set-up.ts'

let bridge: FixtureBridge
const names = (): string[] => bridge.calls.map(({ name }) => name)

beforeEach(() => {
  bridge = freshPage()
})

describe('the runs', () => {
  it('are made once for each view', async () => {
    const run = useRun()
    await Promise.all([run.show('story'), run.show('story')])
    await run.show('story')
    expect(names().filter((name) => name === 'run.create')).toHaveLength(1)
    expect(run.current?.run).toBe('a')
  })

  it('are found again after the page was loaded anew', async () => {
    sessionStorage.setItem('paramap.run.story', 'b')
    bridge.answer('run.info', () => aRun({ run: 'b' }))
    const run = useRun()
    await run.show('story')
    expect(run.current?.run).toBe('b')
    expect(names()).not.toContain('run.create')
  })

  it('are made anew when the old one is gone', async () => {
    sessionStorage.setItem('paramap.run.story', 'b')
    bridge.answer('run.info', () => {
      throw { code: 'RUN-001', values: {} }
    })
    await useRun().show('story')
    expect(useRun().current?.run).toBe('a')
    expect(useNotices().list).toEqual([])
  })

  it('never go back to an older version', async () => {
    const run = useRun()
    await run.show('lab')
    run.update(aRun({ version: 5 }))
    run.update(aRun({ version: 4 }))
    expect(run.current?.version).toBe(5)
  })

  it('that cannot be made leave a notice and a way to try again', async () => {
    bridge.answer('run.create', () => {
      throw { code: 'WORKER-003', values: {} }
    })
    const run = useRun()
    await run.show('story')
    expect(run.failed).toBe(true)
    expect(useNotices().list).toHaveLength(1)
    bridge.answer('run.create', () => aRun())
    await run.show('story')
    expect(run.failed).toBe(false)
    expect(run.current?.run).toBe('a')
  })

  it('keep their speed in the tab', async () => {
    const run = useRun()
    await run.show('lab')
    await run.setSpeed(25)
    expect(bridge.calls.at(-1)).toEqual({ name: 'run.speed', argument: { run: 'a', stepsPerSecond: 25 } })
    expect(sessionStorage.getItem('paramap.speed.lab')).toBe('25')
  })
})
