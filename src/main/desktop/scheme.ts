/** The page's own scheme, `app://paramap/`: files from a map made at start, never from a path. */
import { protocol, type Session } from 'electron'
import { type PageFiles, pageHeaders } from '../page/files.ts'

const SCHEME = 'app'
const HOST = 'paramap'

/** Where the page lives. */
export const pageAddress = `${SCHEME}://${HOST}/index.html`

/** True for an address of the page. */
export function isPageAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol: scheme, host, username, password } = new URL(address)
  return scheme === `${SCHEME}:` && host === HOST && username === '' && password === ''
}

/** Makes the scheme known; must come before the app is ready. No `corsEnabled`: nothing else asks for these files. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Answers requests for the page's files. */
export function setupScheme(session: Session, files: PageFiles): void {
  session.protocol.handle(SCHEME, (request) => {
    const file = isPageAddress(request.url) ? files.get(new URL(request.url).pathname) : undefined
    if (request.method !== 'GET' || file === undefined) return new Response('', { status: 404, headers: pageHeaders })
    return new Response(file.bytes, { status: 200, headers: { ...pageHeaders, 'content-type': file.type } })
  })
}
