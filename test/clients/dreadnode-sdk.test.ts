import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ClientHome, makeClientHome } from './client.js'
import { type ClientGateway, startClientGateway } from './gateway.js'

const { at, missing } = inject('clients').dreadnode

describe.skipIf(missing !== null)('the SDK of Dreadnode', () => {
  let gateway: ClientGateway
  let home: ClientHome

  beforeAll(async () => {
    gateway = await startClientGateway()
    home = await makeClientHome()
  })

  afterAll(async () => {
    await gateway?.close()
    await home?.remove()
  })

  /** Runs a script with the address and the key in the variables that the README names. */
  async function run(script: string): Promise<any> {
    const env = { DREADNODE_SERVER: gateway.url, DREADNODE_API_KEY: gateway.key }
    const { code, stdout, stderr } = await home.run(
      join(at!, 'python'),
      [resolve('test/clients/python', script)],
      env,
    )
    expect(code, stderr + stdout).toBe(0)
    return JSON.parse(stdout)
  }

  test('configures itself, and its tasks leave spans that are taken', async () => {
    const place = await run('dreadnode_configure.py')

    expect(place).toEqual({ organization: 'acme', workspace: 'main', project: 'fresh', result: 42 })
    // The gateway's lines come after its answers.
    const traces = () => gateway.requests.filter(({ path }) => path.endsWith('/otel/traces'))
    await expect.poll(() => traces().map(({ status }) => status)).toContain(200)
    const projects = () =>
      gateway.requests.filter(({ path, method }) => path.endsWith('/projects') && method === 'POST')
    await expect.poll(projects).toMatchObject([{ status: 200 }])
  })

  test('every call about sessions gives what its models read', async () => {
    const gave = await run('dreadnode_sessions.py')

    expect(gave.saved).toMatchObject({ message_count: 0, origin: 'user', visibility: 'private', title: null })
    expect(gave.again).toEqual(gave.saved)
    expect(gave.appended).toMatchObject({ last_seq: 1, appended_count: 2 })
    expect(gave.repeated).toMatchObject({ last_seq: 1, appended_count: 0 })
    expect(gave.updated).toMatchObject({
      title: 'From the SDK',
      model: 'gpt-5',
      agent: 'coder',
      message_count: 2,
    })
    expect(gave.updated.labels).toEqual({ team: ['core'] })
    expect(gave.unnamed.model).toBe('gpt-5')
    expect(gave.transcript.messages.map(({ content }: any) => content)).toEqual(['Why?', 'Because.'])
    expect(gave.transcript).toMatchObject({ current_system_prompt: 'Be short.', has_more: false })
    expect(gave.listed).toEqual([gave.saved.id])
    expect(gave.facets.labels).toEqual({ team: [{ value: 'core', count: 1 }] })
    expect(gave.scope.session.id).toBe(gave.saved.id)
    expect(gave.compacted).toMatchObject({ summary_seq: 2 })
    expect(gave.after).toEqual(['Shorter.'])
    expect(gave.rewound).toMatchObject({ deleted_count: 1, restored_content: 'And then?' })
    expect(gave.group).toMatchObject({ kind: 'workflow', status: 'completed', title: 'A workflow' })
    expect(gave.trajectory.schema_version).toBe('ATIF-v1.7')
    expect(gave.archived.archived_at).not.toBeNull()
    expect(gave.unarchived.archived_at).toBeNull()
    expect(gave.frozen.frozen_by).toBe('user')
    expect(gave.refused).toEqual(['ConflictError', 'NotFoundError', 'AuthenticationError'])
  })
})
