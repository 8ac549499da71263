/** One training step, operation by operation, in the web shell: by keyboard, with sums that can be done again. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readNumber, readSum, toDigitsOf } from '../../support/arithmetic.ts'
import { journey } from '../../support/journey.ts'
import { accessibilityFindings, launchBrowser, openPage, screenshot } from '../../support/pages.ts'
import { hashOfLab } from '../../support/run-hash.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { words } from '../../support/words.ts'

/** Operations of a step of the circle's network: three forward, loss, three backward, update. */
const operations = 8

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each([
  { language: 'ko', locale: 'ko-KR', theme: 'light' },
  { language: 'en', locale: 'en-GB', theme: 'dark' },
] as const)('in $language, $theme', ({ language, locale, theme }) => {
  let shell: WebShell
  const word = words[language].operation
  beforeAll(async () => {
    shell = await startWebShell({ language })
  })
  afterAll(() => shell.stop())

  const panelOf = (page: Page): Locator => page.getByRole('complementary', { name: word.title })
  const phaseAt = async (page: Page): Promise<number> => {
    const buttons = await panelOf(page).locator('.strip button').all()
    const marks = await Promise.all(buttons.map((button) => button.getAttribute('aria-current')))
    return marks.indexOf('step')
  }
  const stepsOf = async (page: Page): Promise<number> =>
    Number(((await page.locator('.transport .count b').first().textContent()) ?? '').replace(/\D/g, ''))
  /** The numbers of a formula and its result. */
  const formula = async (page: Page, place: number): Promise<{ numbers: string; result: string }> => {
    const line = panelOf(page).locator('.formula p').nth(place)
    await line.locator('b').waitFor()
    return {
      numbers: (await line.locator('.v').textContent()) ?? '',
      result: (await line.locator('b').textContent()) ?? '',
    }
  }
  const openLab = async () => {
    const { page, faults } = await openPage(browser, shell.address, { colorScheme: theme, locale })
    await journey(page, language).goTo('lab')
    await page.getByRole('main').focus()
    return { page, faults }
  }

  it('goes through a whole step by keyboard, whose numbers are those of a batch', async () => {
    const { page, faults } = await openLab()
    const start = await hashOfLab(page)
    for (let phase = 0; phase < operations; phase++) {
      expect(await hashOfLab(page)).toBe(start)
      await page.keyboard.press('F8')
      await expect.poll(() => phaseAt(page)).toBe(phase)
    }
    const stepped = await hashOfLab(page)
    expect(stepped).not.toBe(start)
    expect(await panelOf(page).getByText(word.taken).isVisible()).toBe(true)
    expect(await panelOf(page).locator('.numbers tbody tr').count()).toBeGreaterThan(5)
    await screenshot(page, `operation-update-${theme}`)
    await page.keyboard.press('Shift+F8')
    await expect.poll(() => phaseAt(page)).toBe(operations - 2)
    await page.keyboard.press('Escape')
    await panelOf(page).waitFor({ state: 'hidden' })
    expect([await hashOfLab(page), await stepsOf(page)]).toEqual([stepped, 1])
    await page.keyboard.press('Control+Shift+R')
    await expect.poll(() => hashOfLab(page)).toBe(start)
    await page.keyboard.press('F10')
    await expect.poll(() => hashOfLab(page)).toBe(stepped)
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('shows formulas whose sums can be done again, for any stop and row', async () => {
    const { page, faults } = await openLab()
    await page.keyboard.press('F8')
    await page.keyboard.press('F8')
    await expect.poll(() => phaseAt(page)).toBe(1)
    const seen: string[] = []
    const check = async (place: number): Promise<void> => {
      const { numbers, result } = await formula(page, place)
      expect(toDigitsOf(readSum(numbers), result)).toBe(readNumber(result))
      seen.push(numbers)
    }
    await check(0)
    await panelOf(page).locator('.numbers tbody button').nth(1).focus()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await formula(page, 0)).numbers).not.toBe(seen[0])
    await check(0)
    await panelOf(page).getByRole('button', { name: word.rowAfter }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await formula(page, 0)).numbers).not.toBe(seen[1])
    await check(0)
    await screenshot(page, `operation-forward-${theme}`)
    expect(await accessibilityFindings(page)).toEqual([])
    // Back to the layer before the last: what comes from the next layer, and what the batch makes of a line.
    await panelOf(page).locator('[aria-current]').focus()
    for (let press = 0; press < 4; press++) await page.keyboard.press('ArrowRight')
    await expect.poll(() => phaseAt(page)).toBe(5)
    await check(0)
    await check(2)
    await screenshot(page, `operation-backward-${theme}`)
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('is left without a trace and says what it shows', async () => {
    const { page, faults } = await openLab()
    const start = await hashOfLab(page)
    await page.getByRole('button', { name: words[language].transport.operation }).first().click()
    const status = panelOf(page).getByRole('status')
    await expect.poll(() => status.textContent()).toContain(word.forwardWhy)
    await page.keyboard.press('F8')
    await expect.poll(() => phaseAt(page)).toBe(1)
    await page.keyboard.press('Escape')
    await panelOf(page).waitFor({ state: 'hidden' })
    expect([await hashOfLab(page), await stepsOf(page)]).toEqual([start, 0])
    await page.keyboard.press('F8')
    await page.keyboard.press('Control+F8')
    await expect.poll(() => stepsOf(page)).toBe(1)
    await panelOf(page).getByRole('button', { name: words[language].command.operationLeave }).click()
    await panelOf(page).waitFor({ state: 'hidden' })
    expect(faults).toEqual([])
    await page.context().close()
  })
})
