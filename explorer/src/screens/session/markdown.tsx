import { Suspense, startTransition, useEffect, useMemo, useState } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import { part } from '../../parts/part'
import { patientWorker } from '../../parts/patient-worker'
import type { CodeProps } from './code'
import { PlainText } from './plain-text'
import { type MarkdownTree, readMarkdown } from './read-markdown'
import styles from './transcript.module.css'

const Code = part(
  () => import('./code'),
  ({ text }: CodeProps) => <pre dir="ltr">{text}</pre>,
)

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

/** Longer texts are read beside the page: what is made for that takes minutes. */
const MAX_AT_ONCE = 4000
/** What takes longer to read stays a text. */
const PATIENCE_MS = 3000

const readBeside = patientWorker<string, MarkdownTree>(
  () => new Worker(new URL('./markdown-worker.ts', import.meta.url), { type: 'module' }),
  PATIENCE_MS,
)

/** Markdown without anything that runs or loads: HTML is dropped, addresses are checked. What cannot be read as such stays a text. */
export default function Markdown({ text }: { text: string }) {
  const isShort = text.length <= MAX_AT_ONCE
  const short = useMemo(() => (isShort ? readMarkdown(text) : null), [text, isShort])
  const [long, setLong] = useState<{ text: string; tree: MarkdownTree | null } | null>(null)
  useEffect(() => {
    if (isShort) return
    let isCurrent = true
    void readBeside(text).then((tree) => isCurrent && startTransition(() => setLong({ text, tree })))
    return () => {
      isCurrent = false
    }
  }, [text, isShort])
  const tree = isShort ? short : long?.text === text ? long.tree : null
  const elements = useMemo(() => tree && elementsOf(tree), [tree])
  if (elements === null) return <PlainText text={text} />
  return (
    <div className={styles.markdown} dir="auto">
      {elements}
    </div>
  )
}

/** A function without state: called here, so that what was read elsewhere takes the place of what it reads. */
const elementsOf = (tree: MarkdownTree) =>
  ReactMarkdown({ children: '', rehypePlugins: [() => () => tree as never], components })
