/** The same story through the desktop shell's built main, preload and page. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { journey } from '../../support/journey.ts'
import { savedModel, savedRecipe, tensorDigest } from '../../support/models.ts'
import { type DesktopShell, startDesktopShell } from '../../support/shells.ts'

let shell: DesktopShell
beforeAll(async () => {
  shell = await startDesktopShell()
})
afterAll(() => shell.quit())

it('trains, saves, reloads, opens, and goes on from the same numbers', async () => {
  const { page } = shell
  const person = journey(page, 'ko')
  await person.train()
  await person.learned()
  await person.setLearningRate('0.05')
  await person.pause()
  const steps = await person.steps()
  await person.save('first')
  expect(savedRecipe(savedModel(shell.home, 'first'))).toContain('learningRate\\":0.05')

  await page.reload()
  await person.open('first')
  await person.goTo('story')
  await expect.poll(() => person.steps()).toBe(steps)
  await person.save('second')
  expect(tensorDigest(savedModel(shell.home, 'second'), true)).toBe(tensorDigest(savedModel(shell.home, 'first'), true))
  await person.train()
  await expect.poll(() => person.steps()).toBeGreaterThan(steps)
  expect(shell.told.filter(({ kind, level }) => /error|lost/.test(kind) || level === 'error')).toEqual([])
})

it('a theme chosen by the system reaches the page', async () => {
  shell.ask({ kind: 'theme', source: 'dark' })
  await expect.poll(() => shell.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
})

it('a cancelled dialog opens nothing', async () => {
  shell.ask({ kind: 'dialog', dialog: 'open', answer: { canceled: true, filePaths: [] } })
  const answer = await shell.page.evaluate(() => {
    const bridge = Reflect.get(window, 'paramap') as { call(name: string, argument: null): Promise<unknown> }
    return bridge.call('model.choose', null)
  })
  expect(answer).toBeNull()
})
