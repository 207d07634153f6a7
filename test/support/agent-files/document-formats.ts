import { BinaryWriter } from '@bufbuild/protobuf/wire'
import { type Conversation, clock, uuidOf } from './conversation.js'
import { chatMessages, geminiMessages, toolCall } from './line-formats.js'

export function geminiRecord(conversation: Conversation): object {
  const now = clock(conversation.id)
  const startTime = now().toISOString()
  const messages = geminiMessages(conversation, now)
  return { sessionId: conversation.id, projectHash: 'p', startTime, messages }
}

/** A call and its result are one part. */
export function opencode({ id, turns }: Conversation): object {
  const now = clock(id)
  const messages: object[] = []
  const add = (role: string, members: object, parts: object[]) => {
    const created = now().getTime()
    messages.push({ info: { id: `msg_${messages.length}`, role, time: { created }, ...members }, parts })
  }
  const created = now().getTime()
  for (const { ask, answers } of turns) {
    add('user', {}, [{ type: 'text', text: ask }])
    for (const { text, model, call, input, cached, output } of answers) {
      const tokens = { input: input - cached, output, reasoning: 0, cache: { read: cached, write: 0 } }
      const input_ = call === null ? null : { path: call.path }
      const state = call?.failed
        ? { status: 'error', input: input_, error: call.result }
        : { status: 'completed', input: input_, output: call?.result }
      const tools =
        call === null ? [] : [{ type: 'tool', id: `prt_${call.id}`, callID: call.id, tool: call.name, state }]
      add('assistant', { modelID: model, tokens }, [{ type: 'text', text }, ...tools])
    }
  }
  return { info: { id: `ses_${id}`, title: `Session ${id}`, time: { created } }, messages }
}

export function atif({ id, turns }: Conversation): object {
  const now = clock(id)
  const steps: object[] = []
  const add = (step: object) =>
    steps.push({ step_id: steps.length + 1, timestamp: now().toISOString(), ...step })
  for (const { ask, answers } of turns) {
    add({ source: 'user', message: ask })
    for (const { text, model, call, input, cached, output } of answers)
      add({
        ...{ source: 'agent', message: text, model_name: model },
        metrics: { prompt_tokens: input, cached_tokens: cached, completion_tokens: output },
        ...(call === null
          ? {}
          : {
              tool_calls: [
                { tool_call_id: call.id, function_name: call.name, arguments: { path: call.path } },
              ],
              observation: { results: [{ source_call_id: call.id, content: call.result }] },
            }),
      })
  }
  return { schema_version: 'ATIF-v1.6', session_id: id, agent: { name: 'helper', version: '1' }, steps }
}

export function chat(conversation: Conversation): object {
  return { id: conversation.id, title: 'A chat', messages: chatMessages(conversation) }
}

export function tau2({ id, turns }: Conversation): object {
  const now = clock(id)
  const said = (message: object) => ({ ...message, timestamp: now().toISOString() })
  return {
    ...{ id, task_id: id.slice(0, 4), trial: 0, termination_reason: 'user_stop', reward_info: { reward: 1 } },
    messages: turns.flatMap(({ ask, answers }) => [
      said({ role: 'user', content: ask }),
      ...answers.flatMap(({ text, call, input, output }) => [
        said({
          ...{ role: 'assistant', content: text, usage: { prompt_tokens: input, completion_tokens: output } },
          ...(call === null
            ? {}
            : { tool_calls: [{ id: call.id, name: call.name, arguments: { path: call.path } }] }),
        }),
        ...(call === null
          ? []
          : [said({ role: 'tool', id: call.id, content: call.result, error: call.failed })]),
      ]),
    ]),
  }
}

export function tauBench(conversation: Conversation): object {
  const task_id = Number.parseInt(conversation.id.slice(0, 6), 16)
  return { task_id, trial: 0, reward: 1, traj: chatMessages(conversation), info: {} }
}

export function sweAgent({ id, turns }: Conversation): object {
  const history = turns.flatMap(({ ask, answers }) => [
    { role: 'user', content: ask },
    ...answers.flatMap(({ text, call }) => [
      { role: 'assistant', content: text, ...(call === null ? {} : { tool_calls: [toolCall(call)] }) },
      ...(call === null ? [] : [{ role: 'tool', content: call.result, tool_call_ids: [call.id] }]),
    ]),
  ])
  return { environment: 'main', history, trajectory: [], info: {}, replay_config: replayOf(id) }
}

function replayOf(id: string): string {
  return JSON.stringify({ agent: { model: { name: 'model-a' } }, problem_statement: { id } })
}

export function miniSweAgent(conversation: Conversation): object {
  const messages = chatMessages(conversation)
  const info = { mini_version: '1.1', config: { model: { model_name: 'model-a' } } }
  return { instance_id: conversation.id, trajectory_format: 'mini-swe-agent-1.1', info, messages }
}

