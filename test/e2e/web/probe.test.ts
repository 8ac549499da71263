/** A point that is tried in the web shell: put, moved by keys and by mouse, its answer told, taken away. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { journey } from '../../support/journey.ts'
import { accessibilityFindings, launchBrowser, openPage, screenshot } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
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

it.each(['ko', 'en'] as const)(
  'goes where keys and mouse take it, and the network answers there (%s)',
  async (language) => {
    const { page, faults } = await openPage(browser, shell.address, {
      locale: language === 'ko' ? 'ko-KR' : 'en-GB',
      colorScheme: language === 'ko' ? 'light' : 'dark',
    })
    const word = words[language].probe
    const person = journey(page, language)
    await person.goTo('lab')
    await person.trainFully()
    await page.getByRole('button', { name: word.put }).click()
    const handle = page.locator('.probe-handle')
    const answer = page.locator('.probe b').first()
    await answer.waitFor()
    const middle = await answer.textContent()
    await handle.focus()
    for (let n = 0; n < 5; n++) await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('ArrowUp')
    expect(await handle.getAttribute('aria-label')).toMatch(/x \+5\.00.* y \+0\.10/)
    // The circle's middle and its rim are of two classes.
    await expect.poll(() => answer.textContent()).not.toBe(middle)
    await screenshot(page, `probe-${language}`)
    expect(await accessibilityFindings(page)).toEqual([])

    const box = await handle.boundingBox()
    if (box === null) throw new Error('the handle is not on the page')
    await page.mouse.move(box.x + 12, box.y + 12)
    await page.mouse.down()
    await page.mouse.move(box.x - 38, box.y + 62, { steps: 3 })
    await page.mouse.up()
    expect(await handle.getAttribute('aria-label')).toMatch(/y [−-]/)
    await handle.focus()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: word.put }).waitFor()
    expect(faults).toEqual([])
    await page.context().close()
  },
)
