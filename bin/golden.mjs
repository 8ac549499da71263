#!/usr/bin/env node
/** Runs the golden vectors in a folder against both backends: `npm run golden -- DIR`. */
import { launch } from '../scripts/launch.mjs'

await launch('out/cli/golden.js')
