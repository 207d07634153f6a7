import { lazy, Suspense, useMemo } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { showControls } from '../../parts/show-controls'
import { PlainText } from './plain-text'
import styles from './transcript.module.css'

const Code = lazy(() => import('./code'))

const components: Components = {
  // Links leave the page only by a click, and say nothing of where they were.
  a: ({ href, children }) =>
    href !== undefined && /^https?:/i.test(href) ? (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  // Pictures of other servers are not loaded: a transcript must not tell them that it is read.
  img: ({ src, alt }) => (
    <span className="muted">
      [picture{alt ? `: ${alt}` : ''}
      {typeof src === 'string' && src !== '' ? `, ${src.slice(0, 200)}` : ''}]
    </span>
  ),
  pre: ({ children }) => children,
  code: ({ className, children }) => {
    const text = String(children ?? '')
    const language = /language-([\w+#-]+)/.exec(className ?? '')?.[1] ?? null
    if (language === null && !text.includes('\n')) return <code>{text}</code>
    const plain = <pre dir="ltr">{text}</pre>
    return (
      <Suspense fallback={plain}>
        <Code text={text.replace(/\n$/, '')} language={language} />
      </Suspense>
    )
  },
}

/** Deeper quotes, lists and emphasis are made to be a burden, not to be read. */
const DEEPEST = 60

interface TreeNode {
  children?: readonly TreeNode[]
}

/** Refuses a tree that is nested too deep, before anything walks it by calling itself. */
function boundDepth() {
  return (root: TreeNode) => {
    const open: [TreeNode, number][] = [[root, 0]]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [node, depth] = next
      if (depth > DEEPEST) throw new Error('nested too deep')
      for (const child of node.children ?? []) open.push([child, depth + 1])
    }
  }
}

/** Markdown without anything that runs or loads: HTML is dropped, addresses are checked. What cannot be read as such stays a text. */
export default function Markdown({ text }: { text: string }) {
  const elements = useMemo(() => {
    try {
      // A function without state: called here, so that what it throws is caught here.
      return ReactMarkdown({
        children: showControls(text),
        remarkPlugins: [remarkGfm, boundDepth],
        rehypePlugins: [rehypeSanitize],
        components,
      })
    } catch {
      return null
    }
  }, [text])
  if (elements === null) return <PlainText text={text} />
  return (
    <div className={styles.markdown} dir="auto">
      {elements}
    </div>
  )
}
