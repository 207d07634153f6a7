import { type DocumentNode, print } from 'graphql'
import { withoutAliases } from '../../src/cli/gateway/aliases.js'

/**
 * The text of a document of a REST route as a client may post it: without aliases, of which an operation may have ten, and with
 * long lengths as a variable, since the limit of cost multiplies by literal ones.
 */
export function postedDocument(document: DocumentNode): string {
  const text = print(withoutAliases(document))
  return text.includes('first: 1000')
    ? text.replace(/\(/, '($many: Int = 1000, ').replaceAll('first: 1000', 'first: $many')
    : text
}
