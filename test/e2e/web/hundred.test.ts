/** A hundred neighbourhoods in the web shell: plain they do not learn, a switch repairs them, undo takes it back. */
import type { Browser, Page } from 'playwright-core'
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

const word = words.ko.deep
/** A network of a hundred layers is made anew. */
const patienceMs = 10_000
const trainingMs = 60_000

/** The first loss and the present one, as the panel of the hundred shows them. */
async function losses(page: Page): Promise<readonly number[]> {
  const text = await page.getByRole('complementary', { name: word.title }).locator('dd').nth(2).textContent()
  return (text ?? '').split('→').map(Number)
}
const finished = (page: Page): Promise<void> =>
  page
    .getByRole('main')
    .getByText(/\b60 \/ 60/)
    .waitFor({ timeout: trainingMs })

it('does not learn plain, learns with residual connections, and routes say calmly what they cannot do', async () => {
  const { page, faults } = await openPage(browser, shell.address)
  const person = journey(page, 'ko')
  await person.goTo('library')
  await page.getByRole('button', { name: words.ko.examples.hundredPlain, exact: true }).click()
  const panel = page.getByRole('complementary', { name: word.title })
  await panel.waitFor()
  await person.train()
  await finished(page)
  const [plainFirst = 0, plainLast = 0] = await losses(page)
  expect(Math.abs(plainLast - plainFirst) / plainFirst).toBeLessThan(0.05)
  const profile = await page.locator('.profile figcaption').textContent()
  expect(profile).toMatch(/e-\d\d/)
  await screenshot(page, 'hundred-plain-light')
  expect(await accessibilityFindings(page)).toEqual([])

  const residual = panel.getByRole('switch', { name: word.residual })
  await residual.press('Space')
  await expect.poll(() => residual.isChecked(), { timeout: patienceMs }).toBe(true)
  await expect
    .poll(() =>
      page
        .getByRole('main')
        .getByText(/\b0 \/ 60/)
        .count(),
    )
    .toBeGreaterThan(0)
  await person.train()
  await finished(page)
  const [, repairedLast = 1] = await losses(page)
  expect(repairedLast).toBeLessThan(0.1)
  await screenshot(page, 'hundred-repaired-light')

  await page.getByRole('button', { name: words.ko.routes.button }).click()
  await page.getByRole('complementary', { name: words.ko.routes.title }).getByRole('status').waitFor()
  await page.getByRole('button', { name: words.ko.routes.close }).click()
  await page.getByRole('banner').getByRole('button', { name: words.ko.command.undo, exact: true }).click()
  await expect.poll(() => residual.isChecked(), { timeout: patienceMs }).toBe(false)
  expect(faults).toEqual([])
  await page.context().close()
})
