import { type Answer, type Conversation, clock, uuidOf } from './conversation.js'
import type { AgentFile } from './formats.js'

type Lines = object[]

const runFile = (lines: (conversation: Conversation) => Lines, more: Partial<AgentFile> = {}): AgentFile => ({
  ...{ suffix: '.jsonl', lines, identity: 'uuid', hasTimes: true, ...more },
  content: (conversation) =>
    lines(conversation)
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
})

function sumOf(answers: readonly Answer[]) {
  const sum = (read: (answer: Answer) => number) => answers.reduce((total, answer) => total + read(answer), 0)
  return {
    input: sum(({ input }) => input),
    cached: sum(({ cached }) => cached),
    output: sum(({ output }) => output),
  }
}

/** A run a question, each naming the thread again; the end of a turn tells what the thread has consumed so far. */
function codexExec({ id, turns }: Conversation): Lines {
  const before: Answer[] = []
  return turns.flatMap(({ answers }) => {
    let items = 0
    const item = (members: object) => ({
      type: 'item.completed',
      item: { id: `item_${items++}`, ...members },
    })
    const events = answers.flatMap(({ text, call }) => [
      item({ type: 'agent_message', text }),
      ...(call === null
        ? []
        : [
            item({
              ...{ type: 'command_execution', command: call.path, aggregated_output: call.result },
              ...{ exit_code: call.failed ? 1 : 0, status: call.failed ? 'failed' : 'completed' },
            }),
          ]),
    ])
    before.push(...answers)
    const { input, cached, output } = sumOf(before)
    const usage = { input_tokens: input, cached_input_tokens: cached, output_tokens: output }
    return [{ type: 'thread.started', thread_id: id }, ...events, { type: 'turn.completed', usage }]
  })
}

/** A run a question; answers come in pieces, and the usage at the end of a run. */
function geminiRun({ id, turns }: Conversation): Lines {
  const now = clock(id)
  const event = (type: string, members: object) => ({ type, timestamp: now().toISOString(), ...members })
  return turns.flatMap(({ ask, answers }) => {
    const { input, cached, output } = sumOf(answers)
    const stats = { total_tokens: input + output, input_tokens: input, output_tokens: output, cached }
    const pieces = (text: string) => [text.slice(0, 3), text.slice(3)]
    return [
      event('init', { session_id: id, model: 'model-a' }),
      event('message', { role: 'user', content: ask }),
      ...answers.flatMap(({ text, call }) => [
        ...pieces(text).map((content) => event('message', { role: 'assistant', content, delta: true })),
        ...(call === null
          ? []
          : [
              event('tool_use', { tool_name: call.name, tool_id: call.id, parameters: { path: call.path } }),
              event('tool_result', {
                ...{ tool_id: call.id, status: call.failed ? 'error' : 'success', output: call.result },
              }),
            ]),
      ]),
      event('result', { status: 'success', stats }),
    ]
  })
}

/** Parts of answers as they end; a step tells its usage. */
function opencodeRun({ id, turns }: Conversation): Lines {
  const now = clock(id)
  return turns.flatMap(({ answers }, turn) =>
    answers.flatMap(({ text, call, input, cached, output }, index) => {
      const messageID = `msg_${turn}_${index}`
      const event = (type: string, part: object) => ({
        ...{ type, timestamp: now().getTime(), sessionID: `ses_${id}` },
        part: { id: `prt_${messageID}_${type}`, messageID, type: type.replace('_', '-'), ...part },
      })
      const tokens = { input: input - cached, output, reasoning: 0, cache: { read: cached, write: 0 } }
      const state = call?.failed
        ? { status: 'error', input: { path: call.path }, error: call.result }
        : { status: 'completed', input: { path: call?.path }, output: call?.result }
      return [
        event('step_start', {}),
        event('text', { text }),
        ...(call === null
          ? []
          : [event('tool_use', { type: 'tool', callID: call.id, tool: call.name, state })]),
        event('step_finish', { reason: call === null ? 'stop' : 'tool-calls', cost: 0, tokens }),
      ]
    }),
  )
}

/** Messages as they end, and events that say them again. */
function piRun({ id, turns }: Conversation): Lines {
  const now = clock(id)
  const end = (role: string, content: unknown, members: object = {}) => [
    { type: 'message_start', message: { role } },
    { type: 'message_end', message: { role, content, timestamp: now().getTime(), ...members } },
  ]
  return [
    { type: 'session', version: 3, id, timestamp: now().toISOString(), cwd: '/w' },
    ...turns.flatMap(({ ask, answers }) => [
      ...end('user', ask),
      ...answers.flatMap(({ text, model, call, input, cached, output }) => {
        const usage = { input: input - cached, output, cacheRead: cached, cacheWrite: 0 }
        const calls =
          call === null
            ? []
            : [{ type: 'toolCall', id: call.id, name: call.name, arguments: { path: call.path } }]
        const result = [{ type: 'text', text: call?.result }]
        return [
          ...end('assistant', [{ type: 'text', text }, ...calls], { model, usage }),
          ...(call === null ? [] : end('toolResult', result, { toolCallId: call.id, isError: call.failed })),
        ]
      }),
    ]),
  ]
}

/** What a person said and what came of it, by who said it. */
function shareGpt({ id, turns }: Conversation): object {
  const conversations = turns.flatMap(({ ask, answers }) => [
    { from: 'human', value: ask },
    ...answers.flatMap(({ text, call }) => [
      { from: 'gpt', value: text },
      ...(call === null
        ? []
        : [
            {
              from: 'function_call',
              value: JSON.stringify({ name: call.name, arguments: { path: call.path } }),
            },
            { from: 'observation', value: call.result },
          ]),
    ]),
  ])
  return { id: `chat ${uuidOf(id)}`, conversations }
}

/** What agents print of a run, and other formats that do not tell all of a conversation. */
export const runFiles: Record<string, AgentFile> = {
  'codex exec': runFile(codexExec, { hasTimes: false }),
  'gemini-cli run': runFile(geminiRun),
  'opencode run': runFile(opencodeRun, { identity: 'name' }),
  'pi run': runFile(piRun),
  ShareGPT: {
    ...{ suffix: '.json', lines: null, identity: 'name', hasTimes: false },
    content: (conversation) => JSON.stringify(shareGpt(conversation)),
  },
}
