import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { packCall } from '../../../src/shared/call.ts'
import { readFrame } from '../../../src/shared/frame.ts'
import { bareLens, story } from '../support/recipes.ts'
import { startShell, type TestShell } from '../support/web.ts'

let web: TestShell
beforeAll(async () => {
  web = await startShell()
})
afterAll(() => web.close())

/** The first message that passes the filter, binary as a buffer, text parsed. */
function hear<Message>(socket: WebSocket, pick: (message: unknown) => Message | undefined): Promise<Message> {
  return new Promise((resolve) => {
    socket.on('message', (data: Buffer, isBinary) => {
      const picked = pick(isBinary ? data : JSON.parse(data.toString('utf8')))
      if (picked !== undefined) resolve(picked)
    })
  })
}

function call(socket: WebSocket, id: number, name: string, argument: unknown): Promise<Record<string, unknown>> {
  const answer = hear(socket, (message) =>
    typeof message === 'object' && message !== null && 'id' in message && message.id === id
      ? (message as Record<string, unknown>)
      : undefined,
  )
  socket.send(packCall(id, name, argument))
  return answer
}

const closeCode = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.on('close', (code) => resolve(code)))

describe('a connection', () => {
  it('carries calls, faults, events and frames', async () => {
    const socket = await web.openSocket()
    expect(await call(socket, 1, 'app.info', null)).toMatchObject({ id: 1, answer: { version: '1.2.3', shell: 'web' } })
    const created = await call(socket, 2, 'run.create', { recipe: story })
    const { run } = created.answer as { run: string }
    const frame = hear(socket, (message) => (Buffer.isBuffer(message) ? message : undefined))
    socket.send(JSON.stringify({ watch: { run, lens: { ...bareLens, parameters: true } } }))
    const bytes = await frame
    const { head, sections } = readFrame(new Uint8Array(bytes).buffer)
    expect(head).toMatchObject({ run, step: 0, status: 'ready' })
    expect(sections.get('parameters')?.length).toBeGreaterThan(0)
    expect(await call(socket, 3, 'run.create', { recipe: { ...story, sed: 1 } })).toMatchObject({
      fault: { code: 'RECIPE-001', values: { nearest: 'seed' } },
    })
    expect(await call(socket, 4, 'run.fly', {})).toMatchObject({ fault: { code: 'CALL-001' } })
    expect(await call(socket, 5, 'constructor', {})).toMatchObject({ fault: { code: 'CALL-001' } })
    expect(await call(socket, 6, 'run.play', { run: 1 })).toMatchObject({ fault: { code: 'CALL-002', at: 'run' } })
    expect(await call(socket, 7, 'model.choose', null)).toMatchObject({ fault: { code: 'SHELL-001' } })
    socket.close()
  })

  it('saves a trained model, lists it and opens it with the same bits', async () => {
    const socket = await web.openSocket()
    const { run } = (await call(socket, 1, 'run.create', { recipe: story })).answer as { run: string }
    await call(socket, 2, 'run.step', { run, unit: 'epoch' })
    const saved = await call(socket, 3, 'model.save', { run, name: '나는 너를', replace: false })
    const { file, parameterCount } = saved.answer as { file: string; parameterCount: number }
    expect((await call(socket, 4, 'run.info', { run })).answer).toMatchObject({ file, parameterCount })
    expect(await call(socket, 5, 'library.list', null)).toMatchObject({ answer: [{ file, name: '나는 너를' }] })
    const opened = (await call(socket, 6, 'model.open', { file })).answer as { run: string }
    const hashes = [await call(socket, 7, 'run.hash', { run }), await call(socket, 8, 'run.hash', { run: opened.run })]
    expect(hashes[0]?.answer).toBe(hashes[1]?.answer)
    expect(await call(socket, 9, 'model.open', { file: '../../etc/passwd' })).toMatchObject({
      fault: { code: 'FILE-001' },
    })
    const csv = { ...story, data: { source: 'csv', path: '/etc/passwd', target: 'x' } }
    expect(await call(socket, 10, 'run.create', { recipe: csv })).toMatchObject({ fault: { code: 'SHELL-004' } })
    socket.close()
  })

  it.each([
    ['no JSON', 'hello', 4400],
    ['no object', '[]', 4400],
    ['no id', '{"name":"app.info"}', 4400],
    ['a wrong watch', '{"watch":{"run":"a","lens":{}}}', 4400],
    ['a deep message', `{"id":1,"name":"run.create","argument":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 4400],
    ['a large message', JSON.stringify({ id: 1, name: 'run.create', argument: 'x'.repeat(1_200_000) }), 1009],
    ['a huge message', 'x'.repeat(9_000_000), 1009],
    ['bytes without the length of their text', Uint8Array.of(1, 2, 3), 4400],
    ['bytes that end within their text', Uint8Array.of(9, 0, 0, 0, 123, 125), 4400],
    ['bytes behind no JSON', Uint8Array.of(1, 0, 0, 0, 120, 1, 2), 4400],
    ['too many bytes', packCall(1, 'model.upload', { name: 'n', bytes: new Uint8Array(6.5 * 2 ** 20) }), 1009],
  ])('ends at %s', async (_name, message, code) => {
    const socket = await web.openSocket()
    const closed = closeCode(socket)
    socket.send(message)
    expect(await closed).toBe(code)
  })

  it('takes a file with a call as its bytes, and says what is wrong with it', async () => {
    const socket = await web.openSocket()
    const argument = { name: 'n.safetensors' }
    const bytes = new Uint8Array(3)
    expect(await call(socket, 1, 'model.upload', { ...argument, bytes })).toMatchObject({ fault: { code: 'SAFE-001' } })
    expect(await call(socket, 2, 'model.upload', argument)).toMatchObject({ fault: { code: 'CALL-002', at: 'bytes' } })
    expect(await call(socket, 3, 'app.info', { bytes })).toMatchObject({ fault: { code: 'CALL-002' } })
    socket.close()
  })

  it('ends when too much comes at once', async () => {
    const socket = await web.openSocket()
    const closed = closeCode(socket)
    for (let i = 0; i < 3000; i++) socket.send('{"id":1,"name":"app.info"}')
    expect(await closed).toBe(1008)
  })

  it('does not agree to compression', async () => {
    const socket = await web.openSocket()
    expect(socket.extensions).toBe('')
    socket.close()
  })
})
