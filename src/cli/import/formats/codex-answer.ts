import { setOf } from '../../../rules/listed.js'
import type { SourceMessage, SourceUsage } from '../source.js'
import { type callOf, reasoningOf } from './codex-items.js'
import { readBlocks, withoutPlaces } from './content-blocks.js'
import { type Json, looseObject, membersBut } from './loose.js'
import { sumOf } from './token-usage.js'

const callMembers = setOf('type id call_id name arguments input action revised_prompt result')

/** What a message says beside its metadata. */
export const messageMembers = new Set(['type', 'id', 'role', 'content', 'status', 'timestamp'])

interface Answer {
  message: SourceMessage
  /** Whether its tokens were told, or its turn has ended. */
  ended: boolean
  following: SourceMessage[]
}

/** The rows of a rollout. An answer is held until the next one begins, since its tokens and results come after it. */
export class AnswerRows {
  /** Rows that are certain. */
  count = 0
  private answer: Answer | null = null

  /** `format` names what is kept as metadata. */
  constructor(private readonly format = 'codex') {}

  get hasAnswer(): boolean {
    return this.answer !== null
  }

  /** Whether the answer that is held has these words. */
  says(words: string): boolean {
    return this.answer?.message.content.includes(words) ?? false
  }

  /** Whether nothing more can come of the answer that is held. */
  get isOver(): boolean {
    const { answer } = this
    return answer === null || answer.ended || answer.following.some(({ role }) => role === 'USER')
  }

  /** Whether what comes next, a call of this id among others, is of the answer that is held. */
  continues(callId: string | null): boolean {
    const { answer } = this
    const hasCall =
      callId !== null && callId !== '' && answer?.message.toolCalls?.some(({ id }) => id === callId)
    return answer !== null && !answer.ended && answer.following.length === 0 && !hasCall
  }

  /** Begins an answer; gives the rows before it. */
  begin(message: SourceMessage): SourceMessage[] {
    const before = this.flush()
    this.answer = { message, ended: false, following: [] }
    return before
  }

  /** Adds an item to the answer; tells whether it is reasoning that cannot be read. */
  add(item: Json, call: ReturnType<typeof callOf>): { isSealed: boolean } {
    const message = this.answer?.message
    if (message === undefined) return { isSealed: false }
    if (call !== null) {
      message.toolCalls = [...(message.toolCalls ?? []), call]
      const others = membersBut(item, callMembers)
      const reported = looseObject(looseObject(message.metadata?.[this.format]).calls)
      if (others !== null) this.addMetadata(message, { calls: { ...reported, [call.id]: others } })
    } else if (item.type === 'reasoning') {
      const text = reasoningOf(item)
      if (text === null) return { isSealed: typeof item.encrypted_content === 'string' }
      message.reasoning = [message.reasoning, text].filter(Boolean).join('\n\n')
    } else {
      const { text, pictures, rest } = readBlocks(item.content)
      message.content = [message.content, text].filter((part) => part !== '').join('\n')
      if (pictures.length > 0) message.pictures = [...(message.pictures ?? []), ...withoutPlaces(pictures)]
      this.addMetadata(message, {
        ...membersBut(item, messageMembers),
        ...(rest.length > 0 ? { content: rest } : {}),
      })
    }
    return { isSealed: false }
  }

  addUsage(usage: SourceUsage): void {
    if (this.answer !== null) this.answer.message.usage = sumOf(this.answer.message.usage, usage)
  }

  /** The answer's turn has ended, or its tokens were told. */
  end(): void {
    if (this.answer !== null) this.answer.ended = true
  }

  /** A row behind the answer that is held, or one that is certain. */
  append(row: SourceMessage): SourceMessage[] {
    if (this.answer !== null) {
      this.answer.following.push(row)
      return []
    }
    this.count += 1
    return [row]
  }

  /** The held answer and what follows it. */
  flush(): SourceMessage[] {
    const { answer } = this
    if (answer === null) return []
    this.answer = null
    const rows = [{ ...answer.message, usage: answer.message.usage ?? null }, ...answer.following]
    this.count += rows.length
    return rows
  }

  private addMetadata(message: SourceMessage, members: Json): void {
    if (Object.keys(members).length === 0) return
    message.metadata = { [this.format]: { ...looseObject(message.metadata?.[this.format]), ...members } }
  }
}
