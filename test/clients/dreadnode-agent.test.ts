import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { type ClientHome, makeClientHome } from './client.js'
import { type ClientGateway, startClientGateway } from './gateway.js'
import type { Turn } from './scripted-answers.js'
import { type ScriptedModel, startScriptedModel } from './scripted-model.js'
import { ask } from './sessions.js'

const { at, missing } = inject('clients').dreadnode
const question = 'Why does the login test fail at night?'

describe.skipIf(missing !== null)('an agent of dn with a scripted model', () => {
  let gateway: ClientGateway
  let home: ClientHome
  let model: ScriptedModel | undefined

  beforeAll(async () => {
    gateway = await startClientGateway()
  })

  afterAll(() => gateway?.close())

  beforeEach(async () => {
    home = await makeClientHome()
    await home.run(join(at!, 'dn'), ['login', gateway.key, '--server', gateway.url])
  })

  afterEach(async () => {
    await model?.close()
    await home.remove()
  })

  /** Runs one prompt without a terminal; gives what it prints and the session that it wrote. */
  async function print(name: string, script: Turn[], ...flags: string[]) {
    model = await startScriptedModel(script)
    const before = new Set((await sessions()).map(({ id }) => id))
    const args = ['--print', '--prompt', question, '--model', name, ...flags]
    const { code, stdout, stderr } = await home.run(join(at!, 'dn'), args, model.env)
    expect(code, stderr + stdout).toBe(0)
    const made = (await sessions()).filter(({ id }) => !before.has(id))
    expect(made).toHaveLength(1)
    return { stdout, id: made[0]!.id }
  }

  const sessions = async (): Promise<{ id: string }[]> =>
    (await ask(gateway, 'GET', '/sessions?limit=100')).sessions
  const transcript = (id: string) => ask(gateway, 'GET', `/sessions/${id}/transcript`)

  /** What is on the screen of `dn --resume` once these steps are done. */
  async function resume(id: string, steps: object[]): Promise<string> {
    const program = [join(at!, 'dn'), '--resume', id, '--model', 'openai/gpt-5-mini']
    const args = [resolve('test/clients/python/screen.py'), JSON.stringify(steps), ...program]
    const { code, stdout, stderr } = await home.run(join(at!, 'python'), args, model?.env)
    expect(code, stderr + stdout.replaceAll('\\n', '\n')).toBe(0)
    return JSON.parse(stdout)
  }

  test.each(['openai/gpt-5-mini', 'anthropic/claude-sonnet-4-5'])(
    '%s: what is said is kept',
    async (name) => {
      const call = { id: 'call_1', name: 'bash', arguments: { cmd: 'echo looked $((40 + 2))' } }
      const { stdout, id } = await print(name, [
        { say: 'I will look.', call },
        { say: 'It compares local dates.' },
      ])

      expect(stdout).toContain('It compares local dates.')
      const { session, messages } = await transcript(id)
      expect(messages.map(({ role }: { role: string }) => role)).toEqual([
        'user',
        'assistant',
        'tool',
        'assistant',
      ])
      expect(messages[0].content).toBe(question)
      expect(messages[1].tool_calls).toMatchObject([{ id: 'call_1', name: 'bash' }])
      expect(messages[2].content).toContain('looked 42')
      expect(messages[3].content).toBe('It compares local dates.')
      expect(session).toMatchObject({
        message_count: 4,
        model: name,
        project_key: 'default',
        preview_text: question,
      })
      expect(session.usage).toMatchObject({
        total_input_tokens: 1800,
        total_output_tokens: 80,
        total_tool_call_count: 1,
      })
      const listed = await home.run(join(at!, 'dn'), ['session', 'list'])
      expect(listed.stdout).toMatch(new RegExp(`${id.slice(0, 8)} +${question.replace('?', '\\?')}`))
      expect(listed.stdout).toContain('4 msgs')
    },
  )

  test('long thinking is kept whole, beside everything said after it', async () => {
    const think = 'Let me think about dates. '.repeat(8_000)
    const script = [{ think, say: 'It compares local dates.' }]
    const { id } = await print('anthropic/claude-sonnet-4-5', script)

    const { messages } = await transcript(id)
    expect(messages).toHaveLength(2)
    expect(messages[1].metadata.reasoning_content).toBe(think)
    expect(JSON.stringify(messages[1].metadata).length).toBeGreaterThan(2 * think.length)
  })

  test('a resumed session is on the screen again, and goes on where it was', async () => {
    const { id } = await print('openai/gpt-5-mini', [{ say: 'It compares local dates.' }])
    await model!.close()
    model = await startScriptedModel([{ say: 'Use UTC in both.' }])

    const shown = await resume(id.slice(0, 8), [
      { see: 'It compares local dates.' },
      { type: 'And the fix?' },
      { see: 'And the fix?' },
      { type: '\r' },
      { see: 'Use UTC in both.' },
    ])

    expect(shown).toContain(question)
    await expect.poll(async () => (await transcript(id)).messages.length, { timeout: 30_000 }).toBe(4)
    const { messages, session } = await transcript(id)
    expect(messages.map(({ content }: { content: string }) => content).slice(2)).toEqual([
      'And the fix?',
      'Use UTC in both.',
    ])
    expect(session.message_count).toBe(4)
    expect(JSON.stringify(model.asked[0].messages)).toContain('It compares local dates.')
  })

  test('nothing about sessions that it asks is refused', () => {
    const refused = gateway.requests.filter(({ status, path }) => status >= 400 && path.includes('/sessions'))

    expect(gateway.requests.length).toBeGreaterThan(20)
    expect(refused).toEqual([])
  })
})
