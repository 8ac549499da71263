/** `npm run golden -- DIR`: golden vectors against both backends; exit 1 where one differs, 2 for what cannot be read. */
import { readFileSync } from 'node:fs'
import { compileKernels } from '../core/exec/wasm.ts'
import kernelsPath from '../core/gen/kernels.wasm?asset&asarUnpack'
import { runGoldenFolder } from './golden/report.ts'

function main(folder: string | undefined): number {
  if (folder === undefined) {
    process.stderr.write('Name a folder with golden files: npm run golden -- test/golden\n')
    return 2
  }
  try {
    const report = runGoldenFolder(folder, compileKernels(readFileSync(kernelsPath)))
    process.stdout.write(`${report.lines.join('\n')}\n`)
    return report.failed > 0 ? 1 : 0
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
}

process.exitCode = main(process.argv[2])
