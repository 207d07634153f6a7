import { isObject, type SourcePicture } from '../source.js'
import { asText, type Json, looseName, looseObject, looseText } from './loose.js'
import type { UnansweredCalls } from './unanswered-calls.js'

/** A result that a `functionResponse` part holds. */
interface FunctionResult {
  id: string | null
  name: string | null
  text: string
  isError: boolean | null
}

interface GeminiParts {
  text: string
  reasoning: string | null
  calls: { id: string; name: string; arguments: string }[]
  results: FunctionResult[]
  pictures: SourcePicture[]
  rest: { index: number; part: unknown }[]
}

/** Content of Gemini's API: a text, a part, or a list of both. Calls without an id get one. */
export function readParts(content: unknown, calls: UnansweredCalls): GeminiParts {
  const texts: string[] = []
  const thoughts: string[] = []
  const found: GeminiParts = { text: '', reasoning: null, calls: [], results: [], pictures: [], rest: [] }
  for (const [index, part] of [content ?? []].flat().entries()) {
    if (typeof part === 'string') texts.push(part)
    else if (!isObject(part)) found.rest.push({ index, part })
    else if (typeof part.text === 'string') (part.thought === true ? thoughts : texts).push(part.text)
    else if (isObject(part.functionCall)) {
      const { id, name, args } = part.functionCall
      found.calls.push({
        id: looseName(id) ?? calls.newId(),
        name: looseName(name) ?? 'unknown',
        arguments: asText(args ?? {}),
      })
    } else if (isObject(part.functionResponse)) found.results.push(readResponse(part.functionResponse))
    else {
      const { mimeType, data } = looseObject(part.inlineData)
      if (typeof data === 'string' && String(mimeType).startsWith('image/'))
        found.pictures.push({ mediaType: looseText(mimeType), base64: data })
      else found.rest.push({ index, part })
    }
  }
  return {
    ...found,
    text: texts.join('\n'),
    reasoning: thoughts.length === 0 ? null : thoughts.join('\n\n'),
  }
}

function readResponse({ id, name, response }: Json): FunctionResult {
  const { output, error, ...others } = looseObject(response)
  const text = output ?? error ?? (Object.keys(others).length === 0 ? response : others)
  return {
    ...{ id: looseName(id), name: looseName(name), text: asText(text) },
    isError: error !== undefined ? true : output !== undefined ? false : null,
  }
}
