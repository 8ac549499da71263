/**
 * `npm run screenshots`: states of the laboratory as pictures in test/e2e/screenshots, to be looked at beside the design.
 * Both themes in Korean; `--language en`, `--theme dark`, `--state trained` choose, each also more than once.
 */
import { parseArgs } from 'node:util'
import { ensureChromium } from './ensure-chromium.mjs'
import { ensureBuilt, ensureInstalled } from './setup.mjs'
import { say } from './tools.mjs'

const { values: options } = parseArgs({
  options: {
    language: { type: 'string', multiple: true, default: ['ko'] },
    theme: { type: 'string', multiple: true, default: ['light', 'dark'] },
    state: { type: 'string', multiple: true, default: [] },
  },
})

await ensureInstalled()
await ensureBuilt()
process.env.CHROME_PATH = await ensureChromium()
const { launchBrowser, openPage, screenshot } = await import('../test/support/pages.ts')
const { startWebShell } = await import('../test/support/shells.ts')
const { states } = await import('../test/support/states.ts')

const heightOf = (width) => (width < 1000 ? 450 : width < 1440 ? 760 : 900)

const shell = await startWebShell()
const browser = await launchBrowser()
let failed = 0
try {
  for (const language of options.language)
    for (const colorScheme of options.theme)
      for (const { name, width = 1440, open } of states) {
        if (options.state.length > 0 && !options.state.includes(name)) continue
        const { page, faults } = await openPage(browser, shell.address, {
          locale: language === 'ko' ? 'ko-KR' : 'en-GB',
          colorScheme,
          reducedMotion: 'reduce',
          viewport: { width, height: heightOf(width) },
          deviceScaleFactor: width < 1000 ? 2 : 1,
        })
        const file = `state-${name}${width === 1440 ? '' : `-${width}`}-${language}-${colorScheme}`
        await open(page, language).catch((error) => {
          failed++
          say(`${file}: ${error.message}`)
        })
        // Two pictures of the page, so that what was opened last is drawn.
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
        await screenshot(page, file)
        for (const fault of faults) say(`${file}: ${fault}`)
        failed += faults.length
        await page.context().close()
      }
} finally {
  await browser.close()
  await shell.stop()
}
process.exitCode = failed > 0 ? 1 : 0
