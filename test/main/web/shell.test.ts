import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startWebShell } from '../../../src/main/web/shell.ts'
import { startShell, type TestShell } from '../support/web.ts'

let web: TestShell
beforeAll(async () => {
  web = await startShell()
})
afterAll(() => web.close())

describe('the address', () => {
  it('is on this computer alone and carries 32 random bytes in its fragment', () => {
    expect(web.shell.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/)
  })
})

describe('files of the page', () => {
  it('come with every protection', async () => {
    const { status, headers, body } = await web.ask('/')
    expect([status, body]).toEqual([200, '<!doctype html><title>Paramap</title>'])
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers).not.toHaveProperty('set-cookie')
    expect(headers).not.toHaveProperty('access-control-allow-origin')
    expect((await web.ask('/assets/index-a1.js')).headers['content-type']).toBe('text/javascript; charset=utf-8')
  })

  const climbs = [
    '..',
    '%2e%2e',
    '%252e%252e',
    '.%2e',
    '..%2f..',
    '..\\',
    '..%5c',
    '....//',
    '..;',
    '\\\\host\\share',
    'C:',
    '%00',
  ]
  const routes = ['/', '/assets/', '//', '/./', '/assets/../', '/assets/%2e%2e/']
  const targets = ['secret.js', '/secret.js', 'secret.js%00.js', 'secret.js::$DATA', '../secret.js']
  const paths = routes.flatMap((route) =>
    climbs.flatMap((climb) => targets.map((target) => `${route}${climb}/${target}`)),
  )

  it('are all there is: no path leads anywhere else', async () => {
    expect(paths.length).toBeGreaterThanOrEqual(300)
    for (const path of paths) {
      expect([400, 404], path).toContain((await web.ask(path)).status)
    }
  })

  it.each(['PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'POST'])('%s is not for them', async (method) => {
    expect((await web.ask('/', { method })).status).toBe(405)
  })
})

describe('a foreign host', () => {
  const port = () => String(web.shell.port)
  const variants = [
    'evil.com',
    'evil.com:PORT',
    'localhost',
    'localhost:PORT',
    'localhost.evil.com:PORT',
    '127.0.0.1.evil.com:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1:PORT.',
    '127.0.0.1.:PORT',
    '0x7f.1:PORT',
    '0x7f000001:PORT',
    '2130706433:PORT',
    '127.1:PORT',
    '127.0.1:PORT',
    '0:PORT',
    '0.0.0.0:PORT',
    '[::1]:PORT',
    '[::ffff:127.0.0.1]:PORT',
    '::1:PORT',
    'user@127.0.0.1:PORT',
    '127.0.0.1:PORT@evil.com',
    'evil.com#127.0.0.1:PORT',
    '127.0.0.1:PORT,evil.com',
    '127.0.0.1:0PORT',
    '127.0.0.1:PORT0',
    'LOCALHOST:PORT',
    '127.0.0.1:PORT/',
    '127.0.0.1:PORT?x',
    'http://127.0.0.1:PORT',
    '127.0.0.1 :PORT',
    '127.0.0.2:PORT',
    '１２７.0.0.1:PORT',
    '',
  ]
  it.each(variants)('%j is refused', async (variant) => {
    const line = await web.raw(`GET / HTTP/1.1\r\nHost: ${variant.replace('PORT', port())}\r\n\r\n`)
    expect(line).toMatch(/^HTTP\/1\.1 (403|400) /)
  })

  it('is refused when missing or said twice', async () => {
    expect(await web.raw('GET / HTTP/1.1\r\n\r\n')).toContain(' 403 ')
    expect(await web.raw('GET / HTTP/1.0\r\n\r\n')).toContain(' 403 ')
    expect(await web.raw(`GET / HTTP/1.1\r\nHost: ${web.host}\r\nHost: evil.com\r\n\r\n`)).toMatch(/ 40[03] /)
    expect(await web.raw(`GET / HTTP/1.1\r\nHost: ${web.host}\r\nHost: ${web.host}\r\n\r\n`)).toMatch(/ 40[03] /)
    expect(await web.raw(`GET http://evil.com/ HTTP/1.1\r\nHost: ${web.host}\r\n\r\n`)).toContain(' 404 ')
  })
})

