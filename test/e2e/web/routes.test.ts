/** Tracing in the web shell: the strongest routes with their shares, lit and written out; captions and plates by key. */
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

it('lists the routes of the circle with shares that fall and stay below 1, and writes the chosen one out', async () => {
  const word = words.ko.routes
  const { page, faults } = await openPage(browser, shell.address)
  const person = journey(page, 'ko')
  await person.goTo('lab')
  await person.trainFully()
  const tree = page.getByRole('tree', { name: words.ko.map.treeLabel })
  await tree.getByRole('treeitem').first().focus()
  await page.keyboard.press('t')
  const panel = page.getByRole('complementary', { name: word.title })
  const routes = panel.getByRole('listitem').getByRole('button')
  await routes.first().waitFor()
  const shares = (await panel.locator('.share').allTextContents()).map((text) => Number.parseFloat(text))
  expect(shares.length).toBeGreaterThan(1)
  // Of 16 routes some pull away, and are not listed.
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(100.5)
  expect(await panel.locator('tbody tr').count()).toBe(3)
  expect(await panel.locator('tbody td.num').first().textContent()).toMatch(/ · .* = /)

  await routes.first().focus()
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => routes.nth(1).getAttribute('aria-pressed')).toBe('true')
  await screenshot(page, 'routes-light')
  expect(await accessibilityFindings(page)).toEqual([])

  await panel.locator('tbody button').first().click()
  await page.getByRole('complementary', { name: words.ko.passport.title }).waitFor()
  await tree.getByRole('treeitem').first().focus()
  await page.keyboard.press('m')
  await page.getByText(words.ko.map.lensWeight, { exact: true }).first().click()
  expect(faults).toEqual([])
  await page.context().close()
})
