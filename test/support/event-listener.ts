import { createClient, type ExecutionResult } from 'graphql-sse'
import { expect } from 'vitest'
import type { ListeningGateway } from './listening-gateway.js'
import type { Member, SeededWorkspace } from './seed.js'

export interface HeardEvent {
  id: string
  kind: string
  sessionUuid: string
  sessionId: string
  session: { uuid: string; title: string | null; createdBy: { login: string } } | null
  at: string
}

export interface EventListener {
  /** Everything heard so far. */
  events: HeardEvent[]
  /** Kind and session of everything heard so far. */
  heard(): string[]
  /** Waits until so many events were heard. */
  count(events: number): Promise<HeardEvent[]>
  /** The error that ended the stream; waits for it. */
  failure(): Promise<{ message: string; code: unknown }>
  /** Settled when the stream is over. */
  over: Promise<void>
  close(): void
}

export const subscription = `subscription Listen($organization: String!, $workspace: String!, $filter: SessionFilter, $after: ID) {
  sessionEvents(organization: $organization, workspace: $workspace, filter: $filter, after: $after) {
    id kind sessionUuid sessionId at session { uuid title createdBy { login } }
  }
}`

/** Listens as a front end does, with `graphql-sse`; settled once the stream is open. */
export async function listen(
  { url }: Pick<ListeningGateway, 'url'>,
  { place }: Pick<SeededWorkspace, 'place'>,
  { key }: Pick<Member, 'key'>,
  { headers, ...variables }: { filter?: object; after?: string; headers?: Record<string, string> } = {},
): Promise<EventListener> {
  const client = createClient({
    url: `${url}/graphql`,
    headers: { authorization: `Bearer ${key}`, ...headers },
    retryAttempts: 0,
  })
  const events: HeardEvent[] = []
  let failed: { message: string; code: unknown } | null = null
  let finish = () => {}
  const over = new Promise<void>((resolve) => {
    finish = resolve
  })
  await new Promise<void>((connected, refused) => {
    const take = ({ data, errors }: ExecutionResult<{ sessionEvents: HeardEvent }>) => {
      const [error] = errors ?? []
      if (error) failed = { message: error.message, code: error.extensions?.code }
      else if (data) events.push(data.sessionEvents)
    }
    client.subscribe<{ sessionEvents: HeardEvent }>(
      { query: subscription, variables: { ...place, ...variables } },
      {
        next: take as never,
        error: (error) => {
          refused(error)
          finish()
        },
        complete: finish,
      },
      { connected: () => connected() },
    )
  })
  const until = (condition: () => boolean) =>
    expect.poll(condition, { timeout: 10_000, interval: 20 }).toBe(true)
  return {
    events,
    heard: () => events.map(({ kind, sessionUuid }) => `${kind} ${sessionUuid}`),
    count: async (wanted) => {
      await until(() => events.length >= wanted)
      return events
    },
    failure: async () => {
      await over
      if (failed === null) throw new Error('The stream ended without an error')
      return failed
    },
    over,
    close: () => client.dispose(),
  }
}
