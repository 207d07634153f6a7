import styles from './loading.module.css'

interface LoadingProps {
  what: string
  rows?: number
  /** The heading of the page, which stands in what is to come. */
  heading?: string
}

/** Stands where something will be; grey rows rather than a turning wheel. */
export function Loading({ what, rows = 6, heading }: LoadingProps) {
  return (
    <>
      {heading !== undefined && <h1 className="unseen">{heading}</h1>}
      <div className={styles.loading} role="status" aria-label={`Loading ${what}`}>
        {Array.from({ length: rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows without content.
          <div key={index} className={styles.row} />
        ))}
      </div>
    </>
  )
}
