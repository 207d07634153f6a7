import { startTransition, useEffect, useState } from 'react'
import { highlight, type Token } from './highlight'

/** Longer code stays without colours, which take their time. */
const MAX_CHARACTERS = 20_000

export interface CodeProps {
  text: string
  language: string | null
}

/** Code with colours, once its grammar is there. Tokens become elements: styles in HTML texts are refused here. */
export default function Code({ text, language }: CodeProps) {
  const [lines, setLines] = useState<Token[][] | null>(null)
  useEffect(() => {
    let isCurrent = true
    setLines(null)
    if (language !== null && text.length <= MAX_CHARACTERS)
      void highlight({ text, language }).then((found) => isCurrent && startTransition(() => setLines(found)))
    return () => {
      isCurrent = false
    }
  }, [text, language])
  return (
    <pre dir="ltr">
      <code>
        {lines === null
          ? text
          : lines.map((tokens, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text do not move.
              <span key={line}>
                {tokens.map(({ content, style, offset }) => (
                  <span key={offset} style={style}>
                    {content}
                  </span>
                ))}
                {'\n'}
              </span>
            ))}
      </code>
    </pre>
  )
}
