import { beforeEach, describe, expect, it, vi } from 'vitest'
import { areDrawn, takeTurns, togetherIn } from '../../../src/renderer/charts/turns.ts'
import { settled } from '../set-up.ts'

describe('pictures that take turns', () => {
  beforeEach(() => vi.restoreAllMocks())

  it('are drawn together while all have room', () => {
    expect(togetherIn([2, 3, 3], 8)).toBe(3)
    expect(togetherIn([2, 3, 3.5], 8)).toBe(2)
    expect(togetherIn([], 8)).toBe(0)
  })

  it('that are too large for a frame are drawn alone', () => {
    expect(togetherIn([9, 1], 8)).toBe(1)
  })

  it('are each drawn once for however many times they ask', async () => {
    const draw = vi.fn()
    const turn = takeTurns(draw)
    turn.ask()
    turn.ask()
    expect(areDrawn()).toBe(false)
    await settled()
    expect(draw).toHaveBeenCalledTimes(1)
    expect(areDrawn()).toBe(true)
  })

  it('come in the order in which they asked; slow ones, a frame each', async () => {
    let now = 0
    let next = (): void => {}
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    vi.stubGlobal('requestAnimationFrame', (callback: () => void) => {
      next = callback
      return 1
    })
    const frame = async (): Promise<void> => {
      const due = next
      next = () => {}
      due()
      // What a frame took is told by a message after it.
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const order: string[] = []
    const turns = ['map', 'plane', 'curve'].map((name) =>
      takeTurns(() => {
        order.push(name)
        now += 20
      }),
    )
    const drawnIn = async (): Promise<readonly string[]> => {
      order.length = 0
      await frame()
      return [...order]
    }
    // Nobody knows yet what they take.
    for (const turn of turns) turn.ask()
    expect(await drawnIn()).toEqual(['map', 'plane', 'curve'])
    for (let round = 0; round < 3; round++) {
      for (const turn of turns) turn.ask()
      for (let n = 0; n < turns.length; n++) await drawnIn()
    }
    for (const turn of turns) turn.ask()
    expect([await drawnIn(), await drawnIn(), await drawnIn()]).toEqual([['map'], ['plane'], ['curve']])
    for (const turn of turns) turn.ask()
    for (const turn of turns) turn.end()
    expect([await drawnIn(), areDrawn()]).toEqual([[], true])
    vi.unstubAllGlobals()
  })

  it('behind a dialog come a few times a second, and with every frame again when it is closed', async () => {
    const draw = vi.fn()
    const turn = takeTurns(draw)
    turn.ask()
    await settled()
    document.body.classList.add('el-popup-parent--hidden')
    turn.ask()
    await settled()
    expect(draw).toHaveBeenCalledTimes(1)
    await vi.waitFor(() => expect(draw).toHaveBeenCalledTimes(2), 1000)
    // One that asked behind it comes as soon as it is gone.
    turn.ask()
    document.body.classList.remove('el-popup-parent--hidden')
    await settled()
    expect(draw).toHaveBeenCalledTimes(3)
    turn.ask()
    await settled()
    expect(draw).toHaveBeenCalledTimes(4)
  })

  it('that fail are reported and take nobody else’s turn', async () => {
    const reported: unknown[] = []
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error))
    const draw = vi.fn()
    const broken = takeTurns(() => {
      throw new Error('no picture')
    })
    broken.ask()
    takeTurns(draw).ask()
    for (let frame = 0; frame < 2; frame++) await settled()
    expect(draw).toHaveBeenCalledTimes(1)
    expect(reported).toHaveLength(1)
    vi.unstubAllGlobals()
  })
})
