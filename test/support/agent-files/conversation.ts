import { createHash } from 'node:crypto'

/** A call of a tool with what it gave back. */
export interface Call {
  id: string
  name: string
  path: string
  result: string
  failed: boolean
}

/** One answer of the model. */
export interface Answer {
  text: string
  model: string
  call: Call | null
  input: number
  cached: number
  output: number
}

/** What a person asked, and the answers up to the next question; each but the last calls a tool. */
export interface Turn {
  ask: string
  answers: Answer[]
}

/** A conversation, whichever program wrote it down. */
export interface Conversation {
  id: string
  turns: Turn[]
}

/** A row that a conversation must become, whatever its format. */
export interface ExpectedRow {
  role: 'USER' | 'ASSISTANT' | 'TOOL'
  content: string
  /** Names of the tools that it calls. */
  calls: string[]
}

/** The rows of a conversation, counted without any importer. */
export function expectedRows({ turns }: Conversation): ExpectedRow[] {
  const rows: ExpectedRow[] = []
  for (const { ask, answers } of turns) {
    rows.push({ role: 'USER', content: ask, calls: [] })
    for (const { text, call } of answers) {
      rows.push({ role: 'ASSISTANT', content: text, calls: call === null ? [] : [call.name] })
      if (call !== null) rows.push({ role: 'TOOL', content: call.result, calls: [] })
    }
  }
  return rows
}

/** A uuid that is always the same for these words. */
export function uuidOf(...words: readonly (string | number)[]): string {
  const hex = createHash('sha256').update(words.join('/')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A conversation of this many questions under this number; no two numbers say the same. */
export function makeConversation(
  number: number,
  questions: number,
  callsEach = 1,
  filler = '',
): Conversation {
  const answer = (place: string, call: Call | null, at: number): Answer => ({
    ...{ text: `answer ${place}${filler}`, model: number % 3 === 0 && at > 0 ? 'model-b' : 'model-a', call },
    ...{ input: 40 + at, cached: 10, output: 5 + at },
  })
  const turns = Array.from({ length: questions }, (_, turn) => {
    const calls = Array.from({ length: callsEach }, (_, index) => {
      const place = `${number}.${turn}.${index}`
      const failed = (number + turn + index) % 4 === 0
      return answer(
        place,
        {
          ...{ id: `call_${place.replaceAll('.', '_')}`, name: 'read_file', path: `src/${place}.ts`, failed },
          result: `result ${place}`,
        },
        turn,
      )
    })
    return {
      ask: `question ${number}.${turn}`,
      answers: [...calls, answer(`${number}.${turn}.end`, null, turn)],
    }
  })
  return { id: uuidOf('conversation', number), turns }
}

/** The conversation up to a number of questions. */
export function beginningOf(conversation: Conversation, questions: number): Conversation {
  return { ...conversation, turns: conversation.turns.slice(0, questions) }
}

/** Moments of a conversation, a second each. */
export function clock(id: string): () => Date {
  let at = Date.UTC(2026, 3, 1) + (Number.parseInt(id.slice(0, 6), 16) % 1_000_000) * 1000
  return () => {
    at += 1000
    return new Date(at)
  }
}
