/** Results in the web shell: curves read and zoomed by key, the confusion matrix, R², histograms; both languages. */
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
  ['ko', 'light'],
  ['en', 'dark'],
] as const)('tell how the network answers, in %s', async (language, colorScheme) => {
  const word = words[language].results
  const locale = language === 'ko' ? 'ko-KR' : 'en-GB'
  const { page, faults } = await openPage(browser, shell.address, { locale, colorScheme })
  const person = journey(page, language)
  await person.goTo('lab')
  await person.trainFully()
  const results = page.getByRole('region', { name: word.title, exact: true })
  const tab = (name: string) => results.getByText(name, { exact: true }).first().click()

  const chart = results.getByRole('application')
  await chart.focus()
  await page.keyboard.press('Home')
  await results.getByText(words[language].chart.tooltipTitle.replace('{epoch}', '0').replace('{step}', '0')).waitFor()
  await page.keyboard.press('Equal')
  await results.getByRole('button', { name: word.resetZoom }).click()
  await results.getByRole('button', { name: word.resetZoom }).waitFor({ state: 'hidden' })

  await tab(word.report)
  const matrix = results.getByRole('table', { name: word.matrixCaption })
  await matrix.waitFor()
  const counts = (await matrix.getByRole('cell').allTextContents()).map(Number)
  expect(counts).toHaveLength(4)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(250)
  await screenshot(page, `results-report-${language}`)
  expect(await accessibilityFindings(page)).toEqual([])

  await tab(word.heaps)
  for (const heap of [word.weights, word.gradients.replace(/\(.*/, ''), word.activations])
    await results.getByRole('img', { name: new RegExp(`^${heap}.*\\d`) }).waitFor()
  await screenshot(page, `results-histograms-${language}`)
  expect(await accessibilityFindings(page)).toEqual([])
  expect(faults).toEqual([])
  await page.context().close()
})
