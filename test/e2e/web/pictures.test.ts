/** Digits in the web shell: pictures on stops, a convolution put in by keyboard, what it finds, and the way back. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { journey } from '../../support/journey.ts'
import { accessibilityFindings, launchBrowser, openWatchedPage, screenshot } from '../../support/pages.ts'
import { hashOfLab } from '../../support/run-hash.ts'
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

/** A busy computer takes its time. */
const eventually = <Value>(value: () => Value | Promise<Value>) => expect.poll(value, { timeout: 20_000 })

/** Puts a kind of layer in at the menu that the keyboard opens. */
async function putIn(page: Page, opener: Locator, kind: string): Promise<void> {
  await opener.press('Enter')
  const offer = opener.locator('xpath=..').getByRole('button', { name: new RegExp(`^${kind}`) })
  await offer.focus()
  await page.keyboard.press('Enter')
}

/** A percentage as the table of the curve has it. */
const percentOf = async (cell: Locator): Promise<number> => Number(/[\d.]+/.exec((await cell.textContent()) ?? '')?.[0])

it.each<Language>(['ko', 'en'])(
  'shows what a digit becomes, through layers put in by keyboard (%s)',
  async (language) => {
    const word = words[language]
    const { page, faults, section } = await openWatchedPage(browser, shell.address, {
      locale: language === 'ko' ? 'ko-KR' : 'en-GB',
    })
    page.setDefaultTimeout(15_000)
    const pictures = (): Float32Array => section('pictures')
    await journey(page, language).goTo('lab')
    const panel = page.getByRole('region', { name: word.network.title, exact: true })
    const total = panel.locator('.total')
    const has = (count: string): Promise<void> => total.filter({ hasText: new RegExp(`^${count}$`) }).waitFor()
    await has('28')
    await page.getByText(word.data.digits, { exact: true }).first().click()
    await has('25,450')
    await panel.getByText('784×32+32 = 25,120').waitFor()
    const hash = await hashOfLab(page)

    // The passenger is chosen by keyboard: the frame has the picture of another digit.
    await eventually(() => pictures().length).toBe(784)
    const strip = page.getByRole('group', { name: word.passengers.strip })
    await eventually(() => strip.getByRole('radio').first().isChecked()).toBe(true)
    const before = pictures()
    await strip.getByRole('radio').first().focus()
    await page.keyboard.press('ArrowRight')
    await eventually(() => pictures().some((value, n) => value !== before[n])).toBe(true)
    await eventually(() => strip.getByRole('radio').nth(1).isChecked()).toBe(true)
    await page.getByText(word.passengers.of.replace('{number}', '2').replace('{count}', '1,600')).waitFor()

    // A stop shows what it looks for or what it says.
    const map = page.getByRole('region', { name: word.map.title, exact: true })
    await map.getByText(word.map.keyLooksFor).waitFor()
    await map.getByRole('radio', { name: word.map.stopsActivations }).focus()
    await page.keyboard.press('Space')
    await map.getByText(word.map.keySays).waitFor()
    expect(await accessibilityFindings(page)).toEqual([])
    await page.keyboard.press('ArrowLeft')
    await map.getByText(word.map.keyLooksFor).waitFor()

    // A layer that cannot stand here says why.
    const end = panel.getByRole('button', { name: word.network.addLayer, exact: true })
    await end.press('Enter')
    const pool = panel.getByRole('button', { name: new RegExp(`^${word.choice.maxPool}`) })
    expect(await pool.getAttribute('aria-disabled')).toBe('true')
    expect(await pool.textContent()).toContain('[32]')
    await screenshot(page, `pictures-menu-${language}`)
    expect(await accessibilityFindings(page)).toEqual([])
    await page.keyboard.press('Escape')

    // At the front: the dense layer's place is taken by a convolution and a pool.
    await panel.getByRole('button', { name: /1/ }).filter({ hasText: '784×32' }).press('Enter')
    const first = panel.getByRole('button', { name: word.layers.before, exact: true })
    await putIn(page, first, word.choice.conv2d)
    await panel.getByText('3×3×1×8+8 = 80').waitFor()
    await panel.getByText(word.layers.shared.replace('{places}', '784')).waitFor()
    await putIn(page, panel.getByRole('button', { name: word.layers.after, exact: true }), word.choice.maxPool)
    await panel.getByText('1568×32+32 = 50,208').waitFor()

    // The way back is exact, and so is the way forth.
    await page.getByRole('main').focus()
    for (const key of ['Control+z', 'Control+z']) await page.keyboard.press(key)
    await has('25,450')
    await eventually(() => hashOfLab(page)).toBe(hash)
    for (const key of ['Control+Shift+z', 'Control+Shift+z']) await page.keyboard.press(key)
    await panel.getByText('1568×32+32 = 50,208').waitFor()

    await page.keyboard.press('Shift+ArrowRight')
    await page.getByText('1 / 20').waitFor({ timeout: 60_000 })
    const results = page.getByRole('region', { name: word.results.title, exact: true })
    await results.getByText(word.results.accuracy, { exact: true }).first().click()
    const row = results.locator('tbody tr').last().locator('td')
    await eventually(() => row.count()).toBeGreaterThan(2)
    await eventually(() => percentOf(row.nth(2))).toBeGreaterThan(50)

    // 784 pixels of the digit, then 8 maps of as many, then 8 of a quarter: a filter finds something, and the pool keeps it.
    await eventually(() => pictures().length).toBe(784 + 8 * 784 + 8 * 196)
    const maps = Array.from({ length: 8 }, (_, n) => pictures().subarray(784 * (n + 1), 784 * (n + 2)))
    expect(maps.filter((one) => new Set(one).size > 20).length).toBeGreaterThan(4)
    const most = Math.max(...maps.flatMap((one) => [...one]))
    expect(Math.max(...pictures().subarray(784 * 9))).toBe(most)
    // A screen reader hears the filters and their kernels.
    await map.getByRole('treeitem').first().focus()
    for (const key of ['ArrowRight', 'ArrowDown', 'Enter', 'ArrowDown']) await page.keyboard.press(key)
    await eventually(() => map.locator('[role=treeitem][tabindex="0"]').getAttribute('aria-label')).toContain('3×3')
    await screenshot(page, `pictures-convolution-${language}`)
    expect(await accessibilityFindings(page)).toEqual([])

    expect(faults).toEqual([])
    await page.context().close()
  },
)
