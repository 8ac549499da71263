/** Changing the shape of a network keeps what it learned; stops and layers are switched off and on again. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { journey } from '../../support/journey.ts'
import { savedModel, tensorDigest } from '../../support/models.ts'
import { accessibilityFindings, launchBrowser, openPage } from '../../support/pages.ts'
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

  it('grows silently, prunes the least useful, holds a layer, adds a residual block, and undoes it all', async () => {
    const { page, faults } = await openPage(browser, shell.address, { colorScheme: theme, locale })
    const word = words[language]
    const person = journey(page, language)
    const main = page.getByRole('main')
    const network = main.getByRole('region', { name: word.network.title })
    const total = () => network.locator('.total').textContent()
    const loss = () => main.locator('.read', { hasText: word.chart.trainLoss }).locator('dd').textContent()
    const undo = page.getByRole('banner').getByRole('button', { name: word.command.undo, exact: true })
    await person.goTo('lab')
    await person.train()
    await main.getByText(/\b100 \/ 100/).waitFor()
    await person.save('before')
    const [before, count] = [await loss(), await total()]

    await network.getByRole('button', { name: word.network.addNode }).first().click()
    await expect.poll(total).toBe('33')
    expect(await loss()).toBe(before)
    await network.getByRole('button', { name: word.network.removeNode }).first().click()
    await expect.poll(total).toBe(count)
    expect(await loss()).toBe(before)

    const menu = network.getByRole('button', { name: word.shape.menu.split('{layer}')[0]?.trim() || '은닉 1' }).first()
    await menu.click()
    await page.getByRole('menuitem', { name: word.shape.off }).click()
    await expect.poll(loss).not.toBe(before)
    await undo.click()
    await expect.poll(loss).toBe(before)

    await network.getByRole('button', { name: word.network.addLayer }).click()
    expect(await accessibilityFindings(page)).toEqual([])
    await page.getByRole('menuitem', { name: word.choice.residual }).click()
    await expect.poll(total).toBe('34')
    await undo.click()
    await expect.poll(total).toBe(count)
    await undo.click()
    await undo.click()
    await person.save('after')
    expect(tensorDigest(savedModel(shell.home, 'after'), true)).toBe(
      tensorDigest(savedModel(shell.home, 'before'), true),
    )
    expect(faults).toEqual([])
    await page.context().close()
  })
})
