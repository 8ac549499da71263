/** The story, end to end, in the web shell: in Korean, in English and dark, and by keyboard alone. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { journey } from '../../support/journey.ts'
import { savedModel, savedRecipe, tensorDigest } from '../../support/models.ts'
import { accessibilityFindings, launchBrowser, openPage, openWatchedPage, screenshot } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { words } from '../../support/words.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** The live edit as a frame confirms it: the step at which it took effect comes with it. */
const rateEdit = { path: 'training.optimizer.learningRate', from: 0.02, to: 0.05, step: expect.any(Number) }

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
    const { page, faults, edits } = await openWatchedPage(browser, shell.address, { colorScheme: theme, locale })
    const person = journey(page, language)
    await person.train()
    await person.learned()
    await person.setLearningRate('0.05')
    await expect.poll(() => edits).toContainEqual(expect.objectContaining(rateEdit))
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
    await person.trainFully()
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

  it('trains, edits live, saves, reloads, opens, and goes on from the same numbers', async () => {
    const { page, faults, edits } = await openWatchedPage(browser, shell.address)
    const person = journey(page, 'ko')
    const word = words.ko
    const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement)
    const tabTo = async (target: Locator): Promise<void> => {
      for (let presses = 0; presses < mostTabs && !(await hasFocus(target)); presses += 1)
        await page.keyboard.press('Tab')
      expect(await hasFocus(target)).toBe(true)
    }
    // Space trains as soon as the button can: before that there is no run.
    await expect.poll(() => person.trainButton().isEnabled()).toBe(true)
    await page.keyboard.press('Space')
    await person.learned()
    await tabTo(person.learningRate())
    await page.keyboard.press('Control+a')
    await page.keyboard.type('0.05')
    await page.keyboard.press('Enter')
    await expect.poll(() => edits).toContainEqual(expect.objectContaining(rateEdit))
    await tabTo(person.trainButton())
    await page.keyboard.press('Space')
    await expect.poll(() => person.trainButton().textContent()).not.toContain(word.transport.pause)
    await page.keyboard.press('Control+s')
    await saveIn(page, 'first')
    const first = savedModel(shell.home, 'first')

    await page.reload()
    const library = page.getByRole('link', { name: word.app.library, exact: true })
    await library.waitFor()
    await tabTo(library)
    expect(await looks(library)).not.toBe(await looks(page.getByRole('link', { name: word.app.story, exact: true })))
    await page.keyboard.press('Enter')
    const entry = page.getByRole('button', { name: word.library.openNamed.replace('{name}', 'first'), exact: true })
    await entry.waitFor()
    await tabTo(entry)
    await page.keyboard.press('Enter')
    await entry.waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+s')
    await saveIn(page, 'second')
    expect(tensorDigest(savedModel(shell.home, 'second'), true)).toBe(tensorDigest(first, true))
    expect(faults).toEqual([])
  })
})

/** Tab presses that reach everything on a page. */
const mostTabs = 120

/** Types a name into the save dialog and waits until it is saved. */
async function saveIn(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await expect.poll(() => dialog.getByRole('textbox').evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
}

/** What tells that a link has the focus. */
function looks(link: Locator): Promise<string> {
  return link.evaluate((element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
    return `${outlineStyle} ${outlineWidth} ${boxShadow}`
  })
}
