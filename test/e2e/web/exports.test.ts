/** Exports in the web shell: what is inside each file that the page gives away. */
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { acceptRecipe } from '../../../src/core/spec/index.ts'
import { journey } from '../../support/journey.ts'
import { accessibilityFindings, launchBrowser, openPage, screenshot } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { shownRun } from '../../support/watching.ts'
import { words } from '../../support/words.ts'

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

it('gives pictures, numbers and the recipe away as files', async () => {
  const word = words.ko.exports
  const { page, faults } = await openPage(browser, shell.address, {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const person = journey(page, 'ko')
  await person.goTo('lab')
  await shownRun(page, 'lab')
  await page.keyboard.press('Shift+ArrowRight')
  await page.getByRole('region', { name: words.ko.results.title, exact: true }).getByRole('application').waitFor()
  await person.setLearningRate('0.05')
  await page.keyboard.press('Control+Shift+E')
  const dialog = page.getByRole('dialog', { name: word.title })
  const saved = async (name: string): Promise<{ name: string; bytes: Buffer }> => {
    const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name }).click()])
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
  }
  const day = /^circle-[a-z]+(@\dx)?-\d{4}-\d\d-\d\d\.[a-z]+$/
  const size = await page.locator('.route-map canvas').first().boundingBox()
  if (size === null) throw new Error('the map is not in sight')

  await dialog.getByText('3×', { exact: true }).click()
  const png = await saved(word.savePicture)
  expect(png.name).toMatch(day)
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG')
  expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([
    3 * Math.round(size.width),
    3 * Math.round(size.height),
  ])
  expect(png.bytes.length).toBeGreaterThan(20_000)

  await dialog.getByText('SVG', { exact: true }).click()
  const svg = (await saved(word.savePicture)).bytes.toString()
  const parts = await page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml')
    const count = (name: string): number => root.getElementsByTagName(name).length
    return {
      error: count('parsererror'),
      paths: count('path'),
      texts: root.documentElement.textContent,
      images: count('image'),
    }
  }, svg)
  expect(parts).toMatchObject({ error: 0 })
  // Twelve lines to a stop each, district grounds, frames; the stops' pictures of the plane.
  expect(parts.paths).toBeGreaterThan(30)
  expect(parts.images).toBeGreaterThanOrEqual(10)
  expect(parts.texts).toContain('은닉')

  const choose = async (name: string): Promise<void> => {
    await dialog.getByRole('combobox', { name: word.picture }).press('Enter')
    await page.getByRole('option', { name, exact: true }).click()
  }
  await choose(words.ko.results.loss)
  const loss = (await saved(word.savePicture)).bytes.toString()
  expect(loss).toContain(words.ko.chart.epoch)
  expect(loss).toContain('학습률 0.03 → 0.05')
  expect(loss).not.toContain('<image')
  await choose(words.ko.chart.surface)
  const surface = (await saved(word.savePicture)).bytes.toString()
  expect(surface.match(/<image/g)).toHaveLength(1)
  expect(surface.match(/>(1|0\.5|0)<\/text>/g)).toEqual(['>1</text>', '>0.5</text>', '>0</text>'])
  await choose(words.ko.results.matrix)
  const matrix = (await saved(word.savePicture)).bytes.toString()
  const numbers = [...matrix.matchAll(/>(\d+)<\/text>/g)].map(([, count]) => Number(count))
  expect(numbers).toHaveLength(8)
  expect(numbers.reduce((sum, count) => sum + count, 0)).toBe(500)
  await choose(words.ko.results.heaps)
  const heaps = (await saved(word.savePicture)).bytes.toString()
  for (const name of ['weights', 'gradients', 'activations'] as const)
    expect(heaps).toContain(`>${words.ko.results[name]}<`)
  await screenshot(page, 'exports-light')
  expect(await accessibilityFindings(page)).toEqual([])

  const curve = await saved(word.curve)
  expect(curve.name).toMatch(day)
  expect([...curve.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const rows = curve.bytes.toString().trimEnd().split('\r\n')
  expect(rows[0]).toBe('\uFEFFepoch,step,trainLoss,testLoss,trainAccuracy,testAccuracy')
  expect(rows.at(-1)).toMatch(/^1,25,0\.\d+,0\.\d+,/)
  const report = (await saved(word.report)).bytes.toString().split('\r\n')
  expect(report[0]).toBe('\uFEFFpart,class,precision,recall,f1,support,answered 바깥,answered 안쪽')
  expect(report).toHaveLength(6)

  const recipe = (await saved(word.recipeFile)).bytes.toString()
  expect(acceptRecipe(JSON.parse(recipe)).name).toBe('circle')
  await dialog.getByRole('button', { name: word.recipeCopy }).click()
  await dialog.getByText(word.copied).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(recipe)
  expect(faults).toEqual([])
  await page.context().close()
})
