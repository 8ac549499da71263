/**
 * `npm run e2e`: the built app in a real Chromium, through the web shell and through the desktop shell's code on the
 * stand-in for Electron. `--desktop` or `--web` runs one of them; other arguments go to vitest.
 */
import { ensureChromium } from './ensure-chromium.mjs'
import { ensureBuilt, ensureInstalled } from './setup.mjs'
import { runTool } from './tools.mjs'

const args = process.argv.slice(2)
const chosen = ['--desktop', '--web'].filter((flag) => args.includes(flag)).map((flag) => `test/e2e/${flag.slice(2)}`)
const rest = args.filter((arg) => arg !== '--desktop' && arg !== '--web')

await ensureInstalled()
await ensureBuilt()
const env = { CHROME_PATH: await ensureChromium() }
process.exitCode = await runTool('vitest', ['run', '--project', 'e2e', ...chosen, ...rest], { stdio: 'inherit', env })
