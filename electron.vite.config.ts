import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import VueI18nPlugin from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const root = dirname(fileURLToPath(import.meta.url))
const source = (path: string): string => resolve(root, 'src', path)

/** Entries that run in Node, by their place under out/. */
const entries = Object.fromEntries(
  [
    ['main/desktop', source('main/desktop.ts')],
    ['main/web', source('main/web.ts')],
    ['cli/paramap', source('cli/paramap.ts')],
    ['cli/golden', source('cli/golden.ts')],
  ].filter(([, file]) => file !== undefined && existsSync(file)),
)

export default defineConfig({
  main: {
    build: {
      // One folder below out/ for entries and chunks alike, so that `../renderer` is the page from each of them.
      outDir: resolve(root, 'out'),
      emptyOutDir: false,
      rolldownOptions: {
        input: entries,
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      rolldownOptions: {
        input: { index: source('preload/index.ts') },
        // A sandboxed preload is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: source('renderer'),
    base: './',
    plugins: [
      vue(),
      // Messages are compiled here and the compiler is left out: the page's policy forbids eval.
      VueI18nPlugin({ include: [source('renderer/i18n/*.json')], runtimeOnly: true, dropMessageCompiler: true }),
    ],
    build: {
      outDir: resolve(root, 'out/renderer'),
      minify: true,
      // The page is one chunk, loaded from this computer; scripts/bundle-size.mjs has the budget.
      chunkSizeWarningLimit: 1_500,
      rolldownOptions: { input: source('renderer/index.html') },
    },
  },
})
