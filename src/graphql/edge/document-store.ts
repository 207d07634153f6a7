import { LRUCache } from 'lru-cache'

/** Longer documents work, but are parsed anew each time: what callers can make us keep has a bound. */
const MAX_KEPT_CHARACTERS = 16_384
const MAX_KEPT = 1000

export interface DocumentStore<Value> {
  get(text: string): Value | undefined
  set(text: string, value: Value): void
}

/** Keeps up to 1,000 values for short texts, the least used going first. */
export function createDocumentStore<Value extends object | string>(): DocumentStore<Value> {
  const kept = new LRUCache<string, Value>({ max: MAX_KEPT })
  const isShort = (text: unknown) => typeof text !== 'string' || text.length <= MAX_KEPT_CHARACTERS
  return {
    get: (text) => kept.get(text),
    set: (text, value) => {
      if (isShort(text) && isShort(value)) kept.set(text, value)
    },
  }
}
