/** The laboratory through the desktop shell's built main, preload and page: data, training, edits, files. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { journey } from '../../support/journey.ts'
import { savedModel, savedRecipe } from '../../support/models.ts'
import { startDesktopShell } from '../../support/shells.ts'
import { words } from '../../support/words.ts'

/** Has the stand-in's Chromium save what the page gives away; answers how to list what has arrived whole. */
async function downloads(page: Page, folder: string): Promise<() => readonly string[]> {
  mkdirSync(folder)
  const session = await page.context().browser()?.newBrowserCDPSession()
  await session?.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder })
  return () => readdirSync(folder).filter((name) => !name.endsWith('.crdownload') && !name.startsWith('.'))
}

it.each(['ko', 'en'] as const)(
  'chooses data, trains, edits, takes back, saves and exports, in %s',
  async (language) => {
    const word = words[language]
    const shell = await startDesktopShell({ language })
    try {
      const { page } = shell
      const person = journey(page, language)
      const main = page.getByRole('main')
      const undo = page.getByRole('banner').getByRole('button', { name: word.command.undo, exact: true })
      const redo = page.getByRole('banner').getByRole('button', { name: word.command.redo, exact: true })
      await person.goTo('lab')

      const source = (kind: 'table' | 'points'): Promise<void> =>
        main.locator('.sources').getByText(word.data[kind], { exact: true }).click()
      await source('table')
      await main.getByText('softmax 3').waitFor()
      await page.getByRole('button', { name: word.table.open }).click()
      const opened = page.getByRole('dialog', { name: word.table.open })
      const lines = Array.from({ length: 40 }, (_, i) => `${i},5;${i % 7};${'uv'[i % 2]}`)
      const buffer = Buffer.from(`a;b;k\n${lines.join('\n')}\n`)
      await opened.locator('input[type=file]').setInputFiles({ name: 'own.csv', mimeType: 'text/csv', buffer })
      await opened.getByText('CSV-037').waitFor()
      await opened.getByRole('button', { name: word.table.use }).click()
      await main.getByText(word.data.counts.replace('{train}', '32').replace('{test}', '8')).waitFor()
      await source('points')
      await main.getByText('softmax 2').waitFor()
      const spiral = main.getByRole('radio', { name: word.choice.spiral, exact: true })
      await spiral.check({ force: true })
      await expect.poll(() => undo.isEnabled()).toBe(true)
      await undo.click()
      await expect.poll(() => spiral.isChecked()).toBe(false)
      await redo.click()
      await expect.poll(() => spiral.isChecked()).toBe(true)

      await person.train()
      await page.getByText(word.chart.empty).waitFor({ state: 'hidden' })
      await person.pause()
      await person.setLearningRate('0.05')
      await expect.poll(() => person.learningRate().inputValue()).toBe('0.05')
      await undo.click()
      await expect.poll(() => person.learningRate().inputValue()).toBe('0.03')
      await redo.click()
      await expect.poll(() => person.learningRate().inputValue()).toBe('0.05')

      await person.save('spiral')
      const recipe = savedRecipe(savedModel(shell.home, 'spiral'))
      expect(recipe).toContain('learningRate\\":0.05')
      expect(recipe).toContain('shape\\":\\"spiral')

      await page.keyboard.press('Control+Shift+E')
      const dialog = page.getByRole('dialog', { name: word.exports.title })
      const saved = await downloads(page, join(shell.home, 'downloads'))
      await dialog.getByRole('button', { name: word.exports.curve }).click()
      await expect.poll(saved).toEqual([expect.stringMatching(/^spiral-curve-\d{4}-\d\d-\d\d\.csv$/)])
      const [name = ''] = saved()
      const [header, ...rows] = readFileSync(join(shell.home, 'downloads', name), 'utf8')
        .trimEnd()
        .split('\r\n')
      expect(header).toBe('\uFEFFepoch,step,trainLoss,testLoss,trainAccuracy,testAccuracy')
      expect(rows.length).toBeGreaterThan(1)
      expect(shell.told.filter(({ kind, level }) => /error|lost/.test(kind) || level === 'error')).toEqual([])
    } finally {
      await shell.quit()
    }
  },
)
