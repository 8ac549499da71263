/** The lab's map in the web shell: what it writes and what its lines show, by keyboard and mouse, remembered. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { journey } from '../../support/journey.ts'
import { accessibilityFindings, launchBrowser, openPage, screenshot } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { type Language, words } from '../../support/words.ts'

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

const picture = (page: Page): Promise<string> =>
  page
    .locator('.route-map canvas')
    .evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ''))

it.each<Language>(['ko', 'en'])('has modes and a second lens (%s)', async (language) => {
  const word = words[language]
  const { page, faults } = await openPage(browser, shell.address, {
    locale: language === 'ko' ? 'ko-KR' : 'en-GB',
  })
  page.setDefaultTimeout(8000)
  const person = journey(page, language)
  await person.goTo('lab')
  const pane = page.getByRole('region', { name: word.map.title, exact: true })
  const choice = (name: string) => pane.getByRole('radio', { name, exact: true })
  const formula = pane.getByRole('note', { name: word.passport.formula })
  // One batch: there are gradients, and nothing moves by itself.
  await page.keyboard.press('ArrowRight')
  const key = pane.getByRole('list', { name: word.map.keyLabel })
  await key.waitFor()
  const shown = [await picture(page)]
  for (const [press, name] of [
    ['Alt+n', word.map.modeNumbers],
    ['Alt+o', word.map.modeFocus],
    ['Alt+q', word.map.modeQuiet],
  ] as const) {
    await page.keyboard.press(press)
    await expect.poll(() => choice(name).isChecked()).toBe(true)
    await expect.poll(async () => shown.includes(await picture(page))).toBe(false)
    shown.push(await picture(page))
  }
  await formula.waitFor({ state: 'detached' })
  await page.keyboard.press('Alt+g')
  await key.getByText(word.map.keyFalls).waitFor()
  await choice(word.map.modeFocus).locator('xpath=..').click()
  const before = await formula.textContent()
  // Another stop is chosen by keyboard.
  await pane.getByRole('treeitem').first().focus()
  for (const press of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(press)
  await expect.poll(() => formula.textContent()).not.toBe(before)
  await screenshot(page, `map-focus-${language}`)
  expect(await accessibilityFindings(page)).toEqual([])
  await page.reload()
  await expect.poll(() => choice(word.map.modeFocus).isChecked()).toBe(true)
  await expect.poll(() => choice(word.map.linesGradients).isChecked()).toBe(true)
  await page.keyboard.press('Alt+o')
  await page.keyboard.press('Alt+g')
  await expect.poll(() => choice(word.map.modePlain).isChecked()).toBe(true)
  await expect.poll(() => choice(word.map.linesWeights).isChecked()).toBe(true)
  expect(faults).toEqual([])
})
