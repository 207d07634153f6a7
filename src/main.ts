#!/usr/bin/env node
import { endWithReader } from './cli/broken-pipe.js'
import { runCli } from './cli/program.js'

endWithReader()
process.exitCode = await runCli(process.argv.slice(2))
