import { type ComponentType, use, useState } from 'react'
import { GatewayFailure, outdated } from '../gateway/failure'
import { insist } from '../gateway/retry'
import { Failure } from './failure-boundary'
import { bringLostSheets } from './lost-sheets'

/** How often a part is asked for, over some seven seconds, before the page says that it does not come. */
const MOST_TIMES = 4

/**
 * A part of the page whose script comes when it is first shown; it suspends until then. One that does not come is asked
 * for again, and then shown as `Without`, or as a failure in its own place with a way to try again.
 */
export function part<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  Without?: ComponentType<Props>,
): ComponentType<Props> {
  let Loaded: ComponentType<Props> | null = null
  let loading: Promise<unknown> | null = null
  let failure: Error
  const isOfUse = async (times: number) => {
    failure = (await isOutdated()) ? outdated() : new Error(missing)
    return times < MOST_TIMES && !(failure instanceof GatewayFailure)
  }
  const loadPart = () =>
    insist(() => Promise.all([load(), bringLostSheets()]), isOfUse).then(
      ([loaded]) => {
        Loaded = loaded.default
      },
      () => {},
    )
  return function Part(props) {
    const [, setAttempt] = useState(0)
    if (Loaded === null) {
      loading ??= loadPart()
      use(loading)
    }
    if (Loaded !== null) return <Loaded {...props} />
    if (Without !== undefined) return <Without {...props} />
    const retry = () => {
      loading = null
      setAttempt((attempt) => attempt + 1)
    }
    return <Failure error={failure} onRetry={retry} />
  }
}

const missing = 'A part of this page does not come. If it stays away, load the page anew.'

/** Whether the gateway by now serves a page whose scripts are others than those of this one. */
async function isOutdated(): Promise<boolean> {
  const own = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.getAttribute('src')
  const page = await fetch('/', { cache: 'no-store' })
    .then((answer) => (answer.ok ? answer.text() : null))
    .catch(() => null)
  return typeof own === 'string' && page !== null && !page.includes(own)
}
