/** What a person does in the page, by the names that they read. Works on either shell. */
import type { Locator, Page } from 'playwright-core'
import { beginning, type Language, words } from './words.ts'

/** A percentage the story asks for. */
const learnedPercent = 95
const patienceMs = 20_000
/** Frames come at least this often while anything changes. */
const settleMs = 200

/** The steps of a journey through the page in one language. */
export interface Journey {
  /** Goes to a view with its link. */
  goTo(view: 'story' | 'lab' | 'library'): Promise<void>
  /** The button that trains, pauses, goes on. */
  trainButton(): Locator
  /** Starts or goes on training. */
  train(): Promise<void>
  /** Trains the laboratory's run to the end of its hundred epochs, as fast as it goes. */
  trainFully(): Promise<void>
  /** Has it go as fast as it can. */
  hurry(): Promise<void>
  /** Pauses and waits until the page shows the last step that was done. */
  pause(): Promise<void>
  /** p(사랑해) as the story shows it, in percent. */
  probability(): Promise<number>
  /** Waits until p(사랑해) is above 95 %. */
  learned(): Promise<void>
  /** The field of the learning rate. */
  learningRate(): Locator
  /** Types a learning rate and leaves the field. */
  setLearningRate(rate: string): Promise<void>
  /** Saves under a name and waits for the page's word that it is done. */
  save(name: string): Promise<void>
  /** Opens a saved model from the library. */
  open(name: string): Promise<void>
  /** Steps done, as the story shows them. */
  steps(): Promise<number>
}

function numberIn(text: string | null): number {
  return Number((text ?? '').replace(/[^\d.]/g, ''))
}

/** Journey through a page that is already open. */
export function journey(page: Page, language: Language): Journey {
  const word = words[language]
  const trains = [
    word.story.train,
    word.transport.train,
    word.transport.pause,
    word.transport.continue,
    word.transport.again,
    word.story.again,
  ]
  const goTo: Journey['goTo'] = (view) => page.getByRole('link', { name: word.app[view], exact: true }).click()
  const probability = async (): Promise<number> => {
    const row = page.getByRole('listitem').filter({ hasText: '사랑해' }).filter({ hasText: '%' })
    return numberIn(/([\d.]+)\s*%/.exec((await row.first().textContent()) ?? '')?.[1] ?? '')
  }
  const until = async (what: string, isTrue: () => Promise<boolean>): Promise<void> => {
    const deadline = Date.now() + patienceMs
    while (!(await isTrue())) {
      if (Date.now() > deadline) throw new Error(`${what} did not happen within ${patienceMs / 1000} s`)
      await page.waitForTimeout(50)
    }
  }
  const steps = async (): Promise<number> => {
    const heading = page.getByRole('heading', { level: 2, name: new RegExp(`^${word.story.answer}`) })
    return numberIn(await heading.textContent())
  }
  // An untrained lab offers it twice: in the toolbar, and on the map.
  const trainButton = (): Locator =>
    page
      .getByRole('main')
      .getByRole('button', { name: new RegExp(trains.map((name) => beginning(name).source).join('|')) })
      .first()
  const learningRate = (): Locator =>
    page.getByRole('main').getByRole('textbox', { name: language === 'ko' ? '학습률' : 'Learning rate', exact: true })
  const hurry = (): Promise<void> =>
    page.getByRole('main').getByRole('slider', { name: word.transport.speed, exact: true }).press('End')
  return {
    goTo,
    train: () => trainButton().click(),
    async trainFully() {
      await hurry()
      await trainButton().click()
      await page
        .getByRole('main')
        .getByText(/\b100 \/ 100/)
        .waitFor()
    },
    hurry,
    async pause() {
      const pauses = page.getByRole('main').getByRole('button', { name: beginning(word.transport.pause) })
      // One that ends by itself meanwhile needs no click.
      if (await pauses.isVisible()) await Promise.any([pauses.click(), pauses.waitFor({ state: 'hidden' })])
      await pauses.waitFor({ state: 'hidden' })
      let shown = ''
      await until('the last frame', async () => {
        const before = shown
        await page.waitForTimeout(settleMs)
        shown = (await page.getByRole('main').textContent()) ?? ''
        return shown === before
      })
    },
    trainButton,
    probability,
    learned: () => until('p(사랑해) > 95 %', async () => (await probability()) > learnedPercent),
    learningRate,
    async setLearningRate(rate) {
      await learningRate().fill(rate)
      await learningRate().press('Enter')
    },
    async save(name) {
      await page.getByRole('banner').getByRole('button', { name: word.command.save, exact: true }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox').fill(name)
      await dialog.getByRole('button', { name: word.save.save, exact: true }).click()
      await dialog.waitFor({ state: 'hidden' })
    },
    async open(name) {
      await goTo('library')
      await page.getByRole('button', { name: word.library.openNamed.replace('{name}', name), exact: true }).click()
    },
    steps,
  }
}
