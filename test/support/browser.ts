/** A browser as far as cookies and redirects go; each origin has cookies of its own. */
export class Browser {
  readonly cookies = new Map<string, Map<string, string>>()
  readonly #send: typeof fetch

  /** One that asks otherwise than by `fetch`. */
  constructor(send: typeof fetch = fetch) {
    this.#send = send
  }

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url)
    const jar = this.cookies.get(origin) ?? new Map<string, string>()
    this.cookies.set(origin, jar)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(cookie === '' ? {} : { cookie }), ...init.headers }
    const answer = await this.#send(url, { redirect: 'manual', ...init, headers })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(set)) jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }

  /** Goes where redirects lead, up to the first address that `stop` names, or to the first page. */
  async follow(
    url: string,
    stop: (url: string) => boolean = () => false,
  ): Promise<{ url: string; answer: Response | null }> {
    for (let left = 20; left > 0; left--) {
      if (stop(url)) return { url, answer: null }
      const answer = await this.fetch(url)
      const location = answer.headers.get('location')
      if (location === null) return { url, answer }
      url = new URL(location, url).href
    }
    throw new Error('Redirects without end')
  }
}

/** Has a person sign in at the provider's own pages; gives the address that it sends the browser back to. */
export async function passProvider(browser: Browser, begin: string, person: string): Promise<string> {
  const isBack = (url: string) => new URL(url).pathname === '/auth/callback'
  let { url, answer } = await browser.follow(begin, isBack)
  for (let form = 0; form < 3 && answer !== null; form++) {
    const page = await answer.text()
    const action = /action="([^"]+)"/.exec(page)?.[1]
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    if (action === undefined || prompt === undefined)
      throw new Error(`No form at ${url}: ${page.slice(0, 500)}`)
    const body = new URLSearchParams({
      prompt,
      ...(prompt === 'login' ? { login: person, password: 'x' } : {}),
    })
    const sent = await browser.fetch(new URL(action, url).href, { method: 'POST', body })
    const next = new URL(sent.headers.get('location') ?? '', url).href
    ;({ url, answer } = await browser.follow(next, isBack))
  }
  if (!isBack(url)) throw new Error(`The provider sent the browser to ${url}`)
  return url
}

/** Has the provider end the session of whoever its page of signing out shows; gives the address that it sends the browser back to. */
export async function signOutAtProvider(browser: Browser, location: string): Promise<string | null> {
  const page = await (await browser.fetch(location)).text()
  const [, action, xsrf = ''] =
    /action="([^"]+)"[^>]*><input type="hidden" name="xsrf" value="([^"]+)"/.exec(page) ?? []
  if (action === undefined) throw new Error(`No form to sign out: ${page.slice(0, 500)}`)
  const body = new URLSearchParams({ xsrf, logout: 'yes' })
  return (await browser.fetch(new URL(action, location).href, { method: 'POST', body })).headers.get(
    'location',
  )
}
