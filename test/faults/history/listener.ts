import { setTimeout as sleep } from 'node:timers/promises'
import type { Gateway } from './world.js'

export interface Heard {
  id: string
  kind: string
  sessionUuid: string
}

export interface Listener {
  /** All that was heard, in order. */
  heard: Heard[]
  stop(): void
}

const query = `subscription ($after: ID) {
  sessionEvents(organization: "acme", workspace: "main", filter: { archived: ANY, includeWorkload: true }, after: $after) {
    id kind sessionUuid
  } }`

/** Listens through one gateway for as long as it is asked to, again after its last event whenever the stream breaks. */
export function listenOn({ port }: Gateway, key: string, violate: (sentence: string) => void): Listener {
  const heard: Heard[] = []
  const ending = new AbortController()
  const listen = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      signal: ending.signal,
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        authorization: `Bearer ${key}`,
      },
      body: JSON.stringify({ query, variables: { after: heard.at(-1)?.id ?? null } }),
    })
    let text = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      const lines = text.split('\n')
      text = lines.pop() ?? ''
      for (const line of lines) {
        if (!line.startsWith('data: ') || line === 'data: ') continue
        const { data, errors } = JSON.parse(line.slice(6))
        if (data?.sessionEvents) heard.push(data.sessionEvents)
        else if (errors?.[0].extensions.code === 'INVALID_INPUT')
          violate(`A listener was refused its last event: ${errors[0].message}`)
      }
    }
  }
  const keepListening = async () => {
    while (!ending.signal.aborted) {
      await listen().catch(() => {})
      await sleep(100)
    }
  }
  void keepListening()
  return { heard, stop: () => ending.abort() }
}
