import { readFileSync } from 'node:fs'
import { type CodeBlock, readCodeBlocks } from '../docs/markdown.js'
import type { ClientGateway } from './gateway.js'

const page = readFileSync(new URL('../../docs/clients.md', import.meta.url), 'utf8')

/** The recipes of docs/clients.md, in order: what is written for a client. The calls by curl are run with the other pages. */
export const recipes: CodeBlock[] = readCodeBlocks(page).filter(({ language, text }) =>
  language === 'sh' ? !text.includes('curl ') : ['python', 'rust', 'typescript'].includes(language),
)

/** A recipe as written, but for where the gateway listens and, on PostgreSQL, the key, as the demo has its own. */
export function adapt(recipe: string, { url, key }: Pick<ClientGateway, 'url' | 'key'>): string {
  return recipe.replaceAll('http://127.0.0.1:4000', url).replaceAll('sgw_demo_writer', key)
}
