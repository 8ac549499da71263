/** From key presses to commands: safe while Korean is being composed, silent while a field has the focus. */
import type { Command, Shortcut } from './command.ts'

/** Code that browsers give to key presses that belong to an input method. */
const composingKeyCode = 229

const mac = /Mac|iPhone|iPad/.test(navigator.platform)

function matches(event: KeyboardEvent, shortcut: Shortcut): boolean {
  const mod = mac ? event.metaKey : event.ctrlKey
  return (
    event.code === shortcut.code &&
    mod === (shortcut.mod ?? false) &&
    event.shiftKey === (shortcut.shift ?? false) &&
    event.altKey === (shortcut.alt ?? false)
  )
}

const ownKeys: Readonly<Record<string, string>> = {
  // What takes these keys itself: they must not also train or step. A link follows Enter alone.
  Space: 'button, summary, [role="button"], [role="switch"], [role="option"], [role="radio"], [role="combobox"], input',
  ArrowRight:
    '[role="slider"], [role="radiogroup"], [role="tree"], [role="treeitem"], [role="application"], [role="grid"], input',
  Escape: 'input, [role="dialog"], [role="combobox"]',
}

const fields = 'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"]'

/** Whether the element that has the focus keeps this key for itself. */
export function keptByFocus(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof Element)) return false
  // Function keys type nothing; in the browser F5 would take the page away.
  if (/^F\d+$/.test(event.code)) return false
  // A field in which nothing was typed has nothing of its own to take back.
  if (target.matches('[data-settled="true"]') && /^Key[ZY]$/.test(event.code)) return false
  if (target.matches(fields)) return !(event.ctrlKey || event.metaKey) || /^Key[ZYXCVA]$/.test(event.code)
  if (target.closest('[role="dialog"]') !== null && event.code === 'Space') return true
  const own = ownKeys[event.code]
  return own !== undefined && target.closest(own) !== null
}

/** A letter by itself, which a person may not want as a shortcut (WCAG 2.1.4). */
const isLetter = ({ code, mod, alt }: Shortcut): boolean => code.startsWith('Key') && !mod && !alt

/** The enabled command that a key press asks for, or null. */
export function commandFor(
  event: KeyboardEvent,
  commands: readonly Command[],
  letterKeys: boolean = true,
): Command | null {
  if (event.isComposing || event.keyCode === composingKeyCode || event.defaultPrevented) return null
  if (keptByFocus(event)) return null
  return (
    commands.find(
      (entry) =>
        entry.shortcuts.some((one) => matches(event, one) && (letterKeys || !isLetter(one))) && entry.enabled(),
    ) ?? null
  )
}

const keyNames: Readonly<Record<string, string>> = {
  Space: 'Space',
  ArrowRight: '→',
  Escape: 'Esc',
  Slash: '/',
}

/** A shortcut as keys are labelled: `Ctrl Shift Z`, `⌘ ⇧ Z` on a Mac. */
export function shortcutText(shortcut: Shortcut, onMac: boolean = mac): string {
  const key = keyNames[shortcut.code] ?? shortcut.code.replace(/^(Key|Digit)/, '')
  const parts = [
    shortcut.mod ? (onMac ? '⌘' : 'Ctrl') : '',
    shortcut.alt ? (onMac ? '⌥' : 'Alt') : '',
    shortcut.shift ? (onMac ? '⇧' : 'Shift') : '',
    key,
  ]
  return parts.filter((part) => part !== '').join(' ')
}
