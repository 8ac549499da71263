/** A fork in the web shell: begun in the past with another rate, both curves and surfaces, one of the two kept. */
import type { Browser } from 'playwright-core'
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
  { language: 'ko', locale: 'ko-KR', theme: 'light', rate: '학습률' },
  { language: 'en', locale: 'en-GB', theme: 'dark', rate: 'Learning rate' },
] as const)('in $language, $theme', ({ language, locale, theme, rate }) => {
  let shell: WebShell
  const word = words[language]
  beforeAll(async () => {
    shell = await startWebShell({ language })
  })
  afterAll(() => shell.stop())

  it('begins at a past moment, trains abreast, and one of the two stays', async () => {
    const { page, faults } = await openPage(browser, shell.address, { colorScheme: theme, locale })
    const person = journey(page, language)
    const stepsOf = async (): Promise<number> =>
      Number(((await page.locator('.transport .count b').first().textContent()) ?? '').replace(/\D/g, ''))
    await person.goTo('lab')
    await person.train()
    await expect.poll(stepsOf, { timeout: 10_000 }).toBeGreaterThan(200)
    await person.pause()
    const present = await stepsOf()
    const slider = page.getByRole('region', { name: word.past.title, exact: true }).getByRole('slider')
    await expect.poll(async () => Number(await slider.getAttribute('aria-valuemax'))).toBeGreaterThan(3)
    await slider.focus()
    await slider.press('Home')
    await expect.poll(stepsOf).toBe(0)
    await page.keyboard.press('Alt+f')
    const dialog = page.getByRole('dialog', { name: word.fork.title })
    const field = dialog.getByRole('textbox', { name: rate })
    await field.fill('-1')
    await dialog.getByRole('alert').waitFor()
    expect(await dialog.getByRole('button', { name: word.fork.begin }).isDisabled()).toBe(true)
    await field.fill('0.1')
    await field.press('Enter')
    await dialog.getByRole('button', { name: word.fork.begin }).click()
    await dialog.waitFor({ state: 'hidden' })

    const [first, fork] = ['A', 'B'].map((name) => page.getByRole('article', { name, exact: true }))
    if (first === undefined || fork === undefined) throw new Error('two sides')
    await expect.poll(async () => (await fork.textContent()) ?? '').toContain(`${rate} 0.1`)
    const stepIn = async (side: typeof fork): Promise<number> =>
      Number(((await side.locator('dd').first().textContent()) ?? '').replace(/\D/g, ''))
    await expect.poll(() => stepIn(first)).toBe(present)
    await expect.poll(() => stepIn(fork)).toBe(0)
    await person.train()
    await expect.poll(() => stepIn(fork), { timeout: 15_000 }).toBeGreaterThan(present + 100)
    await person.pause()
    await screenshot(page, `fork-${theme}`)
    expect(Math.abs((await stepIn(fork)) - (await stepIn(first)))).toBeLessThanOrEqual(25)
    expect(await page.locator('.values').textContent()).toContain('A')
    expect(await accessibilityFindings(page)).toEqual([])

    await first.getByRole('button', { name: word.fork.show.replace('{name}', 'A') }).click()
    await expect.poll(() => first.textContent()).toContain(word.fork.onMap)
    await page.reload()
    await fork.getByRole('button', { name: word.fork.keep.replace('{name}', 'B') }).click()
    await page.getByRole('button', { name: word.fork.close.replace('{name}', 'A') }).click()
    await first.waitFor({ state: 'hidden' })
    await expect.poll(() => person.learningRate().inputValue()).toBe('0.1')
    expect(faults).toEqual([])
    await page.context().close()
  })
})
