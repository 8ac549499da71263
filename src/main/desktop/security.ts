/** What a page of the desktop app may not do: leave, open windows, embed others, ask for devices, reach a network. */
import { app, type Session, type WebContents } from 'electron'
import type { Log } from '../services/log.ts'
import { isPageAddress } from './scheme.ts'

/** Copying a table or a picture, and a full screen for the classroom. */
const allowedPermissions: readonly string[] = ['clipboard-sanitized-write', 'fullscreen']

function denyNavigation(contents: WebContents, log: Log): void {
  const refuse = (event: { preventDefault(): void }, address: string): void => {
    event.preventDefault()
    log(`navigation refused: ${address.slice(0, 200)}`)
  }
  contents.on('will-navigate', (event, address) => {
    if (!isPageAddress(address)) refuse(event, address)
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isPageAddress(event.url)) refuse(event, event.url)
  })
  contents.on('will-redirect', (event, address) => refuse(event, address))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    log(`window refused: ${url.slice(0, 200)}`)
    return { action: 'deny' }
  })
}

/** Denies all this for every page that will ever be made. */
export function setupSecurity(session: Session, log: Log): void {
  app.on('web-contents-created', (_event, contents) => denyNavigation(contents, log))
  session.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(allowedPermissions.includes(permission)),
  )
  session.setPermissionCheckHandler((_contents, permission) => allowedPermissions.includes(permission))
  session.setDevicePermissionHandler(() => false)
  // No page of ours asks for a network; one that does was changed by someone else.
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] },
    (details, decide) => {
      log(`request refused: ${details.url.slice(0, 200)}`)
      decide({ cancel: true })
    },
  )
}
