/** States of the laboratory to be looked at beside the design: how each is reached from a page just opened. */
import type { Locator, Page } from 'playwright-core'
import { journey } from './journey.ts'
import { blobs } from './painting.ts'
import { type Language, words } from './words.ts'

/** A state by its name; `width` where it is not looked at in 1440 px. */
export interface State {
  readonly name: string
  readonly width?: number
  open(page: Page, language: Language): Promise<unknown>
}

/** Trains so many epochs and stands still there. */
async function train(page: Page, language: Language, epochs: number): Promise<void> {
  const counter = page.getByRole('progressbar', { name: words[language].transport.epoch }).locator('xpath=..')
  for (let epoch = 0; epoch < epochs; epoch++) {
    const before = await counter.textContent()
    await page.keyboard.press('Shift+ArrowRight')
    while ((await counter.textContent()) === before) await page.waitForTimeout(20)
  }
  await page.getByText(words[language].chart.empty).waitFor({ state: 'hidden' })
}
async function trained(page: Page, language: Language): Promise<void> {
  await journey(page, language).goTo('lab')
  await train(page, language, 12)
}
const source = (page: Page, language: Language, kind: 'table' | 'digits'): Promise<void> =>
  page.getByRole('main').locator('.sources').getByText(words[language].data[kind], { exact: true }).click()

/** The plane while points are painted on it. */
export function paintPad(page: Page, language: Language): Locator {
  const [name = ''] = words[language].paint.pad.split(',')
  return page.getByRole('application', { name: new RegExp(`^${name}`) })
}

/** Begins an empty painting. */
async function beginPainting(page: Page, language: Language): Promise<void> {
  await page.locator('.surface-view').waitFor()
  await page.keyboard.press('Alt+p')
  const dialog = page.getByRole('dialog', { name: words[language].paint.title })
  await dialog.getByRole('button', { name: words[language].paint.fromEmpty }).click()
  await paintPad(page, language).waitFor()
}

/** Points of one class in a painting by hand. */
const pointsOfBlob = 24

/** Paints blobs of the first `classes` classes with the mouse, a drag each. */
export async function paintBlobs(page: Page, language: Language, classes: number): Promise<void> {
  await beginPainting(page, language)
  const box = await paintPad(page, language).boundingBox()
  if (box === null) throw new Error('there is no plane to paint on')
  const move = async ([x, y]: readonly number[] = []): Promise<void> =>
    page.mouse.move(box.x + (((x ?? 0) + 6) / 12) * box.width, box.y + ((6 - (y ?? 0)) / 12) * box.height)
  for (let label = 0; label < classes; label++) {
    const points = blobs(classes, pointsOfBlob).filter((point) => point[2] === label)
    await page.keyboard.press(`${label + 1}`)
    await move(points[0])
    await page.mouse.down()
    for (const point of points) await move(point)
    await page.mouse.up()
  }
}

/** Opens a ready example by its name in the list. */
async function openExample(page: Page, language: Language, example: 'digitsConvolution' | 'wordOrder'): Promise<void> {
  const list = page.getByRole('combobox', { name: words[language].examples.choose })
  await list.focus()
  await list.press('Enter')
  await page.getByRole('option', { name: words[language].examples[example] }).dispatchEvent('click')
  await page.getByRole('main').focus()
}

/** Ten states, and some of them in other widths. */
export const states: readonly State[] = [
  { name: 'empty', open: (page, language) => journey(page, language).goTo('lab') },
  { name: 'trained', open: trained },
  {
    name: 'spiral',
    async open(page, language) {
      await journey(page, language).goTo('lab')
      const spiral = page.getByRole('radio', { name: words[language].choice.spiral, exact: true })
      await spiral.check({ force: true })
      await train(page, language, 20)
    },
  },
  {
    name: 'painted',
    async open(page, language) {
      await journey(page, language).goTo('lab')
      await paintBlobs(page, language, 3)
      await page.keyboard.press('Escape')
      await train(page, language, 30)
    },
  },
  {
    name: 'painting',
    async open(page, language) {
      await journey(page, language).goTo('lab')
      await paintBlobs(page, language, 6)
    },
  },
  {
    name: 'table',
    async open(page, language) {
      await journey(page, language).goTo('lab')
      await source(page, language, 'table')
      await page.getByText('softmax 3').waitFor()
      await train(page, language, 20)
    },
  },
  {
    name: 'digits',
    async open(page, language) {
      await journey(page, language).goTo('lab')
      await source(page, language, 'digits')
      await page.getByText('softmax 10').waitFor()
      await train(page, language, 1)
    },
  },
  {
    name: 'convolution',
    async open(page, language) {
      await journey(page, language).goTo('lab')
      await openExample(page, language, 'digitsConvolution')
      await page.getByText('softmax 10').waitFor()
      await train(page, language, 2)
    },
  },
  {
    name: 'word-order',
    async open(page, language) {
      await journey(page, language).goTo('lab')
      await openExample(page, language, 'wordOrder')
      await page.getByText('softmax 4').waitFor()
      await train(page, language, 60)
    },
  },
  {
    name: 'diverged',
    async open(page, language) {
      const main = page.getByRole('main')
      const person = journey(page, language)
      await person.goTo('lab')
      await main.locator('.shapes label').nth(4).click()
      await main
        .getByRole('combobox', { name: words[language].network.hidden.replace('{number}', '1') })
        .first()
        .waitFor()
      await person.setLearningRate('10')
      await main.focus()
      await person.train()
      await main.locator('.banner').waitFor()
    },
  },
  {
    name: 'focus',
    async open(page, language) {
      await trained(page, language)
      await page.getByRole('tree').getByRole('treeitem').first().focus()
      for (const key of ['ArrowRight', 'Enter', 'Enter', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
      await page.getByRole('complementary', { name: words[language].passport.title }).waitFor()
    },
  },
  {
    name: 'operation',
    async open(page, language) {
      await trained(page, language)
      const panel = page.getByRole('complementary', { name: words[language].operation.title })
      for (let phase = 0; phase < 2; phase++) {
        await page.keyboard.press('F8')
        await panel.locator(`li:nth-child(${phase + 1}) [aria-current]`).waitFor()
      }
      await panel.locator('.formula b').first().waitFor()
    },
  },
  {
    name: 'forked',
    async open(page, language) {
      await trained(page, language)
      await page.keyboard.press('Alt+f')
      const fork = page.getByRole('dialog', { name: words[language].fork.title })
      await fork.locator('.tries button').first().click()
      await fork.getByRole('button', { name: words[language].fork.begin }).click()
      await fork.waitFor({ state: 'hidden' })
      await train(page, language, 10)
    },
  },
  {
    name: 'dialog',
    async open(page, language) {
      await trained(page, language)
      await page.keyboard.press('Control+Shift+E')
      await page.getByRole('dialog', { name: words[language].exports.title }).waitFor()
    },
  },
  {
    name: 'palette',
    async open(page, language) {
      await trained(page, language)
      await page.keyboard.press('Control+Shift+P')
      await page.getByRole('combobox', { name: words[language].palette.title }).waitFor()
    },
  },
  {
    name: 'painting',
    width: 1100,
    async open(page, language) {
      await journey(page, language).goTo('lab')
      await paintBlobs(page, language, 3)
    },
  },
  { name: 'trained', width: 1100, open: trained },
  { name: 'trained', width: 1920, open: trained },
  // 200 % on a screen of 1440 px.
  { name: 'trained', width: 720, open: trained },
]
