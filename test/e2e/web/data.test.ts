/** Data of other kinds in the web shell: bundled tables and digits, a table of one's own, its cells. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { journey } from '../../support/journey.ts'
import { accessibilityFindings, launchBrowser, openPage, screenshot } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { words } from '../../support/words.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** A table of a person's own, put into the dialog that is open. */
const put = (dialog: Locator, name: string, text: string): Promise<void> =>
  dialog.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const table = (rows: number, row: (i: number) => string, header = 'a,b,kind'): string =>
  `${header}\n${Array.from({ length: rows }, (_, i) => row(i)).join('\n')}\n`

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
    page.setDefaultTimeout(10_000)
    faults = opened.faults
    await journey(page, language).goTo('lab')
  })
  afterAll(() => shell.stop())
  const choose = (kind: 'table' | 'digits' | 'points'): Promise<void> =>
    page.locator('.sources').getByText(say.data[kind], { exact: true }).click()

  /** The dialog in which a table is opened, whatever was open before. */
  const tableDialog = async (): Promise<Locator> => {
    if (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Escape')
    await page.getByRole('button', { name: say.table.open }).click()
    return page.getByRole('dialog', { name: say.table.open })
  }

  /** Chooses one of a list that opens. */
  const tell = async (dialog: Locator, field: string, choice: string): Promise<void> => {
    await dialog.getByRole('combobox', { name: field }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: choice, exact: true }).click()
  }

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
    const dialog = await tableDialog()
    await dialog.locator('input[type=file]').setInputFiles({ name: 'class.csv', mimeType: 'text/csv', buffer: korean })
    await dialog.getByText('CP949', { exact: true }).waitFor()
    await dialog.getByText('길이').first().waitFor()
    await screenshot(page, `data-open-${language}`)
    expect(await accessibilityFindings(page)).toEqual([])
    await dialog.getByRole('button', { name: say.table.use }).click()
    await page.getByRole('button', { name: /60/ }).first().click()
    const sheet = page.getByRole('dialog').getByRole('grid')
    await sheet.getByRole('gridcell', { name: '0.5', exact: true }).click()
    await sheet.getByRole('textbox').fill('7.5')
    await sheet.getByRole('textbox').press('Enter')
    await sheet.locator('#cell-0-0').getByText('7.5', { exact: true }).waitFor()
    // By keys: to a cell, into it, and out of it without a change.
    const active = (): Promise<string | null> => sheet.getAttribute('aria-activedescendant')
    for (const key of ['ArrowDown', 'End']) await page.keyboard.press(key)
    expect(await active()).toBe('cell-1-2')
    await page.keyboard.press('F2')
    await sheet.getByRole('textbox').fill('z')
    await page.keyboard.press('Escape')
    expect(await sheet.locator('#cell-1-2').textContent()).toBe('a')
    await page.keyboard.press('Control+End')
    expect(await active()).toBe('cell-59-2')
    await sheet.locator('#cell-59-2').waitFor()
    for (const key of ['Control+Home', 'Home']) await page.keyboard.press(key)
    expect(await active()).toBe('cell-0-0')
    await screenshot(page, `data-sheet-${language}`)
    // What was left would be there by now if it had been kept.
    expect(await sheet.locator('#cell-1-2').textContent()).toBe('a')
    expect(await accessibilityFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+z')
    await page.getByRole('button', { name: /60/ }).first().click()
    await sheet.locator('#cell-0-0').getByText('0.5', { exact: true }).waitFor()
    expect(faults).toEqual([])
  })

  it('how a table is read is told otherwise, and the preview follows at once', async () => {
    const dialog = await tableDialog()
    const head = dialog.getByRole('columnheader')
    await put(
      dialog,
      'plain.csv',
      table(40, (i) => `${i},5;${i % 7},25;${'xy'[i % 2]}`, '10,5;20,25;x'),
    )
    await dialog.getByText('CSV-036').waitFor()
    expect(await head.allTextContents()).toEqual(['column 1', 'column 2', 'column 3'])
    expect(await dialog.getByRole('cell').first().textContent()).toBe('10.5')
    await tell(dialog, say.table.firstRow, say.table.header)
    await head.getByText('10,5').waitFor()
    await tell(dialog, say.table.separator, ',')
    await eventually(() => head.allTextContents()).toEqual(['10', '5;20', '25;x'])
    await tell(dialog, say.table.separator, ';')
    await tell(dialog, say.table.decimal, '1.5')
    await dialog.getByRole('cell', { name: '0,5', exact: true }).waitFor()
    await tell(dialog, say.table.encoding, 'UTF-16 LE')
    await eventually(() => head.allTextContents()).not.toContain('20,25')
    await tell(dialog, say.table.encoding, 'UTF-8')
    await eventually(() => head.allTextContents()).toContain('20,25')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(faults).toEqual([])
  })

  it('a row that cannot be read is named, and corrected or left out; nothing is lost on the way', async () => {
    const dialog = await tableDialog()
    const use = dialog.getByRole('button', { name: say.table.use })
    const told = (code: string): Locator => dialog.getByRole('alert').filter({ hasText: code })
    await put(
      dialog,
      'wrong.csv',
      table(40, (i) => `${i === 11 ? 'tall' : i === 20 ? 'x' : i},${i % 7},${'uv'[i % 2]}`),
    )
    await told('CSV-008').waitFor()
    expect(await told('CSV-008').textContent()).toMatch(/13/)
    expect(await use.isDisabled()).toBe(true)
    await dialog.getByRole('textbox', { name: say.table.fixCell }).fill('11')
    await dialog.getByRole('textbox', { name: say.table.fixCell }).press('Enter')
    await told('CSV-008').filter({ hasText: '22' }).waitFor()
    await dialog.getByRole('button', { name: say.table.skip }).click()
    await dialog.getByText('CSV-038').waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
    expect(await accessibilityFindings(page)).toEqual([])
    await use.click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText(say.data.counts.replace('{train}', '31').replace('{test}', '8')).waitFor()

    await page.getByRole('button', { name: say.table.open }).click()
    await put(
      dialog,
      'ragged.csv',
      table(40, (i) => (i === 9 ? '1,2' : `${i},${i % 7},${'uv'[i % 2]}`)),
    )
    await told('CSV-005').waitFor()
    await dialog.getByRole('button', { name: say.table.skip }).click()
    await dialog.getByText('CSV-038').waitFor()
    await put(
      dialog,
      'thousands.csv',
      table(40, (i) => `1.${String(i).padStart(3, '0')},5;${i % 7};${'uv'[i % 2]}`, 'a;b;k'),
    )
    await told('CSV-009').waitFor()
    await dialog.getByRole('button', { name: say.table.asThousands }).click()
    await dialog.getByRole('cell', { name: '1000.5', exact: true }).waitFor()
    await dialog.getByRole('button', { name: say.library.cancel }).click()
    expect(faults).toEqual([])
  })

  it('rows on both sides of the split are told and mended by one click, undone by another', async () => {
    const dialog = await tableDialog()
    await put(
      dialog,
      'twice.csv',
      table(60, (i) => `${i % 20},same,${'uv'[i % 2]}`),
    )
    await dialog.getByText('CSV-031').waitFor()
    await dialog.getByRole('button', { name: say.table.mendOut }).click()
    await eventually(() => dialog.getByText('CSV-012').count()).toBe(0)
    await dialog.getByRole('button', { name: say.table.use }).click()
    await dialog.waitFor({ state: 'hidden' })
    const notices = page.getByRole('list', { name: say.data.notices })
    await notices.getByText('CSV-031').waitFor()
    await notices.getByRole('button', { name: say.table.mendTogether }).click()
    await notices.waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+z')
    await notices.getByText('CSV-031').waitFor()
    await notices.getByRole('button', { name: say.table.mendDrop }).click()
    await notices.getByText('CSV-039').waitFor()
    await page.getByText(say.data.counts.replace('{train}', '16').replace('{test}', '4')).waitFor()
    expect(faults).toEqual([])
  })

  it('empty cells and standardising are chosen with their numbers in sight; a target is always asked for', async () => {
    const dialog = await tableDialog()
    await put(
      dialog,
      'gaps.csv',
      table(40, (i) => `${i % 8 === 3 ? '' : i},${i % 7},${'uv'[i % 2]}`),
    )
    await dialog.getByText('CSV-028').waitFor()
    const empty = say.table.emptyCells.replace('{count}', '5')
    await tell(dialog, empty, say.choice.mean)
    await dialog.getByText('CSV-040').waitFor()
    const roles = dialog.getByRole('radiogroup', { name: say.table.role.replace('{column}', 'kind') })
    await roles.getByText(say.table.out, { exact: true }).click()
    await dialog.getByText(say.table.needsTarget).waitFor()
    await roles.getByText(say.table.target, { exact: true }).click()
    await dialog.getByRole('button', { name: say.table.use }).click()
    await dialog.waitFor({ state: 'hidden' })
    const columns = page.getByRole('main').getByRole('list', { name: say.table.columns })
    const first = columns.getByRole('listitem').first()
    await eventually(() => first.textContent()).toMatch(/\d+\.\d\d/)
    expect(faults).toEqual([])
  })

  it('two numbers are predicted together: map, curve, and a report for each', async () => {
    const dialog = await tableDialog()
    await put(
      dialog,
      'two.csv',
      table(80, (i) => `${i % 9},${i % 7},${(i % 9) * 2 + 0.25},${(i % 7) - 30.5}`, 'a,b,p,q'),
    )
    await dialog.getByText('4').first().waitFor()
    const role = (column: string): Locator =>
      dialog.getByRole('radiogroup', { name: say.table.role.replace('{column}', column) })
    await role('p').getByText(say.table.target, { exact: true }).click()
    await dialog.getByRole('button', { name: say.table.use }).click()
    await dialog.waitFor({ state: 'hidden' })
    for (let epoch = 0; epoch < 3; epoch++) await page.keyboard.press('Shift+ArrowRight')
    await page.getByText(say.chart.empty).waitFor({ state: 'hidden' })
    await page
      .getByRole('radiogroup', { name: say.results.title })
      .getByText(say.results.report, { exact: true })
      .click()
    for (const name of ['p', 'q'])
      await page
        .getByRole('img', { name: new RegExp(`${name}.*R²`) })
        .first()
        .waitFor()
    // They are told as the table writes them, not as shares of a hundred.
    const answers = page.getByRole('complementary', { name: say.lab.results })
    await answers.getByRole('heading', { name: say.results.answers, exact: true }).waitFor()
    const q = answers.getByRole('listitem').filter({ hasText: /^q/ })
    await eventually(async () => (await q.textContent()) ?? '').toMatch(/[−-](2|3)\d\.\d+\s*$/)
    await screenshot(page, `data-two-${language}`)
    expect(await accessibilityFindings(page)).toEqual([])
    expect(faults).toEqual([])
  })
})
