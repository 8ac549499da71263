/** Where things are kept: the library that people see, and the folder for settings and logs. */
import { homedir } from 'node:os'
import { join } from 'node:path'

export interface Places {
  /** Models, one file each; people may copy them in and out. */
  readonly library: string
  readonly settings: string
  readonly logs: string
}

type Environment = Readonly<Record<string, string | undefined>>

function configFolder(environment: Environment): string {
  switch (process.platform) {
    case 'win32':
      return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Paramap')
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Paramap')
    default:
      return join(environment.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'paramap')
  }
}

/** `PARAMAP_HOME` holds everything where it is set (a school's share, a test); else the usual folders of the system. */
export function findPlaces(environment: Environment = process.env): Places {
  const home = environment.PARAMAP_HOME
  const config = home === undefined || home === '' ? configFolder(environment) : join(home, '.paramap')
  const library = home === undefined || home === '' ? join(homedir(), 'Documents', 'Paramap') : home
  return { library, settings: join(config, 'settings.json'), logs: join(config, 'logs') }
}
