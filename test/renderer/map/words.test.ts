import { beforeAll, describe, expect, it } from 'vitest'
import { showLanguage, t } from '../../../src/renderer/i18n/index.ts'
import { districtWords, stopName, stopPath } from '../../../src/renderer/map/words.ts'
import { aNetwork } from './a-network.ts'

describe('the words of the map', () => {
  beforeAll(() => showLanguage('ko'))
  const lone = aNetwork(2, 5, 4)
  const deep = aNetwork(2, 5, 3, 2)

  it('name districts by caption', () => {
    expect(districtWords(lone, 'map', 'bar', t).map(({ title }) => title)).toEqual([
      '입력 동네',
      '가운데 동네',
      '도착 동네',
    ])
    expect(districtWords(deep, 'maths', 'heat', t).map(({ title }) => title)).toEqual([
      '입력',
      '은닉 1',
      '은닉 2',
      '출력',
    ])
  })

  it('write the formula of a layer under its name', () => {
    expect(districtWords(lone, 'maths', 'bar', t).map(({ subtitle }) => subtitle)).toEqual([
      'x ∈ ℝ²',
      'h = tanh(Wx + b)',
      'p = softmax(Vh + c)',
    ])
    expect(districtWords(deep, 'maths', 'bar', t)[2]?.subtitle).toBe('h₂ = tanh(W₂h₁ + b₂)')
  })

  it('number the stops of a lone hidden layer and the layers of several', () => {
    expect(stopName(lone, 1, 1, 'maths', t)).toBe('h₂')
    expect(stopName(deep, 2, 1, 'maths', t)).toBe('h₂·2')
    expect(stopPath(lone, 1, 1, 'map', t)).toBe('정류장 2')
    expect(stopPath(deep, 2, 1, 'map', t)).toContain('가운데 동네 2')
  })

  it('call the classes of the circle by what they are', () => {
    expect(stopName(deep, 3, 0, 'maths', t)).toBe('바깥')
    expect(stopName(deep, 3, 1, 'maths', t)).toBe('안쪽')
  })
})
