import { parseArgs } from 'node:util'

const usage = `Lists sessions with their facets, page by page, and shows the end of the first one's transcript.

  --url URL              the GraphQL endpoint; else GATEWAY_URL, or http://127.0.0.1:4000/graphql
  --key KEY              the API key; else GATEWAY_KEY, or the demo's sgw_demo_admin
  --organization SLUG    acme
  --workspace SLUG       main
  --search TEXT          only sessions with this text in title, preview, agent, model or labels
  --first N              sessions a page, 1 to 100: 10
  --help                 this text`

/** What an example asks, of whom: from the command line, then the environment, then the demo tenant. */
export function readOptions() {
  try {
    return parseOptions()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  }
}

function parseOptions() {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: process.env.GATEWAY_URL ?? 'http://127.0.0.1:4000/graphql' },
      key: { type: 'string', default: process.env.GATEWAY_KEY ?? 'sgw_demo_admin' },
      organization: { type: 'string', default: 'acme' },
      workspace: { type: 'string', default: 'main' },
      search: { type: 'string' },
      first: { type: 'string', default: '10' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(usage)
    process.exit()
  }
  const { url, key, organization, workspace, search } = values
  const first = Number(values.first)
  if (!Number.isInteger(first) || first < 1 || first > 100)
    throw new Error(`--first takes a whole number from 1 to 100, not "${values.first}".`)
  return {
    url,
    headers: { Authorization: `Bearer ${key}` },
    place: { organization, workspace },
    filter: search === undefined ? {} : { search },
    first,
  }
}
