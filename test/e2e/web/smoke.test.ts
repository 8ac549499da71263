import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, openPage } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'

let shell: WebShell
let browser: Browser

beforeAll(async () => {
  shell = await startWebShell()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await shell.stop()
})

it('the web shell prints exactly one line, and its page opens without a fault', async () => {
  const { page, faults } = await openPage(browser, shell.address)
  await page.getByRole('banner').waitFor()
  expect(shell.lines).toHaveLength(1)
  expect(new URL(page.url()).hash).toBe('')
  expect(faults).toEqual([])
})

it('a page without the key is refused in words', async () => {
  const { page } = await openPage(browser, new URL('/', shell.address).href)
  await page.getByText('SHELL-002').waitFor()
})