describe('a ticket', () => {
  it('is given for the token from the page itself', async () => {
    const { status, body } = await web.ask('/ticket', { method: 'POST', headers: web.admitted })
    expect(status).toBe(200)
    expect(JSON.parse(body).ticket).toMatch(/^[\w-]{43}$/)
  })

  const origins = [
    'null',
    'http://evil.com',
    'http://127.0.0.1:PORT.evil.com',
    'https://127.0.0.1:PORT',
    'http://127.0.0.1',
    'HTTP://127.0.0.1:PORT',
    'http://localhost:PORT',
    'http://127.0.0.1:PORT/',
    'http://127.0.0.1:PORT0',
    'http://127.0.0.1:1',
    'file://',
    '',
  ]
  it.each(origins)('is not given to the origin %j', async (other) => {
    const headers = { ...web.admitted, origin: other.replace('PORT', String(web.shell.port)) }
    expect((await web.ask('/ticket', { method: 'POST', headers })).status).toBe(403)
    expect(await web.open(`/ws?ticket=${await web.takeTicket()}`, { origin: headers.origin })).toBe(403)
  })

  it('is not given without origin, across sites, for a body, or by another method', async () => {
    const { authorization } = web.admitted
    expect((await web.ask('/ticket', { method: 'POST', headers: { authorization } })).status).toBe(403)
    expect(
      (await web.ask('/ticket', { method: 'POST', headers: { ...web.admitted, 'sec-fetch-site': 'cross-site' } }))
        .status,
    ).toBe(403)
    expect((await web.ask('/ticket', { method: 'POST', headers: web.admitted, body: 'x=1' })).status).toBe(413)
    expect((await web.ask('/ticket', { headers: web.admitted })).status).toBe(404)
  })

  it('serves once', async () => {
    const ticket = await web.takeTicket()
    const socket = await web.open(`/ws?ticket=${ticket}`)
    expect(socket).toBeInstanceOf(WebSocket)
    expect(await web.open(`/ws?ticket=${ticket}`)).toBe(403)
    if (socket instanceof WebSocket) socket.close()
  })

  it.each(['/ws', '/ws?ticket=', '/ws?ticket=abc', `/ws?ticket=${'a'.repeat(43)}`, '/other'])(
    '%s opens nothing',
    async (path) => {
      expect(await web.open(path)).toBe(403)
    },
  )

  it('is held back after several wrong tokens, and the right one still serves', async () => {
    const wrong = { authorization: `Bearer ${'a'.repeat(43)}`, origin: web.origin }
    for (let i = 0; i < 5; i++) expect((await web.ask('/ticket', { method: 'POST', headers: wrong })).status).toBe(403)
    const from = performance.now()
    expect((await web.ask('/ticket', { method: 'POST', headers: wrong })).status).toBe(403)
    expect(performance.now() - from).toBeGreaterThan(900)
    expect(await web.takeTicket()).toHaveLength(43)
  })
})

describe('the shell', () => {
  it('answers large headers with 431', async () => {
    expect(await web.raw(`GET / HTTP/1.1\r\nHost: ${web.host}\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`)).toContain(' 431 ')
  })

  it('writes its token into no log', async () => {
    const log = await readFile(join(web.folder, 'logs', 'paramap.log'), 'utf8').catch(() => '')
    expect(log).not.toContain(web.token)
  })

  it('ends by itself when no page comes, and frees its port', async () => {
    const idle = new Promise<void>((resolve) => {
      void startWebShell({ services: web.services, pageFolder: join(web.folder, 'page'), idleMs: 50, onIdle: resolve })
    })
    await idle
  })
})
