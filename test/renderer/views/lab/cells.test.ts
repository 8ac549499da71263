import { expect, it } from 'vitest'
import { cellsFor, surfaceCellsFor } from '../../../../src/renderer/views/lab/cells.ts'

it.each([
  [8, 32, 48],
  [96, 20, 48],
  [97, 10, 32],
  [400, 10, 32],
  [401, 0, 24],
  [6400, 0, 24],
])('%i nodes have heat maps of %i cells and a surface of %i', (nodes, map, surface) => {
  expect([cellsFor(nodes), surfaceCellsFor(nodes)]).toEqual([map, surface])
})
