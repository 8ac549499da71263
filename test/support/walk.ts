/** A walk over every view of the page: each stop opens one more thing, as a person would, and says what it is called. */
import type { Page } from 'playwright-core'
import { journey } from './journey.ts'
import { beginning, type Language, words } from './words.ts'

/** One thing that is open, and how it is opened from where the walk was before. */
export interface WalkStop {
  readonly name: string
  open(): Promise<unknown>
}

/** A table of a person's own: three columns, one of them words, a cell empty. */
const table = 'length,width,kind\n1.5,0.5,a\n2.5,,b\n1.75,0.25,a\n2.25,0.75,b\n1.25,0.5,a\n2.75,1,b\n'

/** The story's pages, the library and the list of hyperparameters. */
export function walkOutside(page: Page, language: Language): readonly WalkStop[] {
  const word = words[language]
  const person = journey(page, language)
  const main = page.getByRole('main')
  const chapter = (name: string): Promise<void> =>
    page.getByRole('navigation', { name: word.story.chapters }).getByRole('button', { name }).click()
  const saveDialog = page.getByRole('dialog', { name: word.save.title })
  return [
    { name: 'story', open: () => main.waitFor() },
    {
      name: 'story-praised',
      async open() {
        await main
          .getByRole('button', { name: beginning(word.teach.ask) })
          .first()
          .click()
        await main
          .getByRole('button', { name: beginning(word.teach.praise) })
          .first()
          .click()
        await main.locator('.moved tbody tr').first().waitFor()
      },
    },
    { name: 'story-sentences', open: () => chapter(word.story.chapterSentences) },
    {
      name: 'story-ride',
      async open() {
        await chapter(word.story.chapterRide)
        await main.getByRole('textbox', { name: word.ride.text }).fill('나는 너를')
        await main.getByRole('button', { name: word.ride.go, exact: true }).click()
      },
    },
    {
      name: 'story-routes',
      async open() {
        await page.keyboard.press('Alt+r')
        await page.getByRole('complementary', { name: word.routes.title }).waitFor()
      },
    },
    { name: 'hyperparameters', open: () => page.keyboard.press('Alt+3') },
    { name: 'library-empty', open: () => person.goTo('library') },
    {
      name: 'save',
      async open() {
        await person.goTo('story')
        await page.keyboard.press('Control+s')
        await saveDialog.getByRole('textbox').fill(`walk-${language}`)
      },
    },
    {
      name: 'library',
      async open() {
        await saveDialog.getByRole('textbox').press('Enter')
        await saveDialog.waitFor({ state: 'hidden' })
        await person.goTo('library')
        await page.getByRole('button', { name: word.library.openNamed.replace('{name}', `walk-${language}`) }).waitFor()
      },
    },
    {
      name: 'library-delete',
      open: () =>
        page.getByRole('button', { name: word.library.deleteNamed.replace('{name}', `walk-${language}`) }).click(),
    },
  ]
}

