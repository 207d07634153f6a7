import { type Handler, sendJson } from './answer.js'

/** What this server's pages tell of the gateway that it belongs to. */
export interface About {
  build: { version: string; commit: string | null }
  /** Filled in on every page that takes a key; null outside a demo. */
  demoKey: string | null
  /** Whether browsers find GraphiQL at /graphql. */
  graphiql: boolean
  /** Whether nobody has been given a key yet. */
  isKeyless(): Promise<boolean>
}

/** The command that makes the first key, without the program's name and the store's place. */
export const firstKeyArguments =
  'keys create --org acme --workspace main --user ada@acme.example --role admin'

/** Answers which version runs, for whoever compares processes. */
export function version({ build }: About): Handler {
  return (_req, res) => sendJson(res, 200, build)
}

/** Asks at most once a second, and no more once there is a key. */
export function rememberKeyless(ask: () => Promise<boolean>): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined
  let askAgainAt = 0
  return () => {
    if (answer === undefined || Date.now() >= askAgainAt) {
      askAgainAt = Date.now() + 1000
      answer = ask().then((keyless) => {
        if (!keyless) askAgainAt = Number.POSITIVE_INFINITY
        return keyless
      })
      // A store that cannot be reached has its own words elsewhere; the page tells nothing then.
      answer = answer.catch(() => false)
    }
    return answer
  }
}
