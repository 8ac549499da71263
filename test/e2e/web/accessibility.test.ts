/** Every view with every panel, list and dialog open: axe-core finds nothing, in both themes and languages. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accessibilityFindings, launchBrowser, openPage } from '../../support/pages.ts'
import { startWebShell, type WebShell } from '../../support/shells.ts'
import { walkDialogs, walkOutside, walkPanels } from '../../support/walk.ts'

/** Two dozen stops, each with all of axe-core's rules. */
const manyStopsMs = 180_000

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

const walks = {
  'the laboratory': walkPanels,
  'what opens over it': walkDialogs,
  'all else': walkOutside,
} as const

it.each([
  ['the laboratory', 'ko', 'light'],
  ['the laboratory', 'en', 'dark'],
  ['what opens over it', 'ko', 'dark'],
  ['what opens over it', 'en', 'light'],
  ['all else', 'ko', 'light'],
  ['all else', 'en', 'dark'],
] as const)(
  '%s can be used by everyone, in %s and %s',
  async (walk, language, colorScheme) => {
    const locale = language === 'ko' ? 'ko-KR' : 'en-GB'
    const { page, faults } = await openPage(browser, shell.address, { locale, colorScheme, reducedMotion: 'reduce' })
    const findings: Record<string, readonly string[]> = {}
    for (const stop of walks[walk](page, language)) {
      await stop.open()
      const found = await accessibilityFindings(page)
      if (found.length > 0) findings[stop.name] = found
    }
    expect(findings).toEqual({})
    expect(faults).toEqual([])
    await page.context().close()
  },
  manyStopsMs,
)
