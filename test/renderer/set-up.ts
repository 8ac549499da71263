/** A fresh page for each test: stores, storage, bridge. */
import { createPinia, type Pinia, setActivePinia } from 'pinia'
import { type App, type Component, createApp, h, nextTick } from 'vue'
import { provideBridge } from '../../src/renderer/app/bridge.ts'
import { messages } from '../../src/renderer/i18n/index.ts'
import { type FixtureBridge, fixtureBridge } from './fixture-bridge.ts'

let pinia: Pinia = createPinia()
let apps: App[] = []

/** Empties the stores and gives them a new bridge. */
export function freshPage(): FixtureBridge {
  for (const app of apps) app.unmount()
  apps = []
  document.body.replaceChildren()
  sessionStorage.clear()
  pinia = createPinia()
  setActivePinia(pinia)
  const bridge = fixtureBridge()
  provideBridge(bridge)
  return bridge
}

/** Mounts a component over the fresh stores. */
export function mounted(component: Component, props: Record<string, unknown> = {}): HTMLElement {
  const host = document.createElement('div')
  document.body.append(host)
  const app = createApp({ render: () => h(component, props) })
  app.use(pinia).use(messages).mount(host)
  apps.push(app)
  return host
}

/** Lets promises, watchers and one animation frame run. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => resolve(undefined)))
  await new Promise((resolve) => setTimeout(resolve, 0))
  await nextTick()
}

/** What is expected to be there. */
export function found<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('not found')
  return value
}
