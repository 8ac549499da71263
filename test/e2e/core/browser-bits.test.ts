/** The same bits in Chromium as in Node: the bundled core and the built kernels, served to a page of their own. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knownHashes } from '../../support/known-hashes.ts'
import { launchBrowser } from '../../support/pages.ts'

const known = knownHashes()
/** `circle` of `circle, sgd`. */
const networks = [...new Set(Object.keys(known).map((key) => key.slice(0, key.indexOf(','))))]

/** Shared memory needs a page that is isolated from other origins. */
const headers = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }

declare function hashesOf(kernelBytes: BufferSource, prefix: string): Record<string, string>

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

describe('in Chromium', () => {
  it.each(networks)('%s ends with the weights that Node ends with, whatever the optimizer', async (name) => {
    const page = await browser.newPage()
    await page.goto(address)
    const found = await page.evaluate(async (prefix) => {
      const bytes = await (await fetch('/kernels.wasm')).arrayBuffer()
      return hashesOf(bytes, prefix)
    }, `${name},`)
    expect(found).toEqual(Object.fromEntries(Object.entries(known).filter(([key]) => key.startsWith(`${name},`))))
    expect(Object.keys(found).length).toBeGreaterThanOrEqual(3)
    await page.close()
  })
})