/** Events of actions and observations, where one names the other. */
export function openHands({ id, turns }: Conversation): object[] {
  const now = clock(id)
  const events: object[] = []
  const add = (event: object) => events.push({ id: events.length, timestamp: now().toISOString(), ...event })
  for (const { ask, answers } of turns) {
    add({ source: 'user', action: 'message', args: { content: ask } })
    for (const { text, call } of answers) {
      if (call === null) {
        add({ source: 'agent', action: 'message', args: { content: text } })
        continue
      }
      const model_response = {
        ...{ id: `r_${call.id}`, model: 'model-a', usage: { prompt_tokens: 9, completion_tokens: 1 } },
        choices: [{ message: { content: text, tool_calls: [toolCall(call)] } }],
      }
      const tool_call_metadata = { tool_call_id: call.id, function_name: call.name, model_response }
      add({ source: 'agent', action: 'read', args: { path: call.path }, tool_call_metadata })
      const cause = events.length - 1
      add({ source: 'agent', observation: 'read', content: call.result, cause, tool_call_metadata })
    }
  }
  return events
}

const part = (content: string) => ({ type: 'text', content })

/** A chat span an answer, which repeats the conversation so far. */
export function otlp({ id, turns }: Conversation): { resourceSpans: object[] } {
  const now = clock(id)
  const spans: object[] = []
  const told: object[] = []
  for (const { ask, answers } of turns) {
    told.push({ role: 'user', parts: [part(ask)] })
    for (const { text, model, call, input, cached, output } of answers) {
      const { id: callId, name } = call ?? {}
      const asked = { type: 'tool_call', id: callId, name, arguments: { path: call?.path } }
      const answer = { role: 'assistant', parts: [part(text), ...(call === null ? [] : [asked])] }
      spans.push(
        toSpan(id, spans.length, now(), {
          ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.conversation.id': id, 'gen_ai.request.model': model },
          ...{ 'gen_ai.input.messages': [...told], 'gen_ai.output.messages': [answer] },
          ...{ 'gen_ai.usage.input_tokens': input, 'gen_ai.usage.output_tokens': output },
          'gen_ai.usage.cache_read.input_tokens': cached,
        }),
      )
      told.push(answer)
      if (call !== null) {
        const response = { type: 'tool_call_response', id: call.id, response: call.result }
        told.push({ role: 'tool', parts: [response] })
      }
    }
  }
  const [last] = turns.at(-1)?.answers.slice(-1) ?? []
  if (last === undefined) throw new Error('A conversation without an answer has no spans')
  return { resourceSpans: [{ scopeSpans: [{ spans }] }] }
}

export interface OtlpSpan {
  traceId: string
  spanId: string
  name: string
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: { key: string; value: { intValue?: string; stringValue?: string } }[]
}

function toSpan(id: string, number: number, at: Date, attributes: Record<string, unknown>): OtlpSpan {
  const startTimeUnixNano = String(BigInt(at.getTime()) * 1_000_000n)
  return {
    ...{
      traceId: id.replaceAll('-', ''),
      spanId: uuidOf(id, 'span', number).replaceAll('-', '').slice(0, 16),
    },
    ...{ name: 'chat', startTimeUnixNano, endTimeUnixNano: startTimeUnixNano },
    attributes: Object.entries(attributes).map(([key, value]) => ({
      key,
      value:
        typeof value === 'number'
          ? { intValue: String(value) }
          : { stringValue: typeof value === 'string' ? value : JSON.stringify(value) },
    })),
  }
}

/** The same spans in protobuf, written by the numbers of the published schema. */
export function otlpProtobuf(conversation: Conversation): Uint8Array {
  return protobufOf(otlp(conversation).resourceSpans[0] as { scopeSpans: [{ spans: OtlpSpan[] }] })
}

/** A request with one group of spans. */
export function protobufOf(resource: { scopeSpans: [{ spans: OtlpSpan[] }] }): Uint8Array {
  const spans = new BinaryWriter()
  for (const span of resource.scopeSpans[0].spans) spans.uint32((2 << 3) | 2).bytes(spanBytes(span))
  const scope = new BinaryWriter().uint32((2 << 3) | 2).bytes(spans.finish())
  return new BinaryWriter()
    .uint32((1 << 3) | 2)
    .bytes(scope.finish())
    .finish()
}

function spanBytes(span: OtlpSpan): Uint8Array {
  const writer = new BinaryWriter()
  writer.uint32((1 << 3) | 2).bytes(Buffer.from(span.traceId, 'hex'))
  writer.uint32((2 << 3) | 2).bytes(Buffer.from(span.spanId, 'hex'))
  writer.uint32((5 << 3) | 2).string(span.name)
  writer.uint32((7 << 3) | 1).fixed64(span.startTimeUnixNano)
  writer.uint32((8 << 3) | 1).fixed64(span.endTimeUnixNano)
  for (const { key, value } of span.attributes) {
    const any = new BinaryWriter()
    if (value.intValue === undefined) any.uint32((1 << 3) | 2).string(value.stringValue ?? '')
    else any.uint32((3 << 3) | 0).int64(value.intValue)
    const pair = new BinaryWriter().uint32((1 << 3) | 2).string(key)
    pair.uint32((2 << 3) | 2).bytes(any.finish())
    writer.uint32((9 << 3) | 2).bytes(pair.finish())
  }
  return writer.finish()
}
