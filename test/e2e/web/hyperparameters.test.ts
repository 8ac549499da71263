/** The laboratory's hyperparameters in the web shell, by keyboard: found, changed while it trains, taken back from their marks. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hyperparameterAt } from '../../../src/core/spec/index.ts'
import type { Edit } from '../../../src/shared/protocol.ts'
import { journey } from '../../support/journey.ts'
import { accessibilityFindings, launchBrowser, openWatchedPage, screenshot } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { words } from '../../support/words.ts'

/** A change to each of five topics, and what is typed to find it. */
const changes = [
  { path: 'training.optimizer.learningRate', value: '0.1', typed: { ko: 'ㅎㅅㄹ', en: 'learning rate' } },
  { path: 'training.batchSize', value: '20', typed: { ko: 'ㅂㅊ ㅋㄱ', en: 'batch size' } },
  { path: 'training.l2', value: '0.001', typed: { ko: 'λ2', en: 'λ2' } },
  { path: 'training.clip.norm', value: '5', typed: { ko: 'ㄱㅇㄱ ㅋㄱ', en: 'clip norm' } },
  { path: 'training.schedule.warmupSteps', value: '10', typed: { ko: '준비', en: 'warm-up' } },
] as const
const firstRate = 0.03

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
  const word = words[language]
  const nameOf = (path: string): string => hyperparameterAt(path)?.[language].name ?? ''
  beforeAll(async () => {
    shell = await startWebShell({ language })
  })
  afterAll(() => shell.stop())

  const search = (page: Page): Locator => page.getByRole('textbox', { name: word.panel.search })
  const chartMarks = (page: Page): Locator => page.locator('.chart').getByRole('group', { name: word.marks.title })
  const card = (page: Page): Locator => page.getByRole('dialog', { name: word.marks.title })
  const button = (page: Page, command: 'undo' | 'redo'): Locator =>
    page.getByRole('banner').getByRole('button', { name: word.command[command], exact: true })

  /** Finds a row and types its value; focus stays where a person has it. */
  async function change(page: Page, { path, value, typed }: (typeof changes)[number], edits: readonly Edit[]) {
    await search(page).fill(typed[language])
    const field = page.getByRole('main').getByRole('textbox', { name: nameOf(path), exact: true })
    await field.waitFor()
    await search(page).press('Tab')
    await field.focus()
    await field.fill(value)
    await field.press('Enter')
    await expect.poll(() => edits.at(-1)).toMatchObject({ path, to: Number(value) })
  }

  it('are found, changed while it trains, marked, taken back one and all, by keyboard', async () => {
    const { page, faults, edits } = await openWatchedPage(browser, shell.address, { colorScheme: theme, locale })
    const person = journey(page, language)
    await person.goTo('lab')
    await page.getByRole('main').focus()
    await page.keyboard.press('Space')
    await page.getByText(word.chart.empty).waitFor({ state: 'hidden' })
    const steps = (): number => edits.at(-1)?.step ?? 0
    for (const [n, one] of changes.entries()) {
      const before = steps()
      await change(page, one, edits)
      expect(edits).toHaveLength(n + 1)
      expect(steps()).toBeGreaterThanOrEqual(before)
    }
    await search(page).press('Escape')
    await page.getByRole('main').focus()
    await person.pause()
    await expect.poll(() => chartMarks(page).getByRole('button').count()).toBeGreaterThan(0)

    // The first mark: the learning rate, alone or with what came right after it.
    await chartMarks(page).getByRole('button').first().focus()
    await page.keyboard.press('Enter')
    const rate = card(page)
      .getByRole('listitem')
      .filter({ hasText: nameOf(changes[0].path) })
    await rate.getByText('0.03 → 0.1').waitFor()
    await screenshot(page, `marks-${theme}`)
    expect(await accessibilityFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await card(page).waitFor({ state: 'hidden' })
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('mark')
    await page.keyboard.press('Enter')
    await rate.getByRole('button', { name: word.marks.takeBack }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => edits.at(-1)).toMatchObject({ path: changes[0].path, from: 0.1, to: firstRate })

    // Undo names what it takes back: the taking back first, then the five, the last of them first.
    const described = (): Promise<string | null> => button(page, 'undo').getAttribute('aria-description')
    await expect.poll(described).toBe(`${nameOf(changes[0].path)} 0.1 → 0.03`)
    await page.getByRole('main').focus()
    for (const { path } of [changes[0], ...[...changes].reverse()]) {
      await expect.poll(described).toContain(nameOf(path))
      await page.keyboard.press('Control+z')
      await expect.poll(() => edits.at(-1)?.path).toBe(path)
    }
    await expect.poll(() => button(page, 'undo').isDisabled()).toBe(true)
    expect(await person.learningRate().inputValue()).toBe(String(firstRate))
    await expect.poll(() => button(page, 'redo').getAttribute('aria-description')).toContain('0.03 → 0.1')
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('are explained beside their row, tried with one key, and shown where they are not as by default', async () => {
    const { page, faults, edits } = await openWatchedPage(browser, shell.address, { colorScheme: theme, locale })
    const person = journey(page, language)
    await person.goTo('lab')
    await person.learningRate().focus()
    const before = await person.learningRate().boundingBox()
    await page.keyboard.press('F1')
    const note = page.getByRole('dialog', { name: nameOf(changes[0].path) })
    await note.getByText(hyperparameterAt(changes[0].path)?.[language].about ?? '').waitFor()
    expect(await person.learningRate().boundingBox()).toEqual(before)
    await screenshot(page, `explained-${theme}`)
    expect(await accessibilityFindings(page)).toEqual([])
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => edits.at(-1)).toMatchObject({ path: changes[0].path, to: 1 })
    const changed = page.getByRole('button', { name: word.panel.onlyChanged.replace('{count}', '3') })
    await changed.focus()
    await page.keyboard.press('Enter')
    const results = page.getByRole('region', { name: word.panel.results })
    await screenshot(page, `changed-${theme}`)
    expect(await accessibilityFindings(page)).toEqual([])
    await results.getByRole('button', { name: word.hyper.reset.replace('{value}', '0.01') }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => edits.at(-1)).toMatchObject({ path: changes[0].path, to: 0.01 })
    await results.getByRole('textbox', { name: nameOf(changes[0].path) }).waitFor({ state: 'hidden' })
    expect(faults).toEqual([])
    await page.context().close()
  })
})
