import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

/** A gateway whose REST answers after half a second, as a process of its own; it prints its port. */
const program = `
  import { closeOnSignal, surviveStrayErrors } from './src/http/drain.ts'
  import { createGatewayServer } from './src/http/server.ts'
  import { openDoor } from './test/support/open-door.ts'
  surviveStrayErrors()
  const server = createGatewayServer({
    ...openDoor,
    graphql: () => {},
    rest: async (request) => {
      if (request.url.endsWith('/stray')) setTimeout(() => { throw new Error('stray') })
      if (request.url.endsWith('/slow')) await new Promise((resolve) => setTimeout(resolve, 500))
      return Response.json({ done: true })
    },
    ready: async () => null,
    graphqlBodyLimitBytes: 1024,
    requestTimeoutMs: 10_000,
    loopbackHostsOnly: true,
    compression: true,
    documents: [],
    explorer: null,
  })
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
  closeOnSignal({ server, stop: () => console.log('streams ended'), close: async () => console.log('store closed') })
`

async function startProcess(): Promise<{ child: ChildProcess; origin: string; output: () => string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
  })
  await once(child.stdout as NodeJS.ReadableStream, 'data')
  return { child, origin: `http://127.0.0.1:${output.trim()}`, output: () => output }
}

test.each([
  ['SIGTERM', ['SIGTERM']],
  ['Ctrl-C, which npm sends twice', ['SIGINT', 'SIGINT']],
] as [string, NodeJS.Signals[]][])(
  '%s finishes the request in flight, closes the store and exits with 0',
  async (_name, signals) => {
    const { child, origin, output } = await startProcess()
    const idle = await fetch(`${origin}/livez`)
    await idle.text()
    const exited = once(child, 'exit')
    const slow = fetch(`${origin}/slow`)
    await new Promise((resolve) => setTimeout(resolve, 150))
    for (const signal of signals) child.kill(signal)
    expect(await (await slow).json()).toEqual({ done: true })
    expect(await exited).toEqual([0, null])
    expect(output()).toMatch(/streams ended\s+store closed/)
    await expect(fetch(`${origin}/livez`)).rejects.toThrow()
  },
)

test('an error that nobody caught does not end the process', async () => {
  const { child, origin } = await startProcess()
  await (await fetch(`${origin}/stray`)).text()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect((await fetch(`${origin}/livez`)).status).toBe(200)
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
})
