/** Data of other kinds in the web shell: bundled tables and digits, a table of one's own, its cells. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { journey } from '../../support/journey.ts'
import { accessibilityFindings, launchBrowser, openPage, screenshot } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { words } from '../../support/words.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** Two columns decide the third; written as Korean spreadsheets do: semicolons, decimal commas, CP949. */
const header = Buffer.from([0xb1, 0xe6, 0xc0, 0xcc]) // '길이' in CP949
const lines = Array.from({ length: 60 }, (_, i) => `${i},5;${60 - i},25;${i < 30 ? 'a' : 'b'}`)
const korean = Buffer.concat([header, Buffer.from(`;weight;class\n${lines.join('\n')}\n`)])

describe.each([
  { language: 'ko', locale: 'ko-KR', theme: 'light' },
  { language: 'en', locale: 'en-GB', theme: 'dark' },
] as const)('in $language, $theme', ({ language, locale, theme }) => {
  let shell: WebShell
  let page: Page
  let faults: readonly unknown[]
  const say = words[language]
  beforeAll(async () => {
    shell = await startWebShell({ language })
    const opened = await openPage(browser, shell.address, { colorScheme: theme, locale })
    page = opened.page
    faults = opened.faults
    await journey(page, language).goTo('lab')
  })
  afterAll(() => shell.stop())
  const choose = (kind: 'table' | 'digits' | 'points'): Promise<void> =>
    page.locator('.sources').getByText(say.data[kind], { exact: true }).click()

  /** The curve has its first points. */
  const learning = (): Promise<void> => page.getByText(say.chart.empty).waitFor({ state: 'hidden' })

  it('a bundled table and digits train', async () => {
    const person = journey(page, language)
    await choose('digits')
    await page.getByText('softmax 10').waitFor()
    await person.train()
    await learning()
    await screenshot(page, `data-digits-${language}`)
    await choose('table')
    await page.getByText('softmax 3').waitFor()
    await person.train()
    await learning()
    await screenshot(page, `data-table-${language}`)
    expect(faults).toEqual([])
  })

  it('an own table is read as it was saved, used, looked at, written over and taken back', async () => {
    await choose('table')
    await page.getByRole('button', { name: say.table.open }).click()
    const dialog = page.getByRole('dialog', { name: say.table.open })
    await dialog.locator('input[type=file]').setInputFiles({ name: 'class.csv', mimeType: 'text/csv', buffer: korean })
    await dialog.getByText('CP949').waitFor()
    await dialog.getByText('길이').first().waitFor()
    await screenshot(page, `data-open-${language}`)
    expect(await accessibilityFindings(page)).toEqual([])
    await dialog.getByRole('button', { name: say.table.use }).click()
    await page.getByRole('button', { name: /60/ }).first().click()
    const sheet = page.getByRole('dialog').getByRole('table')
    await sheet.getByRole('button', { name: '0.5', exact: true }).click()
    await sheet.getByRole('textbox').fill('7.5')
    await sheet.getByRole('textbox').press('Enter')
    await sheet.locator('#cell-0-0').getByText('7.5', { exact: true }).waitFor()
    await screenshot(page, `data-sheet-${language}`)
    expect(await accessibilityFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+z')
    await page.getByRole('button', { name: /60/ }).first().click()
    await sheet.locator('#cell-0-0').getByText('0.5', { exact: true }).waitFor()
    expect(faults).toEqual([])
  })
})
