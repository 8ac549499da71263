/** Plants each forbidden import in a copy of the linter's configuration and shows that the linter fails on it. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const house = mkdtempSync(join(tmpdir(), 'paramap-house-'))
const biome = resolve('node_modules/@biomejs/biome/bin/biome')

const modules = [
  'src/core/spec/index.ts',
  'src/core/train/session.ts',
  'src/core/graph/graph.ts',
  'src/shared/protocol.ts',
  'src/main/services/library.ts',
  'src/main/web.ts',
  'src/main/training/trainer.ts',
  'src/renderer/stores/run.ts',
]

const plain = 'export const value = 1\n'

interface Arrow {
  readonly from: string
  readonly to: string
}

const wrong: readonly Arrow[] = [
  { from: 'src/core/data/planted.ts', to: 'node:fs' },
  { from: 'src/core/data/planted.ts', to: 'vue' },
  { from: 'src/core/data/planted.ts', to: '../../shared/protocol.ts' },
  { from: 'src/core/spec/planted.ts', to: '../graph/graph.ts' },
  { from: 'src/core/spec/planted.ts', to: 'node:fs' },
  { from: 'src/shared/planted.ts', to: '../core/train/session.ts' },
  { from: 'src/shared/planted.ts', to: 'node:fs' },
  { from: 'src/main/services/planted.ts', to: '../../core/train/session.ts' },
  { from: 'src/main/services/planted.ts', to: 'electron' },
  { from: 'src/main/web/planted.ts', to: 'electron' },
  { from: 'src/main/training/host.ts', to: '../../core/train/session.ts' },
  { from: 'src/main/training/host.ts', to: './trainer.ts' },
  { from: 'src/main/desktop/planted.ts', to: '../../core/train/session.ts' },
  { from: 'src/preload/planted.ts', to: 'node:fs' },
  { from: 'src/preload/planted.ts', to: '../main/services/library.ts' },
  { from: 'src/renderer/app/planted.ts', to: 'electron' },
  { from: 'src/renderer/app/planted.ts', to: 'node:fs' },
  { from: 'src/renderer/app/planted.ts', to: '../../core/train/session.ts' },
  { from: 'src/renderer/app/Planted.vue', to: '../../core/train/session.ts' },
  { from: 'src/renderer/app/Planted.vue', to: 'electron' },
  { from: 'src/renderer/app/planted.ts', to: '../../main/services/library.ts' },
  { from: 'src/cli/planted.ts', to: 'electron' },
]

const right: readonly Arrow[] = [
  { from: 'src/core/data/planted.ts', to: '../train/session.ts' },
  { from: 'src/core/data/planted.ts', to: '../spec/index.ts' },
  { from: 'src/shared/planted.ts', to: '../core/spec/index.ts' },
  { from: 'src/main/services/planted.ts', to: '../../core/spec/index.ts' },
  { from: 'src/main/services/planted.ts', to: 'node:fs' },
  { from: 'src/main/desktop/planted.ts', to: 'electron' },
  { from: 'src/main/training/worker.ts', to: '../../core/train/session.ts' },
  { from: 'src/main/training/worker.ts', to: './trainer.ts' },
  { from: 'src/main/training/trainer.ts', to: '../../core/train/session.ts' },
  { from: 'src/preload/planted.ts', to: 'electron' },
  { from: 'src/renderer/app/planted.ts', to: '../../core/spec/index.ts' },
  { from: 'src/renderer/app/Planted.vue', to: '../../shared/protocol.ts' },
  { from: 'src/renderer/app/planted.ts', to: 'vue' },
  { from: 'src/cli/planted.ts', to: '../core/train/session.ts' },
  { from: 'src/cli/planted.ts', to: '../main/web.ts' },
]

function write(file: string, text: string): void {
  mkdirSync(dirname(join(house, file)), { recursive: true })
  writeFileSync(join(house, file), text)
}

function importing({ from, to }: Arrow): string {
  const code = `import { value } from '${to}'\n\nexport const planted = value\n`
  return from.endsWith('.vue') ? `<script lang="ts">\n${code}</script>\n` : code
}

/** The linter's report over the planted house: rule names with their files. */
function lint(): string {
  try {
    execFileSync(process.execPath, [biome, 'lint', '--reporter=github', '--max-diagnostics=none', '.'], {
      cwd: house,
      encoding: 'utf8',
      stdio: 'pipe',
    })
    return ''
  } catch (error) {
    return String((error as { stdout?: string }).stdout)
  }
}

function plant(arrow: Arrow): string {
  write(arrow.from, importing(arrow))
  try {
    return lint()
  } finally {
    if (modules.includes(arrow.from)) write(arrow.from, plain)
    else rmSync(join(house, arrow.from))
  }
}

beforeAll(() => {
  execFileSync('git', ['init', '--quiet'], { cwd: house })
  copyFileSync('biome.json', join(house, 'biome.json'))
  copyFileSync('.gitignore', join(house, '.gitignore'))
  for (const file of modules) write(file, plain)
})
afterAll(() => rmSync(house, { recursive: true, force: true }))

describe('import rules', () => {
  it.each(wrong)('the linter refuses $from -> $to', (arrow) => {
    expect(plant(arrow)).toContain('noRestrictedImports')
  })

  it.each(right)('the linter allows $from -> $to', (arrow) => {
    expect(plant(arrow)).not.toContain('noRestrictedImports')
  })

  it('the linter refuses a cycle', () => {
    write('src/core/graph/first.ts', `import { second } from './second.ts'\n\nexport const first = () => second\n`)
    write('src/core/graph/second.ts', `import { first } from './first.ts'\n\nexport const second = () => first\n`)
    expect(lint()).toContain('noImportCycles')
  })
})
