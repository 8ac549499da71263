/** What the services tell without being asked. */
import type { Bridge } from '../../shared/protocol.ts'
import { useNotices } from '../stores/notices.ts'
import { useRun } from '../stores/run.ts'
import { runNamed } from './commands.ts'
import { titleEnd } from './window-title.ts'

/** Hears the services' events for as long as the page lives. */
export function hearEvents(bridge: Bridge): void {
  bridge.onEvent((event) => {
    switch (event.kind) {
      case 'run-changed':
        useRun().update(event.info)
        return
      case 'run-ended':
        titleEnd(event.status)
        return
      case 'worker-restarted':
        for (const info of event.runs) useRun().update(info)
        useNotices().report(event.fault)
        return
      case 'warning':
        useNotices().report(event.fault)
        return
      case 'command':
        runNamed(event.command)
    }
  })
}
