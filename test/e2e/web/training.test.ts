/** Training in the web shell: steps, every rule that ends it, the best numbers, the same start and another, divergence. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { journey } from '../../support/journey.ts'
import { launchBrowser, openPage } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { type Client, connectClient, shownRun } from '../../support/watching.ts'
import { words } from '../../support/words.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each([
  { language: 'ko', locale: 'ko-KR', theme: 'dark' },
  { language: 'en', locale: 'en-GB', theme: 'light' },
] as const)('training, in $language, $theme', ({ language, locale, theme }) => {
  const word = words[language]
  let shell: WebShell
  let page: Page
  let client: Client
  let faults: readonly string[]
  beforeAll(async () => {
    shell = await startWebShell({ language })
    ;({ page, faults } = await openPage(browser, shell.address, { locale, colorScheme: theme }))
    page.setDefaultTimeout(10_000)
    client = await connectClient(shell.address)
    await journey(page, language).goTo('lab')
    await shownRun(page, 'lab')
  })
  afterAll(async () => {
    client.close()
    await shell.stop()
  })

  const steps = async (): Promise<number> =>
    Number(((await page.locator('.transport .count b').first().textContent()) ?? '').replace(/\D/g, ''))
  /** SHA-256 of all weights of the run that the page shows. */
  const hash = async (): Promise<unknown> => client.call('run.hash', { run: await shownRun(page, 'lab') })
  const answerOf = async (): Promise<string> => JSON.stringify(await hash()).replace(/"id":\d+,?/, '')
  const edit = async (path: string, value: unknown): Promise<unknown> =>
    client.call('run.edit', { run: await shownRun(page, 'lab'), path, value })
  const again = (): Promise<void> => page.keyboard.press('Control+Shift+R')
  const stopped = (text: string): Locator => page.getByText(text, { exact: true }).first()

  it('moves by sample, batch and epoch; the same start gives the same numbers, another seed others', async () => {
    const start = await answerOf()
    await page.keyboard.press('F9')
    await eventually(steps).toBe(1)
    await page.keyboard.press('F10')
    await eventually(steps).toBe(2)
    await again()
    await eventually(steps).toBe(0)
    expect(await answerOf()).toBe(start)
    await page.keyboard.press('Shift+ArrowRight')
    await eventually(steps).toBe(25)
    const learned = await answerOf()
    await again()
    await eventually(steps).toBe(0)
    await page.keyboard.press('Shift+ArrowRight')
    await eventually(steps).toBe(25)
    expect(await answerOf()).toBe(learned)
    await again()
    await eventually(steps).toBe(0)
    // What was learned is not lost by it.
    await page.keyboard.press('Control+z')
    await eventually(steps).toBe(25)
    expect(await answerOf()).toBe(learned)
    await page.keyboard.press('Control+Shift+Z')
    await eventually(steps).toBe(0)
    const seed = page.getByRole('toolbar', { name: word.transport.label }).getByRole('textbox')
    await seed.fill('7')
    await seed.press('Enter')
    await eventually(answerOf).not.toBe(start)
    await page.keyboard.press('Control+z')
    await eventually(answerOf).toBe(start)
    // A field keeps the arrow keys, but not those that type nothing.
    await page.keyboard.press('F10')
    await eventually(steps).toBe(1)
    await page.getByRole('main').focus()
    await again()
    await eventually(steps).toBe(0)
    expect(faults).toEqual([])
  })

  it('leaves map, curve and time where they are when it begins and when it is rewound', async () => {
    const bar = page.getByRole('region', { name: word.past.title, exact: true })
    const canvases = page.locator('.route-map canvas, .loss-chart canvas')
    const places = (): Promise<unknown> =>
      canvases.evaluateAll((all) => all.map((one) => [one.dataset.first, JSON.stringify(one.getBoundingClientRect())]))
    await bar.getByText(word.past.none).waitFor()
    expect(await bar.getByRole('slider').getAttribute('aria-disabled')).toBe('true')
    // The mark would be gone with a canvas that was made anew.
    await canvases.evaluateAll((all) => {
      for (const one of all) one.dataset.first = 'yes'
    })
    const before = await places()
    await page.keyboard.press('Shift+ArrowRight')
    await bar.getByText(word.past.now).waitFor()
    expect(await places()).toEqual(before)
    await again()
    await bar.getByText(word.past.none).waitFor()
    expect(await places()).toEqual(before)
    expect(faults).toEqual([])
  })

  it('a past moment has the numbers of then, bit for bit', async () => {
    for (const at of [25, 50, 75, 100]) {
      await page.keyboard.press('Shift+ArrowRight')
      await eventually(steps).toBe(at)
    }
    const now = await answerOf()
    const slider = page.getByRole('region', { name: word.past.title, exact: true }).getByRole('slider')
    await slider.focus()
    await slider.press('Home')
    await eventually(steps).toBe(0)
    const first = await answerOf()
    await slider.press('ArrowRight')
    await eventually(steps).toBeGreaterThan(0)
    const then = await answerOf()
    const at = await steps()
    expect(new Set([now, first, then]).size).toBe(3)
    await page.getByRole('button', { name: word.past.back }).click()
    await eventually(steps).toBe(100)
    expect(await answerOf()).toBe(now)
    await again()
    await eventually(steps).toBe(0)
    expect(await answerOf()).toBe(first)
    while ((await steps()) < at) {
      const before = await steps()
      await page.keyboard.press('F10')
      await eventually(steps).toBe(before + 1)
    }
    expect(await answerOf()).toBe(then)
    expect(faults).toEqual([])
  })

  it('offers what can be done with the past on a narrow window as well', async () => {
    await page.setViewportSize({ width: 720, height: 900 })
    await page.keyboard.press('Shift+ArrowRight')
    await eventually(steps).toBeGreaterThan(0)
    const bar = page.getByRole('region', { name: word.past.title, exact: true })
    await bar.getByRole('slider').press('Home')
    await eventually(steps).toBe(0)
    // A trial click is refused where something else lies over the button.
    for (const name of [word.past.goOn, word.past.back, word.fork.here])
      await bar.getByRole('button', { name }).click({ trial: true })
    await bar.getByRole('button', { name: word.past.back }).click()
    await eventually(steps).toBeGreaterThan(0)
    await again()
    await page.setViewportSize({ width: 1440, height: 900 })
    expect(faults).toEqual([])
  })

  it('ends by each of its rules, and says by which', async () => {
    const rules = [
      ['epochs', 3, word.past.byEpochs],
      ['seconds', 0.2, word.past.bySeconds],
      ['loss', 0.6, word.past.byLoss],
      ['patience', 1, word.past.byPatience],
    ] as const
    await client.call('run.speed', { run: await shownRun(page, 'lab'), stepsPerSecond: null })
    for (const [rule, value, told] of rules) {
      await edit(`training.stop.${rule}`, value)
      await again()
      await eventually(steps).toBe(0)
      await page.keyboard.press('F5')
      await stopped(told).waitFor({ timeout: 30_000 })
      if (rule === 'epochs') expect(await steps()).toBe(75)
      expect(await page.getByRole('banner').isVisible()).toBe(true)
      await edit(`training.stop.${rule}`, rule === 'epochs' ? 100_000 : 0)
    }
    expect(faults).toEqual([])
  })

  it('the best numbers are put back, and taken back', async () => {
    // So noisy that the test loss rises again.
    await edit('data.noise', 1)
    await edit('training.optimizer.learningRate', 0.3)
    await edit('training.stop.epochs', 40)
    await again()
    await eventually(steps).toBe(0)
    await page.keyboard.press('F5')
    await eventually(steps).toBe(1000)
    const last = await answerOf()
    const best = page.getByRole('button', { name: word.past.takeBest })
    await best.click()
    await eventually(answerOf).not.toBe(last)
    await page.keyboard.press('Control+z')
    await eventually(answerOf).toBe(last)
    expect(faults).toEqual([])
  })

  it('another source of data and an example take the place of a run, which comes back whole', async () => {
    const points = await answerOf()
    const [done, run] = [await steps(), await shownRun(page, 'lab')]
    const curve = page.locator('.loss-chart canvas').first()
    // What is told of a curve follows to its end.
    await eventually(() => curve.getAttribute('aria-label')).toMatch(/\b40\b/)
    const told = await curve.getAttribute('aria-label')
    await page.locator('.sources').getByText(word.data.table, { exact: true }).click()
    await page.getByText('train 120 · test 30').or(page.getByText('학습 120 · 시험 30')).first().waitFor()
    const undo = page.getByRole('banner').getByRole('button', { name: word.command.undo, exact: true })
    await eventually(() => undo.getAttribute('aria-description')).toContain('circle')
    await page.keyboard.press('Shift+ArrowRight')
    await eventually(steps).toBeGreaterThan(0)
    const table = await answerOf()
    await page.keyboard.press('Control+z')
    await eventually(steps).toBe(done)
    expect([await shownRun(page, 'lab'), await answerOf()]).toEqual([run, points])
    await eventually(() => curve.getAttribute('aria-label')).toBe(told)
    await page.keyboard.press('Control+Shift+Z')
    await eventually(answerOf).toBe(table)
    // The page still knows the way back when it is loaded anew.
    await page.reload()
    await eventually(answerOf).toBe(table)
    await eventually(() => undo.isEnabled()).toBe(true)
    await undo.click()
    await eventually(answerOf).toBe(points)
    await eventually(steps).toBe(done)
    expect(faults).toEqual([])
  })

  it('a divergence is found at once, explained, and mended on a fork by one click', async () => {
    await page.locator('.shapes').getByRole('radio').nth(4).check({ force: true })
    await edit('training.optimizer.name', 'sgd')
    await edit('training.optimizer.learningRate', 10)
    await again()
    await page.keyboard.press('F5')
    const banner = page
      .getByRole('alert')
      .filter({ has: page.getByRole('button') })
      .first()
    await banner.waitFor()
    await eventually(() => banner.textContent()).toMatch(/\d/)
    expect(JSON.stringify(await client.call('run.hash', { run: await shownRun(page, 'lab') }))).not.toContain('NaN')
    await banner.getByRole('button').first().click()
    const fork = page.getByRole('article', { name: 'B', exact: true })
    await fork.waitFor()
    const stepIn = async (): Promise<number> =>
      Number(((await fork.locator('dd').first().textContent()) ?? '').replace(/\D/g, ''))
    await eventually(stepIn).toBeGreaterThan(20)
    expect(faults).toEqual([])
  })
})
