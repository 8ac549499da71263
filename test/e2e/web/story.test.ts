/** The story as a learner goes through it: by hand, by the trainer, with sentences of one's own, on a ride. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { journey } from '../../support/journey.ts'
import { savedModel, tensorDigest } from '../../support/models.ts'
import { accessibilityFindings, launchBrowser, openPage, screenshot } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { beginning, type Language, words } from '../../support/words.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** Presses that a person may need at most. */
const mostPresses = 60

function learner(page: Page, language: Language) {
  const word = words[language]
  const main = page.getByRole('main')
  const side = main.getByRole('complementary', { name: word.story.side })
  const button = (name: string) => side.getByRole('button', { name: beginning(name) }).first()
  const chapter = (name: string) =>
    page.getByRole('navigation', { name: word.story.chapters }).getByRole('button', { name })
  return {
    word,
    main,
    button,
    chapter,
    /** The answer that the model gave. */
    answer: () => main.locator('.say u').first().textContent(),
    /** Presses a button of praise or scolding and waits for the step that it makes. */
    async press(name: string): Promise<void> {
      const steps = await journey(page, language).steps()
      await button(name).click()
      await expect.poll(() => journey(page, language).steps()).toBe(steps + 1)
      await expect.poll(() => button(name).isEnabled()).toBe(true)
    },
    /** Rows of the list of sentences. */
    rows: () => main.getByRole('group', { name: new RegExp(`^${word.sentences.row.replace('{number}', '\\d+')}$`) }),
    /** The probability of an answer now, in percent. */
    async probabilityOf(answer: string): Promise<number> {
      const text = await main
        .getByRole('listitem')
        .filter({ hasText: answer })
        .filter({ hasText: '→' })
        .first()
        .textContent()
      return Number(/→\s*\D*([\d.]+)\s*%/.exec(text ?? '')?.[1])
    },
    /** The share of a context that has a progress bar, from 0 to 1. */
    goal: async (context: string) =>
      Number(await main.getByRole('progressbar', { name: context, exact: true }).getAttribute('value')),
  }
}

