import { invalidInput } from '../domain/errors.js'
import { JsonScan } from '../json/body.js'
import { listed } from '../rules/listed.js'
import type { Span } from './spans.js'

/** Attributes whose texts are read as JSON. */
const names = listed(`
  gen_ai.input.messages gen_ai.output.messages gen_ai.system_instructions tool_calls message
`)
const SLICE_BYTES = 65_536
/** Of all texts together: a batch of spans repeats its conversation in each. */
const MAX_VALUES = 1_000_000

/**
 * Counts what the JSON within texts of spans holds, step by step: each may hold what a body may, and all of them some times that.
 * `INVALID_INPUT` beyond: nothing has parsed it then.
 */
export function* boundingTexts(spans: readonly Span[]): Generator<void, void> {
  let values = 0
  for (const { attributes, events } of spans)
    for (const given of [attributes, ...events.map((event) => event.attributes)])
      for (const name of names) {
        const text = given[name]
        if (typeof text !== 'string') continue
        const bytes = Buffer.from(text)
        const scan = new JsonScan()
        for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
          const fault = scan.take(bytes.subarray(at, at + SLICE_BYTES))
          yield
          if (fault?.kind === 'too much') throw tooMuch(fault.message)
          if (values + scan.values > MAX_VALUES) throw tooMuch(`At most ${MAX_VALUES} values`)
          if (fault !== null) break
        }
        values += scan.values
      }
}

const tooMuch = (message: string) =>
  invalidInput({ path: [], message: `The messages of the spans hold too much: ${message}` })
