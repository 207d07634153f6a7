const APPENDED_AT_ONCE = 500

/** Saves a session of many messages over GraphQL: turns with code, calls, results of many lines, failures; gives its uuid. */
export async function saveLongSession(origin: string, key: string, count: number): Promise<string> {
  const id = crypto.randomUUID()
  const place = { organization: 'load', workspace: 'main', id }
  const session = {
    ...place,
    title: `${count} messages`,
    agent: 'coder',
    model: 'gpt-5',
    visibility: 'WORKSPACE',
  }
  const ask = async (query: string, input: object) => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ query, variables: { input } }),
    })
    const { errors } = await response.json()
    if (errors !== undefined) throw new Error(errors[0].message)
  }
  await ask('mutation ($input: SaveSessionInput!) { saveSession(input: $input) { outcome } }', session)
  for (let from = 0; from < count; from += APPENDED_AT_ONCE) {
    const length = Math.min(APPENDED_AT_ONCE, count - from)
    const messages = Array.from({ length }, (_, index) => messageAt(from + index))
    await ask(
      'mutation ($input: AppendTranscriptInput!) { appendTranscript(input: $input) { appendedCount } }',
      { ...place, messages },
    )
  }
  return id
}

const usage = {
  ...{ inputTokens: 1200, outputTokens: 340, cacheReadInputTokens: 90_000, cacheCreationInputTokens: 0 },
  costUsd: 0.0125,
}

/** Four rows a turn: a question, an answer with code, a call, its result, which fails now and then. */
function messageAt(index: number): object {
  const id = crypto.randomUUID()
  const turn = Math.floor(index / 4)
  const callId = `call_${turn}`
  switch (index % 4) {
    case 0:
      return {
        id,
        role: 'USER',
        content: `Turn ${turn}: why does **test ${turn}** fail, and what of \`retry()\`?`,
      }
    case 1:
      return { id, role: 'ASSISTANT', usage, content: answer(turn) }
    case 2: {
      const toolCalls = [
        { id: callId, name: 'shell', arguments: JSON.stringify({ command: `npm test -- ${turn}` }) },
      ]
      return { id, role: 'ASSISTANT', usage, content: '', toolCalls }
    }
    default:
      return { id, role: 'TOOL', toolCallId: callId, isError: turn % 50 === 0, content: output(turn) }
  }
}

const answer = (turn: number) =>
  `It compares *local* dates.\n\n| case | before | after |\n| --- | --- | --- |\n| ${turn} | 1 | 2 |\n\n- read\n- run\n\n` +
  `\`\`\`ts\n${`export const at${turn} = (date: Date): string => date.toISOString() // ${turn}\n`.repeat(12)}\`\`\`\n`

const output = (turn: number) =>
  `\u001b[31mFAIL\u001b[0m test ${turn}\n${'  at run (src/run.ts:12:3)\n'.repeat(60)}`
