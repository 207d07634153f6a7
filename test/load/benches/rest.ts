import {
  CountFacetsDocument,
  ListSessionsDocument,
} from '../../../src/rest/dialects/dreadnode/documents.generated.js'
import { postedDocument } from '../../support/posted-document.js'
import { graphqlRequest } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Findings, show, showTimes, table } from '../frame/report.js'
import { driveInTurns } from './lists.js'

const orderBy = { field: 'UPDATED_AT', direction: 'DESC' }
const searchIn = ['TITLE', 'MODEL', 'AGENT', 'LABELS']
const filter = { archived: 'ACTIVE', includeWorkload: false, searchIn }

/** REST's list and facets beside the same documents over GraphQL. */
export async function measureRest(load: Load): Promise<Findings> {
  const { gateway, key, place } = load.datasets.at(-1) as Dataset
  const server = await gateway()
  const { origin } = new URL(server.url)
  const path = `${origin}/api/v1/org/${place.organization}/ws/${place.workspace}/sessions`
  const rest = (url: string) => ({ server, request: { url, headers: { authorization: `Bearer ${key}` } } })
  const twin = (document: typeof ListSessionsDocument | typeof CountFacetsDocument, variables = {}) => ({
    server,
    request: graphqlRequest(`${origin}/graphql`, key, postedDocument(document), {
      ...place,
      filter,
      ...variables,
    }),
  })
  const { rates, costs } = await driveInTurns(load, {
    'list, REST': rest(`${path}?limit=20`),
    'list, GraphQL': twin(ListSessionsDocument, { orderBy, page: 1, limit: 20 }),
    'facets, REST': rest(`${path}/facets`),
    'facets, GraphQL': twin(CountFacetsDocument),
  })
  const ratio = (job: string) => (rates[`${job}, GraphQL`] as number) / (rates[`${job}, REST`] as number)
  const ratios = [ratio('list'), ratio('facets')] as const
  return {
    bars: [
      {
        job: 'REST list and facets',
        bar: 'at most 1.25 times their GraphQL twins',
        measured: `list ${showTimes(ratios[0])}, facets ${showTimes(ratios[1])}`,
        holds: Math.max(...ratios) <= 1.25,
      },
    ],
    tables: {
      rest: table(
        ['', 'requests a second', 'CPU a request', "PostgreSQL's CPU", 'memory'],
        Object.entries(rates).map(([name, rate]) => [name, show(rate), ...costs(name)]),
      ),
    },
  }
}
