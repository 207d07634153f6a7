import { Browser } from './browser.js'
import { type HostileProvider, startHostileProvider } from './hostile-provider.js'
import { type SignInWorld, startSignInWorld } from './sign-in-world.js'

export interface HostileWorld extends Omit<SignInWorld, 'provider' | 'signIn'> {
  provider: HostileProvider
  /** Signs in with a token made for the nonce of this sign-in, and what the provider says of the person. */
  signIn(
    tokenFor: (nonce: string) => Promise<string> | string,
    userinfo: object,
  ): Promise<{ status: number; signedIn: boolean; asked: URLSearchParams; browser: Browser }>
}

/** A gateway with sign-in whose provider says whatever a test has it say. */
export async function startHostileWorld(): Promise<HostileWorld> {
  const provider = await startHostileProvider()
  const world = await startSignInWorld({ OIDC_ISSUER: provider.issuer })
  return {
    ...world,
    provider,
    signIn: async (tokenFor, userinfo) => {
      const browser = new Browser()
      const begun = await browser.fetch(`${world.url}/auth/sign-in`)
      const asked = new URL(begun.headers.get('location')!).searchParams
      provider.answer(await tokenFor(asked.get('nonce')!), userinfo)
      const back = new URLSearchParams({ code: 'a-code', state: asked.get('state')! })
      const { status } = await browser.fetch(`${world.url}/auth/callback?${back}`)
      return { status, signedIn: browser.cookies.get(world.url)!.has('sgw_session'), asked, browser }
    },
    close: async () => {
      provider.close()
      await world.close()
    },
  }
}
