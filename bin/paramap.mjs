#!/usr/bin/env node
/** Runs the built command line on a Node that is recent enough. */
import { launch } from '../scripts/launch.mjs'

await launch('out/cli/paramap.js')
