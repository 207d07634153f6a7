import type { SourceMessage, SourcePicture, SourceUsage } from '../source.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { type Json, looseNumber, looseObject } from './loose.js'

export const FORMAT = 'openhands'
/** Actions of one answer follow each other: so many answers are remembered, to be told from new ones. */
const MAX_ANSWERS = 100

/** A row, and its place in the transcript: one that was told before, where an event adds to it. */
export interface EventRow {
  message: SourceMessage
  index: number
}

/** A call of an answer of the model, which may make several; the answer's own text and usage count once. */
export interface AnswerPart {
  /** Names the answer; null where nothing does. */
  answer: string | null
  text: string
  reasoning: string | null
  call: { id: string; name: string; arguments: string } | null
  /** What the answer consumed, asked for once. */
  usage: () => SourceUsage | null
}

/** The transcript that events make. */
export class EventRows {
  count = 0
  firstTyped: string | null = null
  systemPrompt: string | null = null
  firstModel: string | null = null
  readonly leftOut = new LeftOutTally()
  private readonly answers = new Map<string, EventRow>()
  private waiting: EventRow[] = []
  private model: string | null = null

  constructor(private readonly agent: string) {}

  /** The rows that came, or were added to, since it was asked before. */
  taken(): EventRow[] {
    const rows = this.waiting
    this.waiting = []
    return rows
  }

  setModel(model: string | null): void {
    this.model = model ?? this.model
    this.firstModel ??= this.model
  }

  push(event: Json, at: string, message: SourceMessage): EventRow {
    const createdAt = isoTime(event.timestamp)
    const reported = {
      at,
      ...(createdAt === null ? {} : { createdAt }),
      ...(this.model === null ? {} : { context: { model: this.model, agent: this.agent } }),
      ...message,
    }
    const row = { message: reported, index: this.count }
    this.count += 1
    if (message.role === 'USER') this.firstTyped ??= message.content
    this.waiting.push(row)
    return row
  }

  /** Adds to the answer that the part is of, or begins it. */
  addToAnswer(event: Json, at: string, part: AnswerPart): void {
    const { answer, text, reasoning, call, usage } = part
    const seen = answer === null ? undefined : this.answers.get(answer)
    if (seen !== undefined && call !== null) {
      const { message } = seen
      this.change(seen, { toolCalls: [...(message.toolCalls ?? []), call] })
      return
    }
    const row = this.push(event, at, {
      role: 'ASSISTANT',
      content: text,
      ...(call === null ? {} : { toolCalls: [call] }),
      usage: usage(),
      ...(reasoning === null ? {} : { reasoning }),
    })
    if (answer === null) return
    this.answers.set(answer, row)
    for (const key of this.answers.keys()) {
      if (this.answers.size <= MAX_ANSWERS) break
      this.answers.delete(key)
    }
  }

  /** Tells what answers consumed, where that comes after them. */
  addUsages(usageOf: (answer: string) => SourceUsage | null): void {
    for (const [answer, row] of this.answers) {
      const usage = row.message.usage === null ? usageOf(answer) : null
      if (usage !== null) this.change(row, { usage })
    }
  }

  private change(row: EventRow, members: Partial<SourceMessage>): void {
    row.message = { ...row.message, ...members }
    if (!this.waiting.includes(row)) this.waiting.push(row)
  }
}

/** The pictures of a message as its member; none is no member. */
export function withPictures(pictures: readonly SourcePicture[]) {
  return pictures.length > 0 ? { pictures } : {}
}

/** Whether a command failed by its exit code; null for none, and for -1, which one that still runs has. */
export function exitFailure(observed: Json): boolean | null {
  const code = looseNumber(looseObject(observed.metadata).exit_code) ?? looseNumber(observed.exit_code)
  return code === null || code === -1 ? null : code !== 0
}
