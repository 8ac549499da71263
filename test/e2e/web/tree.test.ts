/** The network as a screen reader hears it: roles, names, levels and states in Chromium's accessibility tree. */
import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { journey } from '../../support/journey.ts'
import { launchBrowser, openPage } from '../../support/pages.ts'
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

/** An item of the tree as assistive technology is told of it. */
interface Heard {
  readonly name: string
  readonly level: unknown
  readonly place: string
  readonly expanded: unknown
  readonly focused: boolean
}

/** All items in order; the place among siblings is asked of the element, as the protocol leaves it out. */
async function heard(page: Page, session: CDPSession): Promise<readonly Heard[]> {
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const items = nodes.filter(({ role, ignored }) => role?.value === 'treeitem' && !ignored)
  const places = await page
    .getByRole('treeitem')
    .evaluateAll((all) => all.map((one) => `${one.getAttribute('aria-posinset')}/${one.getAttribute('aria-setsize')}`))
  return items.map(({ name, properties = [] }, n) => {
    const property = (key: string): unknown => properties.find((one) => one.name === key)?.value.value
    return {
      name: String(name?.value),
      level: property('level'),
      place: places[n] ?? '',
      expanded: property('expanded'),
      focused: property('focused') === true,
    }
  })
}

const spoken = {
  ko: {
    layers: [
      /^입력, 정류장 2,/,
      /^은닉 1, 완전 연결, tanh, 정류장 4, 매개변수 12$/,
      /^은닉 2, 완전 연결, tanh, 정류장 2, 매개변수 10$/,
      /^출력, 완전 연결, softmax, 정류장 2, 매개변수 6$/,
    ],
    stop: /^h₁·1, 은닉 1, 값 .+, 편향 [+−]?\d\.\d{3}, 들어오는 가중치 2$/,
    bias: /^편향 [+−]?\d\.\d{3}, 기울기/,
    weight: /^x → h₁·1, 가중치 [+−]\d\.\d{3}, 기울기/,
  },
  en: {
    layers: [
      /^Input, stops 2,/,
      /^Hidden 1, dense, tanh, stops 4, parameters 12$/,
      /^Hidden 2, dense, tanh, stops 2, parameters 10$/,
      /^Output, dense, softmax, stops 2, parameters 6$/,
    ],
    stop: /^h₁·1, Hidden 1, value .+, bias [+−]?\d\.\d{3}, incoming weights 2$/,
    bias: /^bias [+−]?\d\.\d{3}, Gradient/,
    weight: /^x → h₁·1, weight [+−]\d\.\d{3}, Gradient/,
  },
} as const

it.each(['ko', 'en'] as const)(
  'is a tree of layers, nodes and numbers, moved through by arrows, in %s',
  async (language) => {
    const locale = language === 'ko' ? 'ko-KR' : 'en-GB'
    const { page, faults } = await openPage(browser, shell.address, { locale })
    await journey(page, language).goTo('lab')
    await page.keyboard.press('ArrowRight')
    const session = await page.context().newCDPSession(page)
    const tree = page.getByRole('tree', { name: words[language].map.treeLabel })
    await tree.getByRole('treeitem').first().focus()
    const say = spoken[language]
    const press = async (...keys: string[]): Promise<readonly Heard[]> => {
      for (const key of keys) await page.keyboard.press(key)
      return heard(page, session)
    }

    const atFirst = await press()
    const layers = atFirst.filter(({ level }) => level === 1)
    expect(layers.map(({ place }) => place)).toEqual(['1/4', '2/4', '3/4', '4/4'])
    layers.forEach(({ name }, n) => {
      expect(name).toMatch(say.layers[n] ?? /^$/)
    })
    expect(layers.map(({ expanded }) => expanded)).toEqual([true, false, false, false])

    const atStop = await press('ArrowRight', 'ArrowDown')
    const stop = atStop.find(({ focused }) => focused)
    expect(stop).toMatchObject({ level: 2, place: '1/4', expanded: false })
    expect(stop?.name).toMatch(say.stop)

    const atBias = await press('Enter')
    expect(atBias.find(({ level, expanded }) => level === 2 && expanded === true)?.name).toMatch(say.stop)
    expect(atBias.filter(({ level }) => level === 3)).toHaveLength(3)
    const bias = atBias.find(({ focused }) => focused)
    expect(bias).toMatchObject({ level: 3, place: '1/3' })
    expect(bias?.name).toMatch(say.bias)

    const weight = (await press('ArrowDown')).find(({ focused }) => focused)
    expect(weight).toMatchObject({ level: 3, place: '2/3' })
    expect(weight?.name).toMatch(say.weight)

    const back = (await press('Escape', 'ArrowUp', 'End')).find(({ focused }) => focused)
    expect(back?.name).toMatch(say.layers[3])
    expect(faults).toEqual([])
    await page.context().close()
  },
)
