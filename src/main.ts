#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'

// By itself V8 lets the heap grow to four times what is alive before it looks for garbage; this is twice.
setFlagsFromString('--heap-growing-percent=100')

const { endWithReader } = await import('./cli/broken-pipe.js')
const { runCli } = await import('./cli/program.js')

endWithReader()
process.exitCode = await runCli(process.argv.slice(2))
