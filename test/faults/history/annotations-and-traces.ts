import { setTimeout as sleep } from 'node:timers/promises'
import type { Draws } from '../../../src/cli/seed/draws.js'
import { ask, graphql } from './ask.js'
import { type Crowd, type Known, note, place, portOf } from './crowd.js'

/** Says something of a session, once. */
export async function annotate(crowd: Crowd, draws: Draws, { id, key }: Known): Promise<void> {
  const name = crowd.record.name('annotation')
  const port = portOf(crowd, draws)
  await note(crowd, { kind: 'annotate', face: 'GraphQL', session: id, texts: [name] }, () =>
    graphql(
      port,
      key,
      `mutation ($id: String!, $name: String!) {
        createAnnotation(input: { ${place}, id: $id, name: $name, source: RULE, score: "0.5" }) { annotation { name } } }`,
      { id, name },
    ),
  )
}

/** A conversation of its own as an instrumented agent tells it, and again when it is unsure. The first key's owner listens. */
export async function trace(crowd: Crowd, draws: Draws): Promise<void> {
  const [key = ''] = crowd.world.keys
  const session = draws.uuid()
  const texts = [crowd.record.name('asked'), crowd.record.name('answered')]
  const body = { resourceSpans: [{ scopeSpans: [{ spans: [span(session, texts)] }] }] }
  for (let attempt = 0; attempt < 4; attempt++) {
    const port = portOf(crowd, draws)
    const made = { kind: 'append', face: 'OpenTelemetry', session, texts, title: texts[0] } as const
    const { outcome } = await note(crowd, made, () => ask(port, key, '/v1/traces', { body }))
    if (outcome === 'refused' || (outcome === 'done' && !draws.chance(0.15))) return
    await sleep(draws.integer(20, 400))
  }
}

function span(conversation: string, [asked = '', answered = '']: readonly string[]) {
  const message = (role: string, content: string) =>
    JSON.stringify([{ role, parts: [{ type: 'text', content }] }])
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.conversation.id': conversation,
    'gen_ai.input.messages': message('user', asked),
    'gen_ai.output.messages': message('assistant', answered),
  }
  const traceId = conversation.replaceAll('-', '')
  return {
    ...{ traceId, spanId: traceId.slice(16), name: 'chat' },
    ...{ startTimeUnixNano: '1700000000000000000', endTimeUnixNano: '1700000001000000000' },
    attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  }
}
