import { beforeEach, describe, expect, it } from 'vitest'
import { menuGroups } from '../../../src/main/desktop/menu-list.ts'
import type { Shortcut } from '../../../src/renderer/app/command.ts'
import { commands } from '../../../src/renderer/app/commands.ts'
import { paletteItems } from '../../../src/renderer/app/palette-items.ts'
import { consonantsOf, finds, scoreOf, search } from '../../../src/renderer/app/palette-search.ts'
import ShortcutSheet from '../../../src/renderer/app/ShortcutSheet.vue'
import { showLanguage, t } from '../../../src/renderer/i18n/index.ts'
import { useApp } from '../../../src/renderer/stores/app.ts'
import { freshPage, mounted, settled } from '../set-up.ts'

beforeEach(() => {
  freshPage()
  showLanguage('ko')
})

describe('words that are typed', () => {
  it('are each found in one of the texts, by first consonants and with plain digits for an index too', () => {
    const texts = ['베타 1', 'Beta 1', 'β₁']
    for (const typed of ['β₁', 'β1', 'ㅂㅌ', 'beta 베타', '']) expect(finds(typed, texts), typed).toBe(true)
    for (const typed of ['β2', 'ㅎㅅ', 'beta gamma']) expect(finds(typed, texts), typed).toBe(false)
  })
})

describe('the palette', () => {
  it('finds Korean by first consonants, whole or in part', () => {
    expect(consonantsOf('학습률 η')).toBe('ㅎㅅㄹ η')
    expect(scoreOf('ㅎㅅㄹ', '학습률')).toBeGreaterThan(scoreOf('ㅅㄹ', '학습률'))
    expect(scoreOf('ㅎㅅㄹ', '배치 크기')).toBe(0)
    expect(scoreOf('학습'.normalize('NFD'), '학습률')).toBeGreaterThan(0)
  })

  it.each([
    ['ㅎㅅㄹ', 'hyperparameter training.optimizer.learningRate'],
    ['learning rate', 'hyperparameter training.optimizer.learningRate'],
    ['ㄴㅂㄴㄱ', 'command export'],
    ['Export', 'command export'],
  ])('finds %s in both languages', (typed, id) => {
    const items = paletteItems(commands.map((entry) => ({ ...entry, enabled: () => true })))
    expect(search(items, typed, [])[0]?.id).toBe(id)
  })

  it('puts what was used lately before what fits as well', () => {
    const items = ['a one', 'a two', 'b'].map((text) => ({ id: text, texts: [text] }))
    expect(search(items, 'a', ['a two']).map(({ id }) => id)).toEqual(['a two', 'a one'])
    expect(search(items, '', ['b']).map(({ id }) => id)).toEqual(['b', 'a one', 'a two'])
  })
})

describe('the registry of commands', () => {
  const written = ({ code, mod, shift, alt }: Shortcut): string => `${mod} ${shift} ${alt} ${code}`

  it('has no key twice', () => {
    const keys = commands.flatMap(({ shortcuts }) => shortcuts.map(written))
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })

  it('is what palette, shortcut sheet, tooltips and menu show: nothing more, nothing less', async () => {
    const all = commands.map((entry) => ({ ...entry, enabled: () => true }))
    const ids = commands.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const inPalette = paletteItems(all).flatMap(({ kind, id }) =>
      kind === 'command' ? [id.replace('command ', '')] : [],
    )
    expect(inPalette).toEqual(ids.filter((id) => id !== 'palette'))
    const inMenu = menuGroups(false).flatMap(({ entries }) =>
      entries.flatMap((entry) => (entry !== 'separator' && 'command' in entry ? [entry.command] : [])),
    )
    expect(inMenu.filter((id) => !ids.some((known) => known === id))).toEqual([])
    mounted(ShortcutSheet)
    useApp().shortcutsShown = true
    await settled()
    const terms = [...document.querySelectorAll('dt')].map((term) => term.textContent)
    expect(terms).toEqual(commands.map(({ message }) => t(message)))
    expect(document.querySelectorAll('dd > kbd')).toHaveLength(commands.flatMap(({ shortcuts }) => shortcuts).length)
  })

  it('has every command of the native menu, with the keys that the menu shows', () => {
    const asAccelerator = ({ code, mod, shift, alt }: Shortcut): string =>
      [mod && 'CmdOrCtrl', alt && 'Alt', shift && 'Shift', code.replace(/^(Key|Digit)/, '').replace('Slash', '/')]
        .filter(Boolean)
        .join('+')
    for (const entry of menuGroups(false).flatMap(({ entries }) => entries)) {
      if (entry === 'separator' || 'role' in entry) continue
      const found = commands.find(({ id }) => id === entry.command)
      expect(found?.id).toBe(entry.command)
      if (entry.accelerator !== undefined)
        expect(found?.shortcuts.map(asAccelerator), entry.command).toContain(entry.accelerator)
    }
  })
})
