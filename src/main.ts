#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'

// A Node that is too old for every other file has to read this one: no newer syntax, and imports once it is known to do.
const least = leastNode()
if (isOlder(process.versions.node, least)) {
  process.stderr.write(
    `session-gateway needs Node ${least} or newer, and this is ${process.versions.node}.\n`,
  )
  process.exitCode = 1
} else {
  // By itself V8 lets the heap grow to four times what is alive before it looks for garbage; this is twice.
  setFlagsFromString('--heap-growing-percent=100')
  void run()
}

async function run(): Promise<void> {
  const { endWithoutTerminal, endWithReader } = await import('./cli/streams-gone.js')
  const { runCli } = await import('./cli/program.js')
  endWithReader()
  endWithoutTerminal()
  process.exitCode = await runCli(process.argv.slice(2))
}

function leastNode(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { engines: { node: string } }).engines.node.replace('>=', '')
}

function isOlder(version: string, than: string): boolean {
  const numbers = version.split('.').map(Number)
  const differing = than.split('.').findIndex((number, index) => Number(number) !== numbers[index])
  return differing >= 0 && Number(numbers[differing]) < Number(than.split('.')[differing])
}
