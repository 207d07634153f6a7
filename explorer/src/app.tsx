import { Suspense, useMemo, useSyncExternalStore } from 'react'
import { RelayEnvironmentProvider } from 'react-relay'
import { Frame } from './frame'
import { createEnvironment } from './gateway/environment'
import { readKey, watchKey } from './gateway/key'
import { FailureBoundary } from './parts/failure-boundary'
import { Loading } from './parts/loading'
import { SignIn } from './screens/sign-in/sign-in'

/** The whole page: a key first, then the screens, each viewer with a store of its own. */
export function App() {
  const key = useSyncExternalStore(watchKey, readKey)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key must not see what the last one read.
  const environment = useMemo(createEnvironment, [key])
  if (key === null) return <SignIn />
  return (
    <RelayEnvironmentProvider environment={environment}>
      <FailureBoundary>
        <Suspense fallback={<Loading what="the gateway" />}>
          <Frame />
        </Suspense>
      </FailureBoundary>
    </RelayEnvironmentProvider>
  )
}
