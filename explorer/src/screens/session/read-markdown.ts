import ReactMarkdown from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { showControls } from '../../parts/show-controls'

/** Deeper quotes, lists and emphasis are made to be a burden, not to be read; so are more elements. */
const DEEPEST = 60
const MOST = 10_000

/** An element or a text of what was read, as rehype has it. */
export interface MarkdownTree {
  type: string
  value?: string
  position?: unknown
  properties?: { alt?: unknown }
  children?: readonly MarkdownTree[]
}

/** What markdown says, without its HTML, its control characters shown; null where it is too deep, too much, or cannot be read. */
export function readMarkdown(text: string): MarkdownTree | null {
  try {
    ReactMarkdown({
      children: text,
      remarkPlugins: [remarkGfm, bound],
      rehypePlugins: [rehypeSanitize, showAll, hand],
    })
  } catch (handed) {
    if (handed instanceof Handed) return handed.tree
  }
  return null
}

/** Ends the reading before anything is made of it. */
class Handed extends Error {
  constructor(readonly tree: MarkdownTree) {
    super()
  }
}

function hand() {
  return (tree: MarkdownTree) => {
    throw new Handed(tree)
  }
}

/** Refuses a tree that is too deep or too large, before anything walks it by calling itself. */
function bound() {
  return (root: MarkdownTree) => {
    let count = 0
    const open: [MarkdownTree, number][] = [[root, 0]]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [node, depth] = next
      count += 1
      if (depth > DEEPEST || count > MOST) throw new Error('made to be a burden')
      for (const child of node.children ?? []) open.push([child, depth + 1])
    }
  }
}

/** Shows control characters in what is read at last: entities of HTML write them without being them. */
function showAll() {
  return (root: MarkdownTree) => {
    const open = [root]
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      delete node.position
      if (node.type === 'text' && node.value !== undefined) node.value = showControls(node.value)
      if (typeof node.properties?.alt === 'string') node.properties.alt = showControls(node.properties.alt)
      for (const child of node.children ?? []) open.push(child)
    }
  }
}
