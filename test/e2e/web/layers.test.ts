/** Layers in the web shell: a node that is silent at first, the least useful one out, a layer in and out, holds, undo. */
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

it('changes the layers of a network by keyboard, and takes everything back', async () => {
  const word = words.ko
  const { page, faults } = await openPage(browser, shell.address)
  page.setDefaultTimeout(8000)
  const person = journey(page, 'ko')
  await person.goTo('lab')
  const panel = page.getByRole('region', { name: word.network.title, exact: true })
  const total = panel.locator('.total')
  const has = (count: number): Promise<void> => total.filter({ hasText: new RegExp(`^${count}$`) }).waitFor()
  await has(28)
  const more = panel.getByRole('button', { name: word.network.addNode }).first()
  await more.focus()
  await page.keyboard.press('Enter')
  await has(33)
  await panel.getByRole('button', { name: word.network.removeNode }).first().focus()
  // The one that goes is named first.
  await page.getByText(/정류장 \d 하나가 빠져요/).waitFor()
  await page.keyboard.press('Enter')
  await has(28)
  await panel.getByRole('button', { name: word.network.addLayer }).press('Enter')
  await panel.getByRole('button', { name: word.choice.residual }).focus()
  await panel.getByText('매개변수 28개는 그대로').waitFor()
  await screenshot(page, 'layers-menu')
  await page.keyboard.press('Enter')
  await has(34)
  await panel.getByRole('button', { name: /은닉 1/ }).press('Enter')
  await panel.getByText(word.layers.useful).waitFor()
  await panel.getByRole('button', { name: word.passport.freeze, exact: true }).press('Enter')
  await panel.getByRole('img', { name: word.layers.frozen }).waitFor()
  await panel.getByRole('button', { name: word.layers.offStop.replace('{stop}', '정류장 1') }).press('Enter')
  await screenshot(page, 'layers-open')
  expect(await accessibilityFindings(page)).toEqual([])
  await page.keyboard.press('Escape')
  for (let step = 0; step < 5; step++) await page.keyboard.press('Control+z')
  await has(28)
  await panel.getByRole('img', { name: word.layers.frozen }).waitFor({ state: 'detached' })
  expect(faults).toEqual([])
})
