/** The palette in the web shell: opened by key, found in either language, moved through and chosen by key. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { journey } from '../../support/journey.ts'
import { accessibilityFindings, launchBrowser, openPage, screenshot } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { words } from '../../support/words.ts'

let browser: Browser
let shell: WebShell
beforeAll(async () => {
  browser = await launchBrowser()
  shell = await startWebShell()
})
afterAll(async () => {
  await shell.stop()
  await browser.close()
})

it.each([
  ['ko', 'ㅎㅅㄹ', 'light'],
  ['en', 'learning rate', 'dark'],
] as const)('leads to a hyperparameter and to a command, in %s', async (language, typed, colorScheme) => {
  const word = words[language]
  const locale = language === 'ko' ? 'ko-KR' : 'en-GB'
  const { page, faults } = await openPage(browser, shell.address, { locale, colorScheme })
  await journey(page, language).goTo('lab')
  await page.keyboard.press('Control+Shift+P')
  const field = page.getByRole('combobox', { name: word.palette.title })
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true)
  await screenshot(page, `palette-${language}`)
  expect(await accessibilityFindings(page)).toEqual([])
  await page.keyboard.insertText(typed)
  await page.getByRole('option', { selected: true }).filter({ hasText: word.palette.hyperparameter }).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('[id="entry-training.optimizer.learningRate"]:focus').waitFor()

  await journey(page, language).goTo('lab')
  await page.keyboard.press('F1')
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true)
  await page.keyboard.insertText(word.command.export)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: word.exports.title }).waitFor()
  expect(faults).toEqual([])
  await page.context().close()
})
