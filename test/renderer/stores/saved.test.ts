import { beforeEach, describe, expect, it } from 'vitest'
import { useFrame } from '../../../src/renderer/stores/frame.ts'
import { useRun } from '../../../src/renderer/stores/run.ts'
import { useSaved } from '../../../src/renderer/stores/saved.ts'
import { aFrame, aRun, type FixtureBridge } from '../fixture-bridge.ts'
import { freshPage, settled } from '../set-up.ts'

let bridge: FixtureBridge

async function see(change: Parameters<typeof aFrame>[0]): Promise<void> {
  bridge.sendFrame(aFrame(change))
  await settled()
}

beforeEach(async () => {
  bridge = freshPage()
  await useRun().show('lab')
  useFrame().start()
})

describe('a run', () => {
  it('without a file was never saved', () => {
    expect(useSaved().state).toBe('never')
  })

  it('that was saved has changed when it goes on', async () => {
    const saved = useSaved()
    await see({ step: 5 })
    saved.mark('a', saved.now())
    useRun().update(aRun({ file: 'f' }))
    expect(saved.state).toBe('saved')
    await see({ step: 6 })
    expect(saved.state).toBe('changed')
  })

  it('that was opened is as it was saved until a parameter is set by hand', async () => {
    const saved = useSaved()
    useRun().update(aRun({ file: 'f' }))
    await see({ step: 7 })
    expect(saved.state).toBe('saved')
    const edit = { id: 1, run: 'a', step: 7, epoch: 0, path: 'parameters.layers.0.bias.0', from: 0, to: 1 }
    await see({ step: 7, edits: [edit] })
    expect(saved.state).toBe('changed')
  })

  it('that changed is still changed after the page was loaded anew', async () => {
    sessionStorage.setItem('paramap.saved.a', '1.5')
    const saved = useSaved()
    useRun().update(aRun({ file: 'f' }))
    await see({ step: 9 })
    expect(saved.state).toBe('changed')
  })
})
