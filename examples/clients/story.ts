import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { readOptions } from '../options.js'

const { url, headers, place } = readOptions()

/** Where every client here asks, as the demo's admin unless told otherwise. */
export const gateway = { url, headers, place }

export interface Row {
  id: string
  title: string | null
}

export interface Event {
  kind: string
  sessionId: string
}

/** What a client does in the story, in its own way. */
export interface Teller {
  save(input: { id: string; model: string; title: string }): Promise<Row>
  /** Loads the next page of the list into the cache; gives every row that the cache has, and whether there are more. */
  loadPage(filter: { search: string }, first: number): Promise<{ rows: readonly Row[]; hasMore: boolean }>
  /** Reads a session whose usage comes in a later part; gives what was known of it, part by part. */
  readInParts(id: string): Promise<readonly { totalTokens: number | null }[]>
  listen(hear: (event: Event) => void): () => void
  rename(id: string, title: string): Promise<void>
  /** Deletes by global ids. */
  remove(sessionIds: readonly string[]): Promise<readonly string[]>
  /** The rows of the list as the cache has them now. */
  cached(filter: { search: string }): readonly Row[]
}

/** Makes three sessions, pages through them, hears of a change and of their end, and sees the cache follow. */
export async function tell(teller: Teller): Promise<void> {
  const word = randomUUID().slice(0, 8)
  const filter = { search: word }
  const heard: Event[] = []
  const stop = teller.listen((event) => heard.push(event))
  try {
    const saved: Row[] = []
    for (const name of ['one', 'two', 'three'])
      saved.push(await teller.save({ id: randomUUID(), model: 'gpt-5', title: `${word} ${name}` }))
    const ids = saved.map(({ id }) => id)
    const [first = ''] = ids

    let pages = 0
    let page = await teller.loadPage(filter, 2)
    for (pages = 1; page.hasMore; pages += 1) page = await teller.loadPage(filter, 2)
    console.log(`listed    ${page.rows.length} sessions in ${pages} pages`)

    const parts = await teller.readInParts(first)
    console.log(`read      ${parts.map(({ totalTokens }) => totalTokens ?? 'not yet').join(', then ')}`)

    await until(() => heard.filter(({ kind }) => kind === 'CREATED').length >= 3)
    await teller.rename(first, `${word} renamed`)
    await until(() => heard.some(({ kind, sessionId }) => kind === 'UPDATED' && sessionId === first))
    const renamed = teller.cached(filter).filter(({ title }) => title === `${word} renamed`)
    console.log(`renamed   ${renamed.length} session in the list`)

    const gone = await teller.remove(ids)
    await until(() => heard.filter(({ kind }) => kind === 'DELETED').length >= 3)
    console.log(`deleted   ${gone.length} sessions, ${teller.cached(filter).length} in the list`)
    console.log(`heard     ${heard.map(({ kind }) => kind).join(' ')}`)
  } finally {
    stop()
  }
}

/** Waits for what comes by events; fails when it does not come. */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 500) throw new Error('An event that must come has not come in ten seconds')
    await setTimeout(20)
  }
}
