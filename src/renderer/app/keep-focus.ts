/** What has the focus may go away: the focus then stays near the place where it was, never nowhere. */

const focusable =
  'button:not(:disabled), a[href], input:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])'
/** Places that bound the search: beyond them lies another part of the page. */
const bounds = 'main, [role="dialog"]'

/** The elements around one, the nearest first, up to its view or dialog. */
function around(element: Element): readonly Element[] {
  const found: Element[] = []
  for (let one = element.parentElement; one !== null; one = one.parentElement) {
    found.push(one)
    if (one.matches(bounds)) break
  }
  return found
}

/** True where an element can have the focus no more. */
const isGone = (element: Element): boolean => !element.isConnected || element.matches(':disabled')

const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body

/** Gives the focus to the view where nothing has it. */
export function focusView(): void {
  if (isNowhere()) document.querySelector('main')?.focus({ preventScroll: true })
}

/** Hears that something lost the focus; where it is gone, the nearest thing that is left takes it over. */
export async function keepFocus({ target, relatedTarget }: FocusEvent): Promise<void> {
  if (relatedTarget !== null || !(target instanceof HTMLElement)) return
  const places = around(target)
  // Who removed it may hand the focus on by itself.
  await new Promise((resolve) => setTimeout(resolve, 0))
  if (!isNowhere() || !isGone(target)) return
  const left = places.filter((one) => one.isConnected && !one.matches('main'))
  const near = left.flatMap((one) => one.querySelector<HTMLElement>(focusable) ?? [])
  near[0]?.focus({ preventScroll: true })
  focusView()
}
