import { type Answer, type Call, type Conversation, clock, uuidOf } from './conversation.js'

type Lines = object[]

const given = ({ path }: Call) => ({ path })

/** A line a block of an answer, whose usage grows, and the results in lines of the user. */
export function claudeCode({ id, turns }: Conversation): Lines {
  const now = clock(id)
  const lines: Lines = []
  const add = (line: object) => {
    const number = lines.length
    const parentUuid = number === 0 ? null : uuidOf(id, number - 1)
    lines.push({
      ...{ sessionId: id, uuid: uuidOf(id, number), parentUuid, timestamp: now().toISOString() },
      ...{ isSidechain: false, cwd: '/w', version: '2.0.1' },
      ...line,
    })
  }
  const user = (content: unknown) => add({ type: 'user', message: { role: 'user', content } })
  for (const { ask, answers } of turns) {
    user(ask)
    for (const { text, model, call, input, cached, output } of answers) {
      const block = (content: object, tokens: number, stop_reason: string | null) =>
        add({
          type: 'assistant',
          message: {
            ...{
              id: `msg_${id}_${text.slice(0, 40)}`,
              role: 'assistant',
              model,
              content: [content],
              stop_reason,
            },
            usage: {
              ...{ input_tokens: input - cached, output_tokens: tokens },
              ...{ cache_read_input_tokens: cached, cache_creation_input_tokens: 0 },
            },
          },
        })
      block({ type: 'text', text }, call === null ? output : 1, call === null ? 'end_turn' : null)
      if (call === null) continue
      block({ type: 'tool_use', id: call.id, name: call.name, input: given(call) }, output, 'tool_use')
      const { result, failed } = call
      user([{ type: 'tool_result', tool_use_id: call.id, content: result, is_error: failed }])
    }
  }
  return lines
}

/** Items, with events that repeat them, and totals of tokens behind each answer. */
export function codex({ id, turns }: Conversation): Lines {
  const now = clock(id)
  const lines: Lines = []
  const add = (type: string, payload: object) => lines.push({ timestamp: now().toISOString(), type, payload })
  const total = { input_tokens: 0, cached_input_tokens: 0, output_tokens: 0 }
  add('session_meta', { id, cwd: '/w', base_instructions: { text: 'Be brief.' } })
  for (const { ask, answers } of turns) {
    add('response_item', { type: 'message', role: 'user', content: [{ type: 'input_text', text: ask }] })
    add('event_msg', { type: 'user_message', message: ask })
    for (const { text, model, call, input, cached, output } of answers) {
      add('turn_context', { model, effort: 'high' })
      const content = [{ type: 'output_text', text }]
      add('response_item', { type: 'message', role: 'assistant', content })
      if (call !== null)
        add('response_item', {
          ...{ type: 'function_call', call_id: call.id, name: call.name },
          arguments: JSON.stringify(given(call)),
        })
      total.input_tokens += input
      total.cached_input_tokens += cached
      total.output_tokens += output
      const last = { input_tokens: input, cached_input_tokens: cached, output_tokens: output }
      const info = { total_token_usage: { ...total }, last_token_usage: last }
      add('event_msg', { type: 'token_count', info })
      add('event_msg', { type: 'token_count', info })
      if (call === null) continue
      const told = { output: call.result, metadata: { exit_code: call.failed ? 1 : 0 } }
      const outcome = { call_id: call.id, output: JSON.stringify(told) }
      add('response_item', { type: 'function_call_output', ...outcome })
    }
  }
  return lines
}

/** Events, with a result as the end of its tool. */
export function copilot({ id, turns }: Conversation): Lines {
  const now = clock(id)
  const lines: Lines = []
  const add = (type: string, data: object) =>
    lines.push({ type, data, id: uuidOf(id, lines.length), timestamp: now().toISOString() })
  add('session.start', { sessionId: id, startTime: now().toISOString(), context: { cwd: '/w' } })
  for (const { ask, answers } of turns) {
    add('user.message', { content: ask })
    for (const { text, model, call, ...tokens } of answers) {
      add('session.model_change', { newModel: model })
      const toolRequests =
        call === null ? [] : [{ toolCallId: call.id, name: call.name, arguments: given(call) }]
      add('assistant.message', { content: text, toolRequests })
      add('assistant.usage', { model, ...copilotUsage(tokens) })
      if (call === null) continue
      add('tool.execution_start', { toolCallId: call.id })
      const outcome = call.failed ? { error: { message: call.result } } : { result: { content: call.result } }
      add('tool.execution_complete', { toolCallId: call.id, success: !call.failed, ...outcome })
    }
  }
  return lines
}

function copilotUsage({ input, cached, output }: Pick<Answer, 'input' | 'cached' | 'output'>) {
  return { inputTokens: input, outputTokens: output, cacheReadTokens: cached, cacheWriteTokens: 0 }
}

