/** What was pressed with the mouse gives the focus back to the view, so that the next Space trains instead of pressing it again. */
const pressed = 'button, a[href], label, input[type="radio"], input[type="checkbox"], [role="option"]'
const released = 'body, button, a[href], input[type="radio"], input[type="checkbox"], [role="combobox"]'
const keepers = '[role="dialog"]'

/** Whether a click came from the mouse and fell on something that is pressed, outside dialogs. */
function wasPressed({ detail, target }: MouseEvent): boolean {
  // A click by keyboard or by a reading aid has no count: there the focus stays.
  if (detail === 0 || !(target instanceof Element)) return false
  return target.closest(pressed) !== null && target.closest(keepers) === null
}

/** Moves the focus from what a click pressed to the `main` of the view that is then shown; fields and dialogs keep it. */
export async function releaseFocus(event: MouseEvent): Promise<void> {
  if (!wasPressed(event)) return
  // What was pressed does its work first: another view, a dialog, a list that takes the focus back.
  await new Promise((resolve) => setTimeout(resolve, 0))
  const active = document.activeElement
  if (active === null || !active.matches(released) || active.closest(keepers) !== null) return
  document.querySelector('main')?.focus({ preventScroll: true })
}
