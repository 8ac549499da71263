import { beforeEach, describe, expect, it } from 'vitest'
import { releaseFocus } from '../../../src/renderer/app/release-focus.ts'
import { found } from '../set-up.ts'

/** Focuses and clicks what a selector finds; `count` is 0 for a click by keyboard. */
async function click(selector: string, count: number): Promise<string> {
  const target = found(document.querySelector<HTMLElement>(selector))
  target.focus()
  const event = new MouseEvent('click', { bubbles: true, detail: count })
  let released: Promise<void> = Promise.resolve()
  const hear = (heard: MouseEvent): void => {
    released = releaseFocus(heard)
  }
  window.addEventListener('click', hear, { once: true })
  target.dispatchEvent(event)
  await released
  return found(document.activeElement).tagName
}

beforeEach(() => {
  document.body.innerHTML = `<nav><a href="#lab">Lab</a></nav>
    <main tabindex="-1"><button>Train</button><input type="text"></main>
    <div role="dialog"><button>Save</button></div>`
})

describe('after a click with the mouse', () => {
  it('the view has the focus, not the link or button', async () => {
    expect(await click('a', 1)).toBe('MAIN')
    expect(await click('main button', 1)).toBe('MAIN')
  })

  it('fields and dialogs keep it', async () => {
    expect(await click('main input', 1)).toBe('INPUT')
    expect(await click('[role="dialog"] button', 1)).toBe('BUTTON')
  })
})

it('a click by keyboard leaves the focus where it is', async () => {
  expect(await click('main button', 0)).toBe('BUTTON')
})