describe.each([
  { language: 'ko', locale: 'ko-KR' },
  { language: 'en', locale: 'en-GB' },
] as const)('the story in $language', ({ language, locale }) => {
  let shell: WebShell
  beforeAll(async () => {
    shell = await startWebShell({ language })
  })
  afterAll(() => shell.stop())

  it('ends at 사랑해 by praise and scolding alone', async () => {
    const { page, faults } = await openPage(browser, shell.address, { locale })
    const person = learner(page, language)
    await person.button(person.word.teach.ask).click()
    let presses = 0
    while ((await journey(page, language).probability()) <= 95 && presses < mostPresses) {
      const isRight = (await person.answer())?.trim() === '사랑해'
      await person.press(isRight ? person.word.teach.praise : person.word.teach.scold)
      presses += 1
    }
    expect(await journey(page, language).probability()).toBeGreaterThan(95)
    expect(presses).toBeLessThanOrEqual(mostPresses)
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('shows what one praise changed, and takes it back exactly', async () => {
    const { page, faults } = await openPage(browser, shell.address, { locale })
    const person = learner(page, language)
    const digest = async (name: string): Promise<string> => {
      await journey(page, language).save(name)
      return tensorDigest(savedModel(shell.home, name), true)
    }
    await person.button(person.word.teach.ask).click()
    const before = await digest('before')
    await person.press(person.word.teach.praise)
    expect(await digest('praised')).not.toBe(before)
    expect(await person.main.locator('.moved tbody tr').count()).toBe(10)
    await screenshot(page, `story-praised-${language}`)
    expect(await accessibilityFindings(page)).toEqual([])
    await person.button(person.word.teach.takeBack).click()
    await person.main.getByText(person.word.teach.takenBack).first().waitFor()
    expect(await digest('after')).toBe(before)
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('is taught by the trainer within five seconds, four sentences at once, and tells of a conflict', async () => {
    const { page, faults } = await openPage(browser, shell.address, { locale })
    const person = learner(page, language)
    const { teach, sentences, story } = person.word
    const choose = (name: string) => person.main.locator('.el-segmented').getByText(name, { exact: true }).click()
    await choose(teach.byPraise)
    await choose(teach.full)
    const begin = Date.now()
    await person.button(story.train).click()
    await expect.poll(() => person.goal('나는 너를'), { timeout: 5000 }).toBeGreaterThan(0.95)
    expect(Date.now() - begin).toBeLessThan(5000)
    await journey(page, language).pause()

    await person.chapter(story.chapterSentences).click()
    await person.button(sentences.setFirst).click()
    await expect.poll(() => person.rows().count()).toBe(4)
    await person.chapter(story.chapterTeach).click()
    await choose(teach.byAnswers)
    await journey(page, language).train()
    for (const context of ['Go', 'Come', 'Get', '나는 너를']) {
      await expect.poll(() => person.goal(context), { timeout: 5000 }).toBeGreaterThan(0.95)
    }
    await person.main.getByText(teach.arrived).waitFor()
    await journey(page, language).pause()

    await person.chapter(story.chapterSentences).click()
    await person.button(sentences.setConflict).click()
    await expect.poll(() => person.rows().count()).toBe(5)
    await person.main
      .getByText(language === 'ko' ? "'Go' 다음에 맞는 답이 2개" : "For 'Go', 2 answers are right")
      .first()
      .waitFor()
    await person.chapter(story.chapterTeach).click()
    await journey(page, language).train()
    await person.main.getByRole('radio', { name: 'Go', exact: true }).check({ force: true })
    await person.button(story.again).waitFor()
    for (const answer of ['Potty', 'Outside']) {
      await expect.poll(() => person.probabilityOf(answer)).toBeGreaterThan(40)
      expect(await person.probabilityOf(answer)).toBeLessThan(60)
    }
    expect(faults).toEqual([])
    await page.context().close()
  })

  it('learns a sentence of one’s own, rides it, and answers strange texts with a sentence', async () => {
    const { page, faults } = await openPage(browser, shell.address, { locale })
    const person = learner(page, language)
    const { sentences, story, ride } = person.word
    await person.chapter(story.chapterSentences).click()
    const context = person.main.getByRole('textbox', { name: sentences.newContext })
    const answer = person.main.getByRole('textbox', { name: sentences.newAnswer })
    const add = async (before: string, after: string): Promise<void> => {
      await context.fill(before)
      await answer.fill(after)
      await person.button(sentences.add).click()
    }
    await add('고양이는', '😺 야옹')
    await expect.poll(() => person.rows().count()).toBe(5)
    await add('   ', '')
    await person.main.getByRole('alert').waitFor()
    expect(await person.rows().count()).toBe(5)
    // Decomposed letters are the same words; no second input stop appears for them.
    await add('고양이는'.normalize('NFD'), '물')
    await expect.poll(() => person.rows().count()).toBe(6)
    await person.main.getByText(sentences.stops.replace('{ins}', '3').replace('{outs}', '6')).waitFor()
    await add(Array.from({ length: 10_000 }, (_, n) => `말${n}`).join(' '), '끝')
    await person.main.getByRole('alert').waitFor()
    expect(await person.rows().count()).toBe(6)

    await person.chapter(story.chapterTeach).click()
    await journey(page, language).train()
    await expect.poll(() => person.goal('나는 너를'), { timeout: 20_000 }).toBeGreaterThan(0.9)
    await journey(page, language).pause()
    await person.chapter(story.chapterRide).click()
    await person.main.getByRole('textbox', { name: ride.text }).fill('나는 너를')
    await person.button(ride.go).click()
    await expect.poll(() => person.answer(), { timeout: 5000 }).toContain('사랑해')
    await person.main.getByRole('textbox', { name: ride.text }).fill('!?')
    await person.button(ride.go).click()
    await person.main.getByRole('alert').waitFor()
    await screenshot(page, `story-ride-${language}`)
    expect(await accessibilityFindings(page)).toEqual([])
    expect(faults).toEqual([])
    await page.context().close()
  })
})
