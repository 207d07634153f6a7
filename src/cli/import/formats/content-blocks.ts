import { isObject, type SourcePicture } from '../source.js'
import { asText, type Json, looseName, looseObject, looseText } from './loose.js'
import { members, type Shape } from './members.js'

/** A result of a tool among the blocks of a message. */
interface ResultBlock {
  callId: string | null
  text: string
  isError: boolean
  pictures: SourcePicture[]
  /** Parts of other kinds, with their places. */
  rest: PlacedPart[]
}

interface PlacedPart {
  index: number
  part: unknown
}

/** Content of a message in Anthropic's blocks, or OpenAI's parts, by what it is. */
interface ContentBlocks {
  /** Texts, a line each. */
  text: string
  reasoning: string | null
  toolCalls: { id: string; name: string; arguments: string }[]
  results: ResultBlock[]
  pictures: SourcePicture[]
  rest: PlacedPart[]
  /** Thinking that the provider keeps secret, and signatures of thinking. */
  sealed: number
}

/** Reads content that is a text, or a list of blocks and texts. */
export function readBlocks(content: unknown): ContentBlocks {
  const texts: string[] = []
  const reasoning: string[] = []
  const found: ContentBlocks = {
    ...{ text: '', reasoning: null, toolCalls: [], results: [], pictures: [], rest: [], sealed: 0 },
  }
  const parts = Array.isArray(content) ? content : content === undefined || content === null ? [] : [content]
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string') texts.push(part)
    else if (!isObject(part)) found.rest.push({ index, part })
    else if (isTextPart(part)) texts.push(String(part.text))
    else if (isThought(part)) {
      if (looseName(part.thinking) !== null) reasoning.push(String(part.thinking))
      if (part.signature !== undefined || part.type === 'redacted_thinking') found.sealed += 1
    } else if (isCall(part)) found.toolCalls.push(toToolCall(part))
    else if (isResult(part)) found.results.push(toResult(part))
    else {
      const picture = pictureOf(part)
      if (picture === null) found.rest.push({ index, part })
      else found.pictures.push({ ...picture, index })
    }
  }
  return {
    ...found,
    text: texts.join('\n'),
    reasoning: reasoning.length === 0 ? null : reasoning.join('\n\n'),
  }
}

const known = {
  thought: members('parts', 'type thinking signature data'),
  text: members('parts', 'type text'),
  call: members('parts', 'type id name input'),
  picture: members('parts', 'type data mimeType', {
    source: members('pictures', 'type media_type data url path'),
    image_url: members('pictures', 'url'),
  }),
}
const result = members('parts', 'type tool_use_id is_error', { content: blocksWith(() => true) })

/** What `readBlocks` takes in of a content; parts of other kinds are as `rest` says, since what becomes of them is the caller's. */
function blocksWith(rest: (part: Json) => Shape): Shape {
  return (part) => {
    if (isTextPart(part)) return known.text
    if (isThought(part)) return known.thought
    if (isCall(part)) return known.call
    if (isResult(part)) return result
    return pictureOf(part) === null ? rest(part) : known.picture
  }
}

/** A content whose parts of other kinds are kept. */
export const blocks = blocksWith(() => true)
/** A content whose parts of other kinds are not. */
export const knownBlocks = blocksWith(({ type }) => ({ left: `${looseName(type) ?? 'unknown'} parts` }))

function isThought({ type }: Json): boolean {
  return type === 'thinking' || type === 'redacted_thinking'
}

function isResult({ type }: Json): boolean {
  return String(type).endsWith('tool_result')
}

function isTextPart({ type, text }: Json): boolean {
  return typeof text === 'string' && String(type ?? 'text').endsWith('text')
}

function isCall({ type, name }: Json): boolean {
  return String(type).endsWith('tool_use') && typeof name === 'string'
}

function toToolCall({ id, name, input }: Json) {
  return { id: looseName(id) ?? '', name: String(name), arguments: asText(input ?? {}) }
}

function toResult({ tool_use_id, content, is_error }: Json): ResultBlock {
  const { text, pictures, rest } = readBlocks(content)
  return { callId: looseName(tool_use_id), text, isError: is_error === true, pictures, rest }
}

/** A picture of Anthropic's `image` block, OpenAI's `image_url` or `input_image`, or pi's bytes; null for anything else. */
function pictureOf(part: Json): SourcePicture | null {
  if (part.type === 'image' && isObject(part.source)) {
    const { media_type, data, url } = part.source
    if (typeof data === 'string') return { mediaType: looseText(media_type), base64: data }
    if (typeof url === 'string') return pictureAt(url)
    const { path } = part.source
    return typeof path === 'string' ? { mediaType: looseText(media_type), url: path } : null
  }
  if (part.type === 'image' && typeof part.data === 'string')
    return { mediaType: looseText(part.mimeType), base64: part.data }
  if (part.type !== 'image_url' && part.type !== 'input_image') return null
  const url = looseText(part.image_url) ?? looseText(looseObject(part.image_url).url)
  return url === null ? null : pictureAt(url)
}

/** Pictures of an answer that several lines make up, whose places tell nothing. */
export function withoutPlaces(pictures: readonly SourcePicture[]): SourcePicture[] {
  return pictures.map(({ index: _, ...picture }) => picture)
}

/** A picture at an address, whose bytes may stand in it. */
export function pictureAt(url: string): SourcePicture {
  const data = /^data:([^;,]*);base64,/.exec(url)
  return data === null
    ? { mediaType: null, url }
    : { mediaType: data[1] || null, base64: url.slice(data[0].length) }
}