/** The laboratory's panels, tabs and lists. */
export function walkPanels(page: Page, language: Language): readonly WalkStop[] {
  const word = words[language]
  const person = journey(page, language)
  const main = page.getByRole('main')
  const network = page.getByRole('region', { name: word.network.title, exact: true })
  const passport = page.getByRole('complementary', { name: word.passport.title })
  const results = (tab: 'accuracy' | 'report' | 'heaps') => (): Promise<void> =>
    page.getByRole('radiogroup', { name: word.results.title }).getByText(word.results[tab], { exact: true }).click()
  return [
    { name: 'lab-untrained', open: () => person.goTo('lab') },
    {
      name: 'lab-trained',
      async open() {
        for (let epoch = 0; epoch < 3; epoch++) await page.keyboard.press('Shift+ArrowRight')
        await page.getByText(word.chart.empty).waitFor({ state: 'hidden' })
      },
    },
    { name: 'lab-numbers', open: () => page.keyboard.press('Alt+n') },
    { name: 'lab-focus', open: () => page.keyboard.press('Alt+o') },
    { name: 'lab-quiet', open: () => page.keyboard.press('Alt+q') },
    {
      name: 'lab-past',
      async open() {
        await page.keyboard.press('Alt+q')
        await page.getByRole('region', { name: word.past.title, exact: true }).getByRole('slider').press('Home')
        await page.getByRole('button', { name: word.past.goOn }).waitFor()
      },
    },
    {
      name: 'lab-now',
      async open() {
        await page.getByRole('button', { name: word.past.back }).click()
        await page.getByRole('button', { name: word.past.goOn }).waitFor({ state: 'hidden' })
        await main.focus()
      },
    },
    { name: 'lab-accuracy', open: results('accuracy') },
    {
      name: 'lab-report',
      async open() {
        await results('report')()
        await main.getByRole('table').getByText(word.results.corner).waitFor()
      },
    },
    {
      name: 'lab-heaps',
      async open() {
        await results('heaps')()
        await main.getByRole('heading', { name: word.results.activations }).waitFor()
      },
    },
    { name: 'lab-add-layer', open: () => network.getByRole('button', { name: word.network.addLayer }).click() },
    {
      name: 'lab-layer',
      async open() {
        await page.keyboard.press('Escape')
        await network
          .getByRole('button', { name: word.network.hidden.replace('{number}', '1') })
          .first()
          .click()
        await network.getByText(word.layers.useful).waitFor()
      },
    },
    {
      name: 'lab-passport',
      async open() {
        await page.getByRole('tree').getByRole('treeitem').first().focus()
        for (const key of ['ArrowRight', 'Enter', 'Enter', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
        await passport.waitFor()
      },
    },
    {
      name: 'lab-routes',
      async open() {
        await page.keyboard.press('Escape')
        await page.keyboard.press('Alt+r')
        await page.getByRole('complementary', { name: word.routes.title }).waitFor()
      },
    },
  ]
}

/** The laboratory's dialogs, and other data in it. */
export function walkDialogs(page: Page, language: Language): readonly WalkStop[] {
  const word = words[language]
  const person = journey(page, language)
  const main = page.getByRole('main')
  const closeDialog = async (): Promise<void> => {
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  }
  const source = (kind: 'points' | 'sentences' | 'table' | 'digits'): Promise<void> =>
    main.locator('.sources').getByText(word.data[kind], { exact: true }).click()
  const dialog =
    (name: string, keys: string): WalkStop['open'] =>
    async (): Promise<void> => {
      await page.keyboard.press(keys)
      await page.getByRole('dialog', { name }).waitFor()
    }
  return [
    {
      name: 'lab-fork',
      async open() {
        await person.goTo('lab')
        await page.keyboard.press('Shift+ArrowRight')
        await page.getByText(word.chart.empty).waitFor({ state: 'hidden' })
        await dialog(word.fork.title, 'Alt+f')()
      },
    },
    {
      name: 'lab-forked',
      async open() {
        const fork = page.getByRole('dialog', { name: word.fork.title })
        await fork.locator('.tries button').first().click()
        await fork.getByRole('button', { name: word.fork.begin }).click()
        await main.getByRole('button', { name: word.fork.keep.replace('{name}', 'B') }).waitFor()
      },
    },
    {
      name: 'lab-exports',
      async open() {
        await main.getByRole('button', { name: word.fork.keep.replace('{name}', 'A') }).click()
        await page.getByRole('button', { name: word.fork.close.replace('{name}', 'B') }).click()
        await dialog(word.exports.title, 'Control+Shift+E')()
      },
    },
    {
      name: 'palette',
      async open() {
        await closeDialog()
        await page.keyboard.press('Control+Shift+P')
        await page.getByRole('combobox', { name: word.palette.title }).waitFor()
      },
    },
    {
      name: 'shortcuts',
      async open() {
        await page.keyboard.press('Escape')
        await dialog(word.shortcuts.title, 'Control+/')()
      },
    },
    {
      name: 'open-table-empty',
      async open() {
        await closeDialog()
        await source('table')
        await page.getByRole('button', { name: word.table.open }).click()
        await page.getByRole('dialog', { name: word.table.open }).waitFor()
      },
    },
    {
      name: 'open-table-refused',
      async open() {
        const opened = page.getByRole('dialog', { name: word.table.open })
        const wrong = table.replace('1.75', 'tall').replaceAll(',', ';')
        const file = { name: 'wrong.csv', mimeType: 'text/csv', buffer: Buffer.from(wrong) }
        await opened.locator('input[type=file]').setInputFiles(file)
        await opened.getByRole('button', { name: word.table.skip }).waitFor()
      },
    },
    {
      name: 'open-table',
      async open() {
        const opened = page.getByRole('dialog', { name: word.table.open })
        const file = { name: 'walk.csv', mimeType: 'text/csv', buffer: Buffer.from(table) }
        await opened.locator('input[type=file]').setInputFiles(file)
        await opened.getByText('CSV-028').waitFor()
      },
    },
    {
      name: 'table',
      async open() {
        await page.getByRole('dialog').getByRole('button', { name: word.table.use }).click()
        await page.getByRole('button', { name: word.table.look.replace('{count}', '6') }).click()
        await page.getByRole('dialog').getByRole('grid').waitFor()
      },
    },
    {
      name: 'lab-digits',
      async open() {
        await closeDialog()
        await source('digits')
        await main.getByText('softmax 10').waitFor()
      },
    },
    { name: 'lab-sentences', open: () => source('sentences') },
    {
      name: 'lab-number',
      async open() {
        await source('points')
        await main.locator('.shapes label').nth(4).click()
        const tabs = page.getByRole('radiogroup', { name: word.results.title })
        await tabs.getByText(word.results.accuracy, { exact: true }).waitFor({ state: 'detached' })
        await tabs.getByText(word.results.report, { exact: true }).click()
        await main.getByRole('img', { name: /R²/ }).first().waitFor()
      },
    },
    {
      name: 'lab-diverged',
      async open() {
        await person.setLearningRate('10')
        await main.focus()
        await person.train()
        await main.locator('.banner').waitFor()
      },
    },
    {
      name: 'lab-hundred',
      async open() {
        await person.goTo('library')
        await page.getByRole('button', { name: word.examples.hundredRepaired, exact: true }).click()
        await page.getByRole('complementary', { name: word.deep.title }).waitFor()
      },
    },
  ]
}
