import type { FileStart } from '../format.js'
import { isList, isObject } from '../source.js'

type Members = Record<string, unknown>

/** JSON that people take for sessions and that holds none which can be read, after "it holds". */
const kinds: readonly [(value: Members) => boolean, string][] = [
  [({ resourceLogs }) => isList(resourceLogs), 'logs of OpenTelemetry; sessions come in as its spans'],
  [
    ({ resourceMetrics }) => isList(resourceMetrics),
    'metrics of OpenTelemetry; sessions come in as its spans',
  ],
  [
    ({ mapping, current_node }) => isObject(mapping) && current_node !== undefined,
    'conversations that ChatGPT exported, which are not read',
  ],
  [({ chat_messages }) => isList(chat_messages), 'conversations that claude.ai exported, which are not read'],
  [
    ({ candidates }) =>
      Array.isArray(candidates) && candidates.some((one) => isObject(one) && 'content' in one),
    'answers of the Gemini API without what was asked, which make no session',
  ],
  [({ cells, nbformat }) => isList(cells) && nbformat !== undefined, 'a notebook of Jupyter'],
]

/** What a JSON file that no format recognizes holds, by its first values; null where nothing tells. */
export function foreignJson({ values }: FileStart): string | null {
  const [first] = values
  if (!isObject(first)) return null
  return kinds.find(([isOfKind]) => isOfKind(first))?.[1] ?? null
}
