import { randomUUID } from 'node:crypto'
import { SpanStatusCode, type Tracer } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { seedWorkspace } from '../support/seed.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const words = (role: string, content: string) => ({ role, parts: [{ type: 'text', content }] })

/** What an instrumented agent does: an answer that calls a tool, the tool, and the answer after it. */
function runAgent(tracer: Tracer, conversation: string): void {
  const shared = { 'gen_ai.conversation.id': conversation, 'gen_ai.request.model': 'model-a' }
  const asked = [words('user', 'How many files?')]
  const call = { type: 'tool_call', id: 'call_1', name: 'list_files', arguments: { path: '.' } }
  const result = { type: 'tool_call_response', id: 'call_1', response: 'no such folder' }
  const chat = (input: object[], output: object, usage: [number, number]) =>
    tracer
      .startSpan('chat model-a', {
        attributes: {
          ...{ ...shared, 'gen_ai.operation.name': 'chat', 'gen_ai.response.model': 'model-a-1' },
          'gen_ai.input.messages': JSON.stringify(input),
          'gen_ai.output.messages': JSON.stringify([output]),
          ...{ 'gen_ai.usage.input_tokens': usage[0], 'gen_ai.usage.output_tokens': usage[1] },
        },
      })
      .end()
  chat(asked, { role: 'assistant', parts: [call] }, [11, 2])
  const tool = tracer.startSpan('execute_tool list_files', {
    attributes: {
      ...{ ...shared, 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'list_files' },
      ...{ 'gen_ai.tool.call.id': 'call_1', 'gen_ai.tool.call.result': 'no such folder' },
    },
  })
  tool.setStatus({ code: SpanStatusCode.ERROR })
  tool.end()
  const said = [...asked, { role: 'assistant', parts: [call] }, { role: 'tool', parts: [result] }]
  chat(said, words('assistant', 'None.'), [23, 3])
}

test.each(['none', 'gzip'])(
  'spans of the OpenTelemetry SDK become a session with its usage: %s',
  async (compression) => {
    const { store, organizationId, workspaceId, bob, place } = await seedWorkspace()
    const key = generateSecret()
    const scopes = ['sessions:read', 'sessions:write', 'sessions:import'] as const
    const named = { userId: bob.userId, name: 'otel', defaultWorkspaceId: workspaceId, scopes }
    await createApiKey(store, { organizationId, ...named }, key)
    const exporter = new OTLPTraceExporter({
      url: `${gateway.url}/v1/traces`,
      headers: { authorization: `Bearer ${key}` },
      compression: compression as never,
    })
    const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] })
    const conversation = randomUUID()
    runAgent(provider.getTracer('an-agent'), conversation)
    await provider.forceFlush()
    await provider.shutdown()

    const { data, errors } = await bob.graphql(
      `query Read($organization: String!, $workspace: String!, $id: String!) {
      workspace(organization: $organization, slug: $workspace) { session(id: $id) {
        model usage { totalInputTokens totalOutputTokens }
        transcript(first: 9) { edges { node { role content isError toolCallId toolCalls { callId name } } } }
      } }
    }`,
      { ...place, id: conversation },
    )
    expect(errors).toBeUndefined()
    const { transcript, ...session } = data.workspace.session
    expect(session).toMatchObject({ usage: { totalInputTokens: 34, totalOutputTokens: 5 } })
    const rows = transcript.edges.map(({ node }: any) => node)
    expect(rows).toMatchObject([
      { role: 'USER', content: 'How many files?' },
      { role: 'ASSISTANT', toolCalls: [{ callId: 'call_1', name: 'list_files' }] },
      { role: 'TOOL', content: 'no such folder', toolCallId: 'call_1', isError: true },
      { role: 'ASSISTANT', content: 'None.' },
    ])
  },
)
