/** Going through a run's past in the web shell: a look back, back to now, on from there, taken back. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { journey } from '../../support/journey.ts'
import { accessibilityFindings, launchBrowser, openPage, screenshot } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { words } from '../../support/words.ts'

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
  const word = words[language].past
  beforeAll(async () => {
    shell = await startWebShell({ language })
  })
  afterAll(() => shell.stop())

  const bar = (page: Page): Locator => page.getByRole('region', { name: word.title, exact: true })

  const stepsOf = async (page: Page): Promise<number> =>
    Number(((await page.locator('.transport .count b').first().textContent()) ?? '').replace(/\D/g, ''))

  it('shows a past moment, goes back to now, goes on from there, and takes that back', async () => {
    const { page, faults } = await openPage(browser, shell.address, { colorScheme: theme, locale })
    const person = journey(page, language)
    await person.goTo('lab')
    await person.train()
    await expect.poll(() => stepsOf(page), { timeout: 10_000 }).toBeGreaterThan(300)
    await person.pause()
    const now = await stepsOf(page)
    const slider = bar(page).getByRole('slider')
    await expect.poll(async () => Number(await slider.getAttribute('aria-valuemax'))).toBeGreaterThan(3)
    await slider.focus()
    await slider.press('Home')
    await expect.poll(() => stepsOf(page)).toBe(0)
    await screenshot(page, `time-${theme}`)
    expect(await accessibilityFindings(page)).toEqual([])
    await bar(page).getByRole('button', { name: word.back }).click()
    await expect.poll(() => stepsOf(page)).toBe(now)
    await slider.focus()
    await slider.press('Home')
    await expect.poll(() => stepsOf(page)).toBe(0)
    await bar(page).getByRole('button', { name: word.goOn }).click()
    await bar(page).getByRole('button', { name: word.back }).waitFor({ state: 'hidden' })
    expect(await stepsOf(page)).toBe(0)
    await page.keyboard.press('Control+z')
    await expect.poll(() => stepsOf(page)).toBe(now)
    expect(faults).toEqual([])
    await page.context().close()
  })
})
