import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true })

export interface Target {
  port: number
  key: string
}

const place = { organization: 'acme', workspace: 'main' }
const save = `mutation ($organization: String!, $workspace: String!, $id: UUID!, $labels: [LabelInput!]) {
  saveSession(input: { organization: $organization, workspace: $workspace, id: $id, model: "m", title: "a soak", labels: $labels }) { outcome } }`
const look = `query ($organization: String!, $workspace: String!) { workspace(organization: $organization, slug: $workspace) {
  sessions(first: 20) { totalCount edges { node { uuid title createdBy { login } labels { key values } } } }
  sessionFacets { models(first: 10) { edges { count node { value } } } } projects { edges { node { name sessionCount } } } } }`
const messages = ['user', 'assistant', 'user'].map((role) => ({
  role,
  content: 'What a session says. '.repeat(20),
}))

/** Requests of one life. */
export const REQUESTS_A_LIFE = 7

/**
 * What befalls a session from its making to its end, over every face.
 * @throws where an answer is another than what is due
 */
export async function liveOnce(target: Target): Promise<void> {
  const id = randomUUID()
  const labels = [{ key: 'env', values: ['prod', id.slice(0, 2)] }]
  const below = `/api/v1/org/${place.organization}/ws/${place.workspace}/sessions/${id}`
  const publicId = `session_${id.replaceAll('-', '')}`
  await graphql(target, save, { ...place, id, labels })
  await send(target, 'POST', `${below}/transcript`, { messages })
  await graphql(target, look, place)
  await send(target, 'GET', `${below}/transcript`)
  await send(target, 'GET', `/v1/sessions/${publicId}`)
  await send(target, 'GET', `${below}/trajectory?format=atif`)
  await send(target, 'DELETE', below)
}

async function graphql(target: Target, query: string, variables: object): Promise<void> {
  const { errors } = JSON.parse(await send(target, 'POST', '/graphql', { query, variables }))
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
}

function send({ port, key }: Target, method: string, path: string, json?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, ...(json && { 'content-type': 'application/json' }) }
    const sent = request({ port, host: '127.0.0.1', method, path, headers, agent }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        text += chunk
      })
      answer.once('error', reject)
      answer.once('end', () =>
        (answer.statusCode ?? 0) < 300
          ? resolve(text)
          : reject(new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 500)}`)),
      )
    })
    sent.once('error', reject)
    sent.end(json === undefined ? undefined : JSON.stringify(json))
  })
}
