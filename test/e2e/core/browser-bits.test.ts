/** The same bits in Chromium as in Node: the bundled core and the built kernels, served to a page of their own. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../support/pages.ts'
import { type RecipeName, recipeOf } from '../../support/sessions.ts'

const steps = 500
const hashes: Record<string, string> = JSON.parse(readFileSync('test/core/train/hashes.json', 'utf8'))
const optimizers = {
  sgd: { name: 'sgd', learningRate: 0.03 },
  momentum: { name: 'momentum', learningRate: 0.01, momentum: 0.9 },
  adam: { name: 'adam', learningRate: 0.01 },
} as const

/** Shared memory needs a page that is isolated from other origins. */
const headers = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }

declare function hashAfter(kernelBytes: BufferSource, recipe: unknown, steps: number): string

let server: Server
let browser: Browser
let address: string

beforeAll(async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'paramap-core-'))
  const entry = 'test/support/browser-core.ts'
  const output = { format: 'iife' as const, entryFileNames: 'core.js' }
  await build({
    configFile: false,
    logLevel: 'error',
    build: { outDir, target: 'es2023', rolldownOptions: { input: entry, output } },
  })
  const files = new Map([
    [
      '/',
      {
        type: 'text/html; charset=utf-8',
        body: Buffer.from('<!doctype html><title>core</title><script src="/core.js"></script>'),
      },
    ],
    ['/core.js', { type: 'text/javascript; charset=utf-8', body: readFileSync(join(outDir, 'core.js')) }],
    ['/kernels.wasm', { type: 'application/wasm', body: readFileSync('src/core/gen/kernels.wasm') }],
  ])
  server = createServer((request, response) => {
    const file = files.get(request.url ?? '/')
    response.writeHead(file === undefined ? 404 : 200, { ...headers, 'content-type': file?.type ?? 'text/plain' })
    response.end(file?.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await new Promise((resolve) => server.close(resolve))
})

describe.each(['circle', 'story', 'deep', 'plane'] satisfies RecipeName[])('%s in Chromium', (name) => {
  it.each(Object.entries(optimizers))('with %s ends with the weights that Node ends with', async (label, optimizer) => {
    const page = await browser.newPage()
    await page.goto(address)
    const hash = await page.evaluate(
      async ([recipe, count]) => {
        const bytes = await (await fetch('/kernels.wasm')).arrayBuffer()
        return hashAfter(bytes, recipe, count)
      },
      [recipeOf(name, { optimizer, stop: { epochs: 100000 } }), steps] as const,
    )
    expect(hash).toBe(hashes[`${name}, ${label}`])
    await page.close()
  })
})
