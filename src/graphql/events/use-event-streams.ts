import type { ServerResponse } from 'node:http'
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
} from 'graphql'
import type { Plugin, YogaInitialContext } from 'graphql-yoga'
import { eventIdOf, type VisibleEvent } from '../../domain/events/event.js'
import type { EventStream } from '../../domain/events/stream.js'
import { rounds } from '../../rounds.js'
import { currentWork, type Work } from '../../work.js'
import { countItems, type ItemRound, withinLimit } from '../limits/item-limit.js'
import type { GatewayContext } from '../schema/context.js'

/** How long a client may take to read the end of its stream before the connection is cut. */
const lastWordsMs = 5000

/** Yoga writes an answer by its `stringify`, if it has one. */
type Answer = ExecutionResult & { stringify?: (result: object) => string }

type StreamContext = GatewayContext & YogaInitialContext & { res?: ServerResponse }

/**
 * Runs subscriptions: each batch of events with a context of its own, so that its loaders hold nothing stale and batch over
 * its events; each event's SSE message with its id; a failure as the last message, where the library would cut the connection.
 */
export function useEventStreams(saw?: Saw): Plugin {
  return { onSubscribe: ({ setSubscribeFn }) => setSubscribeFn((args) => subscribe(args, saw)) }
}

/** Notes that a request is told of what the primary has; gives the position in the log that has it, which clients send to other gateways. */
type Saw = (work: Work | null) => Promise<string | null>

async function subscribe(args: ExecutionArgs, saw: Saw | undefined) {
  const source = await createSourceEventStream(args)
  if (!(Symbol.asyncIterator in source)) return source
  const context = args.contextValue as StreamContext
  // Every subscription of this schema resolves to one.
  const stream = source as unknown as EventStream
  context.request?.signal.addEventListener('abort', () => void stream.return(), { once: true })
  void stream.ended.then(() => cutOff(context.res))
  const work = currentWork()
  return answerEvents(args, context, stream, saw && (() => saw(work)))
}

function answerEvents(
  args: ExecutionArgs,
  context: StreamContext,
  stream: EventStream,
  tell?: () => Promise<string | null>,
) {
  const answers: Answer[] = []
  let over = false

  async function refill(): Promise<void> {
    try {
      const { done, value: batch } = await stream.next()
      if (done) over = true
      else answers.push(...withPosition(await answerBatch(args, context, batch), (await tell?.()) ?? null))
    } catch (error) {
      over = true
      await stream.return()
      answers.push({ errors: [new GraphQLError('The stream ended', { originalError: error as Error })] })
    }
  }

  return {
    [Symbol.asyncIterator]() {
      return this
    },
    next: async () => {
      if (answers.length === 0 && !over) await refill()
      const value = answers.shift()
      return value === undefined ? { done: true as const, value } : { done: false as const, value }
    },
    // At once, even while `next` waits, which a generator could not.
    return: async () => {
      over = true
      answers.length = 0
      await stream.return()
      return { done: true as const, value: undefined }
    },
  }
}

/** In a round of events of its own: a burst wakes all streams at once. */
async function answerBatch(
  args: ExecutionArgs,
  context: StreamContext,
  batch: readonly VisibleEvent[],
): Promise<Answer[]> {
  await rounds.takeWhole()
  const contextValue = { ...context, ...context.withEmptyCaches() }
  const round: ItemRound = { items: 0, begins: null }
  const answers = await Promise.all(
    batch.map(async (event) => {
      const items = countItems(true, round)
      const result = await execute({ ...args, contextValue: { ...contextValue, items }, rootValue: [event] })
      return {
        ...withinLimit(result, items),
        // What yoga writes after `data: `; a field of the message may follow in a line of its own.
        stringify: (result: object) => `${JSON.stringify(result)}\nid: ${eventIdOf(event)}`,
      }
    }),
  )
  if (round.begins !== null) await rounds.takeWhole()
  return answers
}

/** Answers with the position in the log that has all that they tell. */
function withPosition(answers: Answer[], position: string | null): Answer[] {
  return position === null ? answers : answers.map((answer) => ({ ...answer, extensions: { position } }))
}

/** A client that reads nothing would keep its connection forever. */
function cutOff(res: ServerResponse | undefined): void {
  if (res === undefined) return
  const timer = setTimeout(() => res.writableFinished || res.destroy(), lastWordsMs).unref()
  res.once('close', () => clearTimeout(timer))
}
