import { beforeEach, describe, expect, it } from 'vitest'
import { focusView, keepFocus } from '../../../src/renderer/app/keep-focus.ts'
import { found } from '../set-up.ts'

/** Focuses what a selector finds, does something to it, and answers the name of what has the focus then. */
async function left(selector: string, act: (element: HTMLButtonElement) => void): Promise<string> {
  const target = found(document.querySelector<HTMLButtonElement>(selector))
  target.focus()
  let kept: Promise<void> = Promise.resolve()
  const hear = (heard: FocusEvent): void => {
    kept = keepFocus(heard)
  }
  window.addEventListener('focusout', hear, { once: true })
  // Browsers tell that the focus is lost while what had it is still there.
  target.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
  target.blur()
  act(target)
  await kept
  return found(document.activeElement).id
}

beforeEach(() => {
  document.body.innerHTML = `<main id="view" tabindex="-1">
      <p><button id="less">−</button><button id="more">+</button></p><p><button id="alone">Keep</button></p>
    </main>
    <div role="dialog"><p><button id="skip">Skip</button></p><button id="use">Use</button></div>`
})

describe('the focus of something that goes away', () => {
  it('goes to its neighbour', async () => {
    expect(
      await left('#more', (button) => {
        button.disabled = true
      }),
    ).toBe('less')
  })

  it('goes to the other neighbour when it is taken out', async () => {
    expect(await left('#less', (button) => button.remove())).toBe('more')
  })

  it('stays within the dialog', async () => {
    expect(await left('#skip', (button) => button.parentElement?.remove())).toBe('use')
  })

  it('goes to the view where nothing is near, also when the view is another one', async () => {
    expect(await left('#alone', (button) => button.remove())).toBe('view')
    const next = left('#more', () => {
      found(document.querySelector('main')).outerHTML = '<main id="other" tabindex="-1"></main>'
    })
    expect(await next).toBe('other')
  })
})

it('what is still there keeps what it had: the window alone lost the focus', async () => {
  expect(await left('#less', () => undefined)).toBe('')
  focusView()
  expect(document.activeElement?.id).toBe('view')
})