/** A tree of entries without branches. */
export function pi({ id, turns }: Conversation): Lines {
  const now = clock(id)
  const lines: Lines = [{ type: 'session', version: 3, id, timestamp: now().toISOString(), cwd: '/w' }]
  const add = (role: string, content: unknown, members: object = {}) => {
    const number = lines.length
    lines.push({
      ...{ type: 'message', id: `e${number}`, parentId: number === 1 ? null : `e${number - 1}` },
      ...{ timestamp: now().toISOString(), message: { role, content, ...members } },
    })
  }
  for (const { ask, answers } of turns) {
    add('user', ask)
    for (const { text, model, call, input, cached, output } of answers) {
      const usage = { input: input - cached, output, cacheRead: cached, cacheWrite: 0 }
      const calls =
        call === null ? [] : [{ type: 'toolCall', id: call.id, name: call.name, arguments: given(call) }]
      add('assistant', [{ type: 'text', text }, ...calls], { model, usage })
      if (call === null) continue
      const content = [{ type: 'text', text: call.result }]
      add('toolResult', content, { toolCallId: call.id, isError: call.failed })
    }
  }
  return lines
}

/** Messages of Qwen Code and of newer Gemini CLIs as lines behind a head. */
export function geminiLines({ id, turns }: Conversation): Lines {
  const now = clock(id)
  const lines: Lines = [{ sessionId: id, projectHash: 'p', startTime: now().toISOString() }]
  for (const message of geminiMessages({ id, turns }, now)) lines.push(message)
  return lines
}

export function geminiMessages({ id, turns }: Conversation, now: () => Date): Lines {
  const messages: Lines = []
  const add = (type: string, content: string, members: object = {}) =>
    messages.push({
      id: uuidOf(id, messages.length),
      timestamp: now().toISOString(),
      type,
      content,
      ...members,
    })
  for (const { ask, answers } of turns) {
    add('user', ask)
    for (const { text, model, call, input, cached, output } of answers) {
      const result =
        call === null ? null : { response: call.failed ? { error: call.result } : { output: call.result } }
      const toolCalls =
        call === null
          ? []
          : [
              {
                ...{
                  id: call.id,
                  name: call.name,
                  args: given(call),
                  status: call.failed ? 'error' : 'success',
                },
                result: [{ functionResponse: { id: call.id, name: call.name, ...result } }],
              },
            ]
      add('gemini', text, { model, tokens: { input, output, cached, thoughts: 0, tool: 0 }, toolCalls })
    }
  }
  return messages
}

/** Messages of Chat Completions, a line each; nothing tells their session. */
export function chatMessages({ id, turns }: Conversation): Lines {
  const now = clock(id)
  const said = (message: object) => ({ ...message, timestamp: now().toISOString() })
  return turns.flatMap(({ ask, answers }) => [
    said({ role: 'user', content: ask }),
    ...answers.flatMap(({ text, model, call, input, cached, output }) => [
      said({
        ...{ role: 'assistant', content: text, model },
        usage: {
          ...{ prompt_tokens: input, completion_tokens: output },
          prompt_tokens_details: { cached_tokens: cached },
        },
        ...(call === null ? {} : { tool_calls: [toolCall(call)] }),
      }),
      ...(call === null ? [] : [said({ role: 'tool', tool_call_id: call.id, content: call.result })]),
    ]),
  ])
}

export function toolCall(call: Call) {
  return {
    ...{ id: call.id, type: 'function' },
    function: { name: call.name, arguments: JSON.stringify(given(call)) },
  }
}

/** Records with content of Gemini's API, a result of a tool in one of its own. */
export function qwenCode({ id, turns }: Conversation): Lines {
  const now = clock(id)
  const lines: Lines = []
  const add = (type: string, parts: object[], members: object = {}) => {
    const number = lines.length
    lines.push({
      ...{ uuid: uuidOf(id, number), parentUuid: number === 0 ? null : uuidOf(id, number - 1) },
      ...{ sessionId: id, timestamp: now().toISOString(), type, cwd: '/w', version: '0.5.0' },
      message: { role: type === 'assistant' ? 'model' : 'user', parts },
      ...members,
    })
  }
  for (const { ask, answers } of turns) {
    add('user', [{ text: ask }])
    for (const { text, model, call, input, cached, output } of answers) {
      const usageMetadata = {
        ...{ promptTokenCount: input, cachedContentTokenCount: cached, candidatesTokenCount: output },
      }
      const calls =
        call === null ? [] : [{ functionCall: { id: call.id, name: call.name, args: given(call) } }]
      add('assistant', [{ text }, ...calls], { model, usageMetadata })
      if (call === null) continue
      const response = call.failed ? { error: call.result } : { output: call.result }
      add('tool_result', [{ functionResponse: { id: call.id, name: call.name, response } }], {
        toolCallResult: { callId: call.id, status: call.failed ? 'error' : 'success' },
      })
    }
  }
  return lines
}
