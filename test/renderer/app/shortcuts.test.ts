import { beforeEach, describe, expect, it } from 'vitest'
import type { Command } from '../../../src/renderer/app/command.ts'
import { commands } from '../../../src/renderer/app/commands.ts'
import { commandFor, shortcutText } from '../../../src/renderer/app/shortcuts.ts'
import { freshPage } from '../set-up.ts'

const any: readonly Command[] = commands.map((entry) => ({ ...entry, enabled: () => true }))

/** The command that a key press on an element asks for. */
function press(init: KeyboardEventInit & { keyCode?: number }, target: Element = document.body): string | null {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })
  if (init.keyCode !== undefined) Object.defineProperty(event, 'keyCode', { value: init.keyCode })
  let found: string | null = null
  const listener = (heard: Event): void => {
    found = commandFor(heard as KeyboardEvent, any)?.id ?? null
  }
  window.addEventListener('keydown', listener, { once: true })
  target.dispatchEvent(event)
  return found
}

function element(html: string): Element {
  document.body.innerHTML = html
  const made = document.body.firstElementChild
  if (made === null) throw new Error('not found')
  return made
}

beforeEach(() => {
  freshPage()
})

describe('a field', () => {
  it('keeps what takes typing back while something is typed; afterwards it is the last edit that is taken back', () => {
    const typing = element('<input type="text" data-settled="false">')
    expect(press({ code: 'KeyZ', ctrlKey: true }, typing)).toBeNull()
    const settled = element('<input type="text" data-settled="true">')
    expect(press({ code: 'KeyZ', ctrlKey: true }, settled)).toBe('undo')
    expect(press({ code: 'KeyV', ctrlKey: true }, settled)).toBeNull()
  })
  it('keeps no function key: in the browser F5 would take the page away', () => {
    expect(press({ code: 'F5' }, element('<input type="text">'))).toBe('train')
    expect(press({ code: 'F9' }, element('<textarea></textarea>'))).toBe('step-sample')
  })
})

describe('a shortcut', () => {
  it('goes by the place of the key, whatever letter it types', () => {
    expect(press({ code: 'KeyS', key: 'ㄴ', ctrlKey: true })).toBe('save')
    expect(press({ code: 'KeyZ', key: 'ㅋ', ctrlKey: true })).toBe('undo')
  })

  it('is silent while a syllable is composed, and hears the same key again once it is done', () => {
    expect(press({ code: 'Space', isComposing: true })).toBeNull()
    expect(press({ code: 'Space', keyCode: 229 })).toBeNull()
    for (const { shortcuts, id } of commands) {
      for (const { code, mod, shift, alt } of shortcuts) {
        const keys = { code, ctrlKey: mod ?? false, shiftKey: shift ?? false, altKey: alt ?? false }
        expect(press({ ...keys, isComposing: true }), id).toBeNull()
        expect(press({ ...keys, key: 'Process', keyCode: 229 }), id).toBeNull()
        expect(press(keys), id).not.toBeNull()
      }
    }
    expect(press({ code: 'Space' })).toBe('train')
  })

  it('tells Shift from no Shift', () => {
    expect(press({ code: 'ArrowRight' })).toBe('step-batch')
    expect(press({ code: 'ArrowRight', shiftKey: true })).toBe('step-epoch')
    expect(press({ code: 'KeyZ', ctrlKey: true, shiftKey: true })).toBe('redo')
  })

  it('leaves its keys to the field that has the focus', () => {
    const field = element('<input type="text">')
    expect(press({ code: 'Space' }, field)).toBeNull()
    expect(press({ code: 'ArrowRight' }, field)).toBeNull()
    expect(press({ code: 'KeyZ', ctrlKey: true }, field)).toBeNull()
    expect(press({ code: 'KeyS', ctrlKey: true }, field)).toBe('save')
  })

  it('takes Space even on a link', () => {
    expect(press({ code: 'Space' }, element('<a href="#lab">x</a>'))).toBe('train')
  })

  it('leaves Space to buttons and arrows to sliders and trees', () => {
    expect(press({ code: 'Space' }, element('<button>x</button>'))).toBeNull()
    expect(press({ code: 'ArrowRight' }, element('<button>x</button>'))).toBe('step-batch')
    expect(press({ code: 'ArrowRight' }, element('<div role="slider"></div>'))).toBeNull()
    expect(press({ code: 'ArrowRight' }, element('<div role="tree"></div>'))).toBeNull()
  })

  it('is not taken twice', () => {
    const seen = commands.flatMap((entry) => entry.shortcuts.map((one) => JSON.stringify(one)))
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('of a single letter can be turned off', () => {
    const event = new KeyboardEvent('keydown', { code: 'KeyP', key: 'p' })
    expect(commandFor(event, any)?.id).toBe('praise')
    expect(commandFor(event, any, false)).toBeNull()
    expect(commandFor(new KeyboardEvent('keydown', { code: 'KeyS', ctrlKey: true }), any, false)?.id).toBe('save')
  })

  it('is written as keys are labelled', () => {
    expect(shortcutText({ code: 'KeyZ', mod: true, shift: true }, false)).toBe('Ctrl Shift Z')
    expect(shortcutText({ code: 'KeyZ', mod: true, shift: true }, true)).toBe('⌘ ⇧ Z')
  })
})
