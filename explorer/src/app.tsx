import { type ReactNode, Suspense, useMemo, useSyncExternalStore } from 'react'
import { RelayEnvironmentProvider } from 'react-relay'
import { Frame } from './frame'
import { createEnvironment } from './gateway/environment'
import { readCaller, watchKey } from './gateway/key'
import { FailureBoundary } from './parts/failure-boundary'
import { Loading } from './parts/loading'
import { part } from './parts/part'
import { isDevicePage } from './screens/device/page'

const SignIn = part(() => import('./screens/sign-in/sign-in'))
const DeviceScreen = part(() => import('./screens/device/device-screen'))

/** The whole page: a key first, then the screens, each viewer with a store of its own. */
export function App() {
  const caller = useSyncExternalStore(watchKey, readCaller)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another caller must not see what the last one read.
  const environment = useMemo(createEnvironment, [caller])
  if (caller === null)
    return (
      <Whole what="the page">
        <SignIn />
      </Whole>
    )
  return (
    <RelayEnvironmentProvider environment={environment}>
      <Whole what="the gateway">{isDevicePage() ? <DeviceScreen /> : <Frame />}</Whole>
    </RelayEnvironmentProvider>
  )
}

/** What fills the page, once it is there. */
function Whole({ what, children }: { what: string; children: ReactNode }) {
  return (
    <FailureBoundary>
      <Suspense fallback={<Loading what={what} />}>{children}</Suspense>
    </FailureBoundary>
  )
}
