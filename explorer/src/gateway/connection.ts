import { useEffect, useRef, useSyncExternalStore } from 'react'
import { forgetCaller, readCaller } from './key'

let isConnected = true
const listeners = new Set<() => void>()

/** The gateway says something on each stream every 12 seconds. */
const LONGEST_SILENCE_MS = 30_000

/** Ends each stream that is open. */
const endings = new Set<AbortController>()

type Wait = <Answer>(answer: Promise<Answer>) => Promise<Answer>

/** Fetches for streams of events, and notes whether the gateway answers them, for as long as they are open. */
export const fetchStream: typeof fetch = async (asked, how) => {
  const caller = readCaller()
  const ending = new AbortController()
  endings.add(ending)
  const over = () => endings.delete(ending)
  const unlessSilent: Wait = async (answer) => {
    const timer = setTimeout(() => ending.abort(new Error('The gateway says nothing.')), LONGEST_SILENCE_MS)
    try {
      return await answer
    } catch (error) {
      over()
      noteFailure(error)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }
  const signal = AbortSignal.any([ending.signal, ...(how?.signal ? [how.signal] : [])])
  const response = await unlessSilent(fetch(asked, { ...how, signal }))
  note(response.ok)
  if (response.status === 401) forgetCaller(caller)
  if (response.ok && response.body !== null)
    return new Response(heard(response.body, unlessSilent, over), { headers: response.headers })
  over()
  return response
}

/** A stream that ends, breaks or falls silent brings no news any more. */
function heard(
  body: ReadableStream<Uint8Array>,
  unlessSilent: Wait,
  over: () => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await unlessSilent(reader.read())
      note(!done)
      if (done) {
        over()
        controller.close()
      } else controller.enqueue(value)
    },
    cancel: (reason) => {
      over()
      return reader.cancel(reason)
    },
  })
}

/** A stream that the page itself ends says nothing of the gateway. */
function noteFailure(error: unknown): void {
  if ((error as Error).name !== 'AbortError') note(false)
}

function note(answers: boolean): void {
  if (answers === isConnected) return
  isConnected = answers
  for (const tell of listeners) tell()
}

// A stream may seem open for long after its network is gone: another one is opened once there is one again.
addEventListener('offline', () => {
  note(false)
  for (const ending of endings) ending.abort(new Error('The network is gone.'))
})

function watch(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** Whether events come in; `onBack` is called when they do again, since what happened meanwhile was not heard. */
export function useConnection(onBack: () => void): boolean {
  const connected = useSyncExternalStore(watch, () => isConnected)
  const was = useRef(connected)
  const latest = useRef(onBack)
  latest.current = onBack
  useEffect(() => {
    if (connected && !was.current) latest.current()
    was.current = connected
  }, [connected])
  return connected
}
