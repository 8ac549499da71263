import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { hearEvents } from '../../../src/renderer/app/events.ts'
import { followSight } from '../../../src/renderer/app/window-title.ts'
import { freshPage } from '../set-up.ts'

const see = (state: DocumentVisibilityState): void => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}
const scope = effectScope()
afterEach(() => {
  scope.stop()
  vi.restoreAllMocks()
})

describe('the title of a window out of sight', () => {
  it('has a tick once a run is finished, until somebody looks', () => {
    document.title = 'Paramap'
    const bridge = freshPage()
    hearEvents(bridge)
    scope.run(followSight)
    bridge.sendEvent({ kind: 'run-ended', run: 'a', status: 'finished' })
    expect(document.title).toBe('Paramap')
    see('hidden')
    bridge.sendEvent({ kind: 'run-ended', run: 'a', status: 'finished' })
    expect(document.title).toBe('✓ Paramap')
    bridge.sendEvent({ kind: 'run-ended', run: 'a', status: 'diverged' })
    expect(document.title).toBe('! Paramap')
    see('visible')
    expect(document.title).toBe('Paramap')
  })
})
