/** A whole visit to the laboratory by keyboard alone: no mouse event is ever sent, and the focus is never lost. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { journey } from '../../support/journey.ts'
import { type Keys, keysOf } from '../../support/keys.ts'
import { launchBrowser, openPage } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { words } from '../../support/words.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each([
  { language: 'ko', locale: 'ko-KR', rate: '학습률' },
  { language: 'en', locale: 'en-GB', rate: 'Learning rate' },
] as const)('by keyboard alone, in $language', ({ language, locale, rate }) => {
  const word = words[language]
  let shell: WebShell
  let page: Page
  let keys: Keys
  let faults: readonly string[]
  let main: Locator
  beforeAll(async () => {
    shell = await startWebShell({ language })
    ;({ page, faults } = await openPage(browser, shell.address, { locale }))
    page.setDefaultTimeout(10_000)
    await page.evaluate(() => {
      const mice: string[] = []
      Object.assign(globalThis, { mice })
      for (const kind of ['mousedown', 'pointerdown', 'touchstart', 'wheel']) {
        addEventListener(kind, (event) => mice.push(event.type), { capture: true })
      }
    })
    keys = keysOf(page)
    main = page.getByRole('main')
    // Keys that are pressed before the page listens are nobody's.
    await page.getByRole('treeitem').first().waitFor({ state: 'attached' })
  })
  afterAll(() => shell.stop())

  const stepsDone = async (): Promise<number> =>
    Number(((await page.locator('.transport .count b').first().textContent()) ?? '').replace(/\D/g, ''))
  const network = (): Locator => page.getByRole('region', { name: word.network.title, exact: true })
  const hidden = (number: number): Locator =>
    network().getByRole('region', { name: word.network.hidden.replace('{number}', String(number)), exact: true })

  it('data is chosen and a network of 4 and 2 nodes built', async () => {
    await keys.press('Alt+2')
    await main.getByText('softmax 2').waitFor()
    const shapes = main.locator('.shapes').getByRole('radio')
    await keys.tabTo(shapes.first())
    await keys.press('ArrowRight')
    expect(await shapes.nth(1).isChecked()).toBe(true)
    await page.getByRole('treeitem').first().waitFor({ state: 'attached' })

    await keys.tabTo(network().getByRole('button', { name: word.network.addLayer }))
    await keys.press('Enter')
    await keys.tabTo(
      network()
        .getByRole('button', { name: new RegExp(`^${word.layers.denseName}`) })
        .first(),
    )
    await keys.press('Enter')
    await hidden(2).waitFor()
    const count = (number: number): Promise<string | null> => hidden(number).locator('.stepper b').textContent()
    const less = hidden(2).getByRole('button', { name: word.network.removeNode })
    await keys.tabTo(less)
    while (Number(await count(2)) > 2) {
      const before = Number(await count(2))
      await keys.press('Enter')
      await eventually(async () => Number(await count(2))).toBe(before - 1)
    }
    expect([await count(1), await count(2)]).toEqual(['4', '2'])
    expect(keys.lost).toEqual([])
  })

  it('it is trained, and a weight is read', async () => {
    await keys.press('F5')
    await eventually(stepsDone).toBeGreaterThan(150)
    await keys.press('F5')
    await eventually(() => journey(page, language).trainButton().textContent()).not.toContain(word.transport.pause)
    await keys.tabTo(
      page.getByRole('treeitem', { selected: true }).or(page.locator('[role=treeitem][tabindex="0"]')).first(),
    )
    await keys.press('Home', 'ArrowRight', 'Enter', 'Enter', 'ArrowDown', 'Enter')
    const passport = page.getByRole('complementary', { name: word.passport.title })
    await passport.waitFor()
    expect(await passport.locator('.hero').textContent()).toMatch(/^[+−]\d+\.\d{4}$/)
    expect(keys.lost).toEqual([])
  })

  it('the rate is changed, and taken back', async () => {
    const field = main.getByRole('textbox', { name: rate, exact: true })
    const before = await field.inputValue()
    await keys.tabTo(field)
    await keys.type('0.05')
    await keys.press('Enter')
    await eventually(() => field.inputValue()).toBe('0.05')
    await keys.press('Control+z')
    await eventually(() => field.inputValue()).toBe(before)
    expect(keys.lost).toEqual([])
  })

  it('the past is scrubbed through, and forked', async () => {
    const now = await stepsDone()
    const slider = page.getByRole('region', { name: word.past.title, exact: true }).getByRole('slider')
    await keys.tabTo(slider)
    await keys.press('Home')
    await eventually(stepsDone).toBe(0)
    await keys.press('ArrowRight', 'ArrowRight')
    const forked = Number(((await slider.getAttribute('aria-valuetext')) ?? '').replace(/\D/g, ''))
    expect(forked).toBeGreaterThan(0)
    expect(forked).toBeLessThan(now)
    await eventually(stepsDone).toBe(forked)
    await keys.press('Alt+f')
    const dialog = page.getByRole('dialog', { name: word.fork.title })
    const field = dialog.getByRole('textbox', { name: rate })
    await keys.tabTo(field)
    await keys.type('0.1')
    await keys.press('Enter')
    await keys.tabTo(dialog.getByRole('button', { name: word.fork.begin }))
    await keys.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    const fork = page.getByRole('article', { name: 'B', exact: true })
    await eventually(async () => (await fork.textContent()) ?? '').toContain(`${rate} 0.1`)
    expect(Number((await fork.locator('dd').first().textContent())?.replace(/\D/g, ''))).toBe(forked)
    await keys.tabTo(fork.getByRole('button', { name: word.fork.keep.replace('{name}', 'B') }))
    await keys.press('Enter')
    const close = page.getByRole('button', { name: word.fork.close.replace('{name}', 'A') })
    await keys.tabTo(close)
    await keys.press('Enter')
    await fork.waitFor({ state: 'hidden' })
    expect(keys.lost).toEqual([])
  })

  it('the curve is exported', async () => {
    await keys.press('Control+Shift+E')
    const dialog = page.getByRole('dialog', { name: word.exports.title })
    const curve = dialog.getByRole('button', { name: word.exports.curve })
    await keys.tabTo(curve)
    const [file] = await Promise.all([page.waitForEvent('download'), keys.press('Enter')])
    expect(file.suggestedFilename()).toMatch(/-curve-\d{4}-\d\d-\d\d\.csv$/)
    await keys.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(keys.lost).toEqual([])
    expect(await page.evaluate(() => (globalThis as unknown as { mice: string[] }).mice)).toEqual([])
    expect(faults).toEqual([])
  })
})
