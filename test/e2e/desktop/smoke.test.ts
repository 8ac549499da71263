import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DesktopShell, startDesktopShell } from '../../support/shells.ts'

let shell: DesktopShell

beforeAll(async () => {
  shell = await startDesktopShell()
})
afterAll(async () => {
  await shell.quit()
})

it('the built desktop shell opens its page from its own scheme, with a frozen bridge and nothing else', async () => {
  const { page } = shell
  await page.getByRole('banner').waitFor()
  const inPage = await page.evaluate(() => ({
    isFrozen: Object.isFrozen(Reflect.get(window, 'paramap')),
    foreign: ['require', 'process', 'ipcRenderer', 'standinSend', 'standinDeliver'].filter((name) => name in window),
  }))
  expect(inPage).toEqual({ isFrozen: true, foreign: [] })
  expect(shell.told.filter(({ kind }) => /error|lost/.test(kind))).toEqual([])
})
