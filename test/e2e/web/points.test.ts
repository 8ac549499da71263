/** Points of the plane in the web shell: six sets, how many, how noisy, drawn anew; features; how the surface is shown. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pointFeatures, randomShapes } from '../../../src/core/spec/index.ts'
import { eventually } from '../../support/eventually.ts'
import { journey } from '../../support/journey.ts'
import { launchBrowser, openPage } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { words } from '../../support/words.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** Pixels of a canvas, as one text. */
const picture = (canvas: Locator): Promise<string> =>
  canvas.evaluate((element) => (element instanceof HTMLCanvasElement ? element.toDataURL() : ''))

describe.each([
  { language: 'ko', locale: 'ko-KR', samples: '표본 수', noise: '잡음', share: '시험 비율' },
  { language: 'en', locale: 'en-GB', samples: 'Samples', noise: 'Noise', share: 'Test share' },
] as const)('points, in $language', ({ language, locale, samples, noise, share }) => {
  const word = words[language]
  let shell: WebShell
  let page: Page
  let faults: readonly string[]
  let main: Locator
  beforeAll(async () => {
    shell = await startWebShell({ language })
    ;({ page, faults } = await openPage(browser, shell.address, { locale }))
    page.setDefaultTimeout(10_000)
    main = page.getByRole('main')
    await journey(page, language).goTo('lab')
    await main.getByText('softmax 2').waitFor()
  })
  afterAll(() => shell.stop())

  const counts = (train: number, test: number): Promise<void> =>
    main
      .getByText(
        word.data.counts.replace('{train}', train.toLocaleString('en')).replace('{test}', test.toLocaleString('en')),
      )
      .waitFor()
  const set = async (name: string, value: string): Promise<void> => {
    const field = main.getByRole('textbox', { name, exact: true })
    await field.fill(value)
    await field.press('Enter')
  }
  const surface = (): Locator => page.getByRole('complementary', { name: word.lab.results }).locator('canvas').first()
  /** Does something, and waits until the decision surface looks otherwise. */
  const redraws = async (act: () => Promise<unknown>): Promise<void> => {
    const before = await picture(surface())
    await act()
    await eventually(() => picture(surface())).not.toBe(before)
  }

  it('each of the six sets is drawn and learned from', async () => {
    const shapes = main.locator('.shapes').getByRole('radio')
    // The last one is the pencil.
    expect(await shapes.count()).toBe(randomShapes.length + 1)
    for (let shape = randomShapes.length - 1; shape >= 0; shape--) {
      await redraws(() => shapes.nth(shape).check({ force: true }))
      expect(await shapes.nth(shape).isChecked()).toBe(true)
      const isNumber = ['plane', 'multi-gauss'].includes(randomShapes[shape] ?? '')
      await main.getByText('softmax 2').waitFor({ state: isNumber ? 'hidden' : 'visible' })
      await page.keyboard.press('Shift+ArrowRight')
      await eventually(async () => page.locator('.transport .count b').first().textContent()).not.toBe('0')
    }
    expect(faults).toEqual([])
  })

  it('there are as many, as noisy, and as many to test as is said; others are drawn on request, and undone', async () => {
    await set(samples, '200')
    await counts(100, 100)
    await set(share, '0.2')
    await counts(160, 40)
    await redraws(() => set(noise, '0.3'))
    await redraws(() => main.getByRole('button', { name: word.data.drawAgain }).click())
    await redraws(() => page.keyboard.press('Control+z'))
    await set(samples, '5')
    await main.getByRole('alert').filter({ hasText: samples }).waitFor()
    await set(samples, '10000')
    await counts(8000, 2000)
    await set(samples, '300')
    await counts(240, 60)
    expect(faults).toEqual([])
  })

  it('features are switched on and off; what was learned stays, one at least is left', async () => {
    const features = main.getByRole('group', { name: word.data.features }).getByRole('checkbox')
    expect(await features.count()).toBe(pointFeatures.length)
    const inputs = page.getByRole('tree').getByRole('treeitem').first()
    for (const index of [2, 4]) await features.nth(index).check({ force: true })
    await eventually(() => inputs.getAttribute('aria-label')).toMatch(/4/)
    for (const index of [0, 1, 2]) await features.nth(index).uncheck({ force: true })
    await eventually(() => inputs.getAttribute('aria-label')).toMatch(/1/)
    await features.nth(4).click({ force: true })
    await main.getByRole('alert').filter({ hasText: word.data.features }).waitFor()
    await eventually(() => features.nth(4).isChecked()).toBe(true)
    for (let step = 0; step < 5; step++) await page.keyboard.press('Control+z')
    await eventually(() => features.nth(0).isChecked()).toBe(true)
    await eventually(() => features.nth(4).isChecked()).toBe(false)
    expect(faults).toEqual([])
  })

  it('the surface is smooth or has edges, with or without the points that test', async () => {
    const results = page.getByRole('complementary', { name: word.lab.results })
    await redraws(() => results.getByText(word.chart.discrete, { exact: true }).click())
    await redraws(() => results.getByText(word.chart.testPoints, { exact: true }).click())
    await redraws(() => results.getByText(word.chart.discrete, { exact: true }).click())
    expect(faults).toEqual([])
  })
})
