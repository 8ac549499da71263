/** A person at the keyboard: keys alone, and after each of them the focus is somewhere and can be seen. */
import type { Locator, Page } from 'playwright-core'

/** Tab presses that reach everything on a page. */
const mostTabs = 160

export interface Keys {
  /** Presses keys one after the other. */
  press(...keys: readonly string[]): Promise<void>
  /** Types a text over what the field holds. */
  type(text: string): Promise<void>
  /** Goes to a control with Tab, or with Shift+Tab; throws where it is not reached. */
  tabTo(target: Locator, key?: 'Tab' | 'Shift+Tab'): Promise<void>
  /** What was wrong with the focus so far, each a sentence. */
  readonly lost: readonly string[]
}

const nowhere = 'nothing has the focus'

/** What is wrong with the focus now; empty where nothing is. */
function focusFault(page: Page): Promise<string> {
  return page.evaluate((none) => {
    const active = document.activeElement
    if (active === null || active === document.body) return none
    // The view itself takes the keys of the page: its ring would be the window's edge.
    if (active.matches('main')) return ''
    const name = `${active.tagName.toLowerCase()} '${active.getAttribute('aria-label') ?? active.textContent?.trim().slice(0, 40)}'`
    const { width, height } = active.getBoundingClientRect()
    const rings = (element: Element): boolean => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
    }
    const around: Element[] = []
    for (let one: Element | null = active; one !== null && around.length < 5; one = one.parentElement) around.push(one)
    const near = [...around, ...active.children, ...(active.parentElement?.children ?? [])]
    if (!near.some(rings)) return `no ring around ${name}`
    const seen = around.find((element) => element.getBoundingClientRect().width > 1) ?? active
    const { top, left } = seen.getBoundingClientRect()
    const isInSight =
      top < innerHeight && left < innerWidth && top + Math.max(height, 1) > 0 && left + Math.max(width, 1) > 0
    return isInSight ? '' : `${name} has the focus out of sight`
  }, nowhere)
}

/** Keys of a page, watched. */
export function keysOf(page: Page): Keys {
  const lost: string[] = []
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      await page.keyboard.press(key)
      const fault = await settled(page)
      // Behind the last control comes the browser's own.
      if (key.endsWith('Tab') && fault === nowhere) continue
      if (fault !== '') lost.push(`after ${key}: ${fault}`)
    }
  }
  const hasFocus = (target: Locator): Promise<boolean> =>
    target.evaluate((element) => element === document.activeElement)
  return {
    press,
    lost,
    async type(text) {
      await page.keyboard.press('Control+a')
      await page.keyboard.type(text)
    },
    async tabTo(target, key = 'Tab') {
      await target.waitFor({ state: 'attached' })
      for (let presses = 0; presses < mostTabs; presses++) {
        if (await hasFocus(target)) return
        await press(key)
      }
      throw new Error(`${mostTabs} presses of ${key} do not reach ${target}`)
    },
  }
}

/** Pictures within which a dialog or a list that opens or closes has handed the focus on. */
const settleFrames = 40

/** The fault that is still there once what the key opened or closed has moved the focus. */
async function settled(page: Page): Promise<string> {
  let fault = await focusFault(page)
  for (let frame = 0; frame < settleFrames && fault !== ''; frame++) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    fault = await focusFault(page)
  }
  return fault
}
