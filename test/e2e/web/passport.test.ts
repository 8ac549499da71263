/** A parameter's passport in the web shell: set, freeze, switch off, and all of it taken back exactly. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { journey } from '../../support/journey.ts'
import { savedModel, tensorDigest } from '../../support/models.ts'
import { accessibilityFindings, launchBrowser, openPage, screenshot } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { type Language, words } from '../../support/words.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** Opens the passport of the first weight of the middle layer with the keyboard. */
async function openPassport(page: Page, language: Language): Promise<void> {
  const tree = page.getByRole('tree', { name: words[language].map.treeLabel })
  await tree.getByRole('treeitem').first().focus()
  for (const key of ['ArrowRight', 'Enter', 'Enter', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
  await page.getByRole('complementary', { name: words[language].passport.title }).waitFor()
}

describe.each([
  { language: 'ko', locale: 'ko-KR', theme: 'light' },
  { language: 'en', locale: 'en-GB', theme: 'dark' },
] as const)('in $language, $theme', ({ language, locale, theme }) => {
  let shell: WebShell
  beforeAll(async () => {
    shell = await startWebShell({ language })
  })
  afterAll(() => shell.stop())

  it('sets, freezes and switches off a weight, tells the damage, and undoes it to the bit', async () => {
    const word = words[language].passport
    const { page, faults } = await openPage(browser, shell.address, { colorScheme: theme, locale })
    const person = journey(page, language)
    await person.goTo('lab')
    await person.trainFully()
    await person.save('before')
    await openPassport(page, language)
    const passport = page.getByRole('complementary', { name: word.title })
    const undo = page.getByRole('banner').getByRole('button', { name: words[language].command.undo, exact: true })
    const value = (): Promise<string | null> => passport.locator('.hero').textContent()
    const first = await value()

    const field = passport.getByRole('textbox', { name: word.newValue })
    await field.fill('1.25')
    await field.press('Enter')
    await expect.poll(value).toBe('+1.2500')
    await undo.click()
    await expect.poll(value).toBe(first)

    const freeze = passport.getByRole('button', { name: word.freeze })
    await freeze.click()
    await expect.poll(() => freeze.getAttribute('aria-pressed')).toBe('true')
    const off = passport.getByRole('button', { name: word.off, exact: true })
    await off.click()
    await expect.poll(() => off.getAttribute('aria-pressed')).toBe('true')
    await expect.poll(value).toBe('+0.0000')
    await undo.click()
    await undo.click()
    await expect.poll(value).toBe(first)
    await expect.poll(() => freeze.getAttribute('aria-pressed')).toBe('false')

    await passport.getByRole('img', { name: /\d/ }).first().waitFor()
    await screenshot(page, `passport-${theme}`)
    expect(await accessibilityFindings(page)).toEqual([])
    await person.save('after')
    expect(tensorDigest(savedModel(shell.home, 'after'), true)).toBe(
      tensorDigest(savedModel(shell.home, 'before'), true),
    )

    await passport.getByRole('button', { name: /0\.03/ }).click()
    await page.getByRole('heading', { level: 1, name: words[language].hyper.title }).waitFor()
    expect(await accessibilityFindings(page)).toEqual([])
    await screenshot(page, `hyperparameters-${theme}`)
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('takes a step apart into numbers that add up to its change', async () => {
    const { page, faults } = await openPage(browser, shell.address, { colorScheme: theme, locale })
    const person = journey(page, language)
    await person.goTo('lab')
    await openPassport(page, language)
    const passport = page.getByRole('complementary', { name: words[language].passport.title })
    await passport.getByText(words[language].passport.noUpdate).waitFor()
    await page.getByRole('button', { name: words[language].transport.batch, exact: true }).click()
    const numbers = passport.locator('.parts .num')
    await numbers.first().waitFor()
    const parts = (await numbers.allTextContents()).map((text) => Number(text.replace('−', '-')))
    const sum = parts.slice(0, -1).reduce((total, part) => total + part, 0)
    expect(sum).toBeCloseTo(parts.at(-1) ?? Number.NaN, 4)
    expect(faults).toEqual([])
    await page.context().close()
  })
})
