/** The story, end to end, in the web shell: in Korean, in English and dark, and by keyboard alone. */
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { journey } from '../../support/journey.ts'
import { savedModel, savedRecipe, tensorDigest } from '../../support/models.ts'
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
  beforeAll(async () => {
    shell = await startWebShell({ language })
  })
  afterAll(() => shell.stop())

  it('trains, edits live, saves, reloads, opens, and goes on from the same numbers', async () => {
    const { page, faults } = await openPage(browser, shell.address, { colorScheme: theme, locale })
    const person = journey(page, language)
    await person.train()
    await person.learned()
    await person.setLearningRate('0.05')
    await person.pause()
    const steps = await person.steps()
    await person.save('first')
    const first = savedModel(shell.home, 'first')
    expect(savedRecipe(first)).toContain('learningRate\\":0.05')

    await page.reload()
    await person.open('first')
    await person.goTo('story')
    await expect.poll(() => person.steps()).toBe(steps)
    expect(await person.probability()).toBeGreaterThan(95)
    await person.save('second')
    const second = savedModel(shell.home, 'second')
    expect(tensorDigest(second, true)).toBe(tensorDigest(first, true))

    await person.train()
    await expect.poll(() => person.steps()).toBeGreaterThan(steps)
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('story and lab have no serious accessibility finding, and are pictured', async () => {
    const { page, faults } = await openPage(browser, shell.address, { colorScheme: theme, locale })
    const person = journey(page, language)
    await person.train()
    await person.learned()
    await person.pause()
    await screenshot(page, `story-${theme}`)
    expect(await accessibilityFindings(page)).toEqual([])
    await person.goTo('lab')
    await person.train()
    await page
      .getByRole('main')
      .getByText(/\b100 \/ 100/)
      .waitFor()
    await person.pause()
    await screenshot(page, `lab-${theme}`)
    expect(await accessibilityFindings(page)).toEqual([])
    expect(faults).toEqual([])
    await page.context().close()
  })
})

describe('by keyboard alone', () => {
  let shell: WebShell
  beforeAll(async () => {
    shell = await startWebShell()
  })
  afterAll(() => shell.stop())

  it('trains with Space, saves with Ctrl+S and changes view with Tab and Enter', async () => {
    const { page, faults } = await openPage(browser, shell.address)
    const person = journey(page, 'ko')
    // Space trains as soon as the button can: before that there is no run.
    await expect.poll(() => person.trainButton().isEnabled()).toBe(true)
    await page.keyboard.press('Space')
    await person.learned()
    await page.keyboard.press('Space')
    await page.keyboard.press('Control+s')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    expect(savedModel(shell.home, '나는 너를').length).toBeGreaterThan(0)

    const lab = page.getByRole('link', { name: words.ko.app.lab, exact: true })
    const isFocused = () => lab.evaluate((element) => element === document.activeElement)
    for (let presses = 0; presses < 60 && !(await isFocused()); presses += 1) await page.keyboard.press('Tab')
    expect(await isFocused()).toBe(true)
    const looks = (link: Locator) =>
      link.evaluate((element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
        return `${outlineStyle} ${outlineWidth} ${boxShadow}`
      })
    expect(await looks(lab)).not.toBe(await looks(page.getByRole('link', { name: words.ko.app.library, exact: true })))
    await page.keyboard.press('Enter')
    await page.getByRole('toolbar', { name: words.ko.transport.label }).waitFor()
    expect(faults).toEqual([])
  })
})
