import { useEffect, useRef, useSyncExternalStore } from 'react'
import { forgetCaller, readCaller } from './key'

let isConnected = true
const listeners = new Set<() => void>()

/** Fetches for streams of events, and notes whether the gateway answers them. */
export const fetchStream: typeof fetch = async (...asked) => {
  const caller = readCaller()
  try {
    const response = await fetch(...asked)
    note(response.ok)
    if (response.status === 401) forgetCaller(caller)
    return response
  } catch (error) {
    // A stream that the page itself ends says nothing of the gateway.
    if ((error as Error).name !== 'AbortError') note(false)
    throw error
  }
}

function note(answers: boolean): void {
  if (answers === isConnected) return
  isConnected = answers
  for (const tell of listeners) tell()
}

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
