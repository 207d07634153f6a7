import { lazy, Suspense } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { showControls } from './show-controls'
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

/** Markdown without anything that runs or loads: HTML is dropped, addresses are checked. */
export default function Markdown({ text }: { text: string }) {
  return (
    <div className={styles.markdown} dir="auto">
      <ReactMarkdown remarkPlugins={[remarkGfm]} rehypePlugins={[rehypeSanitize]} components={components}>
        {showControls(text)}
      </ReactMarkdown>
    </div>
  )
}
