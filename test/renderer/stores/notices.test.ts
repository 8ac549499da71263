import { beforeEach, describe, expect, it } from 'vitest'
import { Fault } from '../../../src/core/spec/index.ts'
import { asFault, useNotices } from '../../../src/renderer/stores/notices.ts'
import { freshPage } from '../set-up.ts'

beforeEach(() => {
  freshPage()
})

describe('notices', () => {
  it('show the same fault once', () => {
    const notices = useNotices()
    notices.report({ code: 'RUN-001', values: {} })
    notices.report({ code: 'RUN-001', values: {} })
    expect(notices.list).toHaveLength(1)
    notices.report({ code: 'RECIPE-007', values: { got: '1' }, at: 'seed' })
    notices.report({ code: 'RECIPE-007', values: { got: '2' }, at: 'seed' })
    notices.report({ code: 'RECIPE-007', values: { got: '2' }, at: 'data.noise' })
    expect(notices.list).toHaveLength(3)
    // Another value stands there now.
    notices.settle('seed')
    expect(notices.list.map((notice) => notice.kind === 'fault' && notice.fault.at)).toEqual([undefined, 'data.noise'])
  })

  it('speak at most once in ten seconds', () => {
    const notices = useNotices()
    notices.speak('one', 0)
    notices.speak('two', 9999)
    expect(notices.spoken).toBe('one')
    notices.speak('three', 10_000)
    expect(notices.spoken).toBe('three')
  })

  it('make a fault of whatever was thrown', () => {
    expect(asFault({ code: 'X-001', values: {} }).code).toBe('X-001')
    expect(asFault(new Fault('Y-001')).code).toBe('Y-001')
    expect(asFault(new TypeError('no'))).toEqual({ code: 'INTERNAL-001', values: { detail: 'no' } })
  })
})
