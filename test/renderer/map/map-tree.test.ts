import { afterEach, describe, expect, it } from 'vitest'
import { type App, createApp, h, nextTick } from 'vue'
import MapTree from '../../../src/renderer/map/MapTree.vue'
import { mapValues } from '../../../src/renderer/map/scene.ts'
import { aNetwork, noHolds } from './a-network.ts'

const network = aNetwork(2, 3, 2)
let app: App | null = null

function mounted(): { tree: HTMLElement; heard: string[] } {
  const heard: string[] = []
  const host = document.createElement('div')
  document.body.append(host)
  const tell = (what: string) => (value?: unknown) =>
    void heard.push(value === undefined ? what : `${what} ${JSON.stringify(value)}`)
  app = createApp({
    render: () =>
      h(MapTree, {
        network,
        captions: 'maths',
        values: () => mapValues(network, null),
        holds: noHolds(network),
        onGrow: tell('grow'),
        onShrink: tell('shrink'),
        onRelease: tell('release'),
      }),
  })
  app.mount(host)
  const tree = host.querySelector<HTMLElement>('[role=tree]')
  if (tree === null) throw new Error('internal: no tree')
  return { tree, heard }
}

const current = (tree: HTMLElement): HTMLElement[] => [...tree.querySelectorAll<HTMLElement>('[tabindex="0"]')]
async function press(tree: HTMLElement, key: string): Promise<void> {
  current(tree)[0]?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  await nextTick()
}

describe('the map tree', () => {
  afterEach(() => app?.unmount())

  it('has exactly one item in the tab order, and arrows move it', async () => {
    const { tree } = mounted()
    expect(current(tree)).toHaveLength(1)
    await press(tree, 'ArrowRight')
    await press(tree, 'ArrowDown')
    expect(current(tree)).toHaveLength(1)
    expect(current(tree)[0]?.getAttribute('aria-level')).toBe('2')
    expect(current(tree)[0]?.getAttribute('aria-setsize')).toBe('3')
    expect(document.activeElement).toBe(current(tree)[0])
  })

  it('grows and shrinks the focused layer and lets go', async () => {
    const { tree, heard } = mounted()
    await press(tree, 'ArrowRight')
    await press(tree, '+')
    await press(tree, '-')
    await press(tree, 'Escape')
    expect(heard).toEqual(['grow 1', 'shrink 1', 'release'])
  })
})
