import styles from './loading.module.css'

/** Stands where something will be; grey rows rather than a turning wheel. */
export function Loading({ what, rows = 6 }: { what: string; rows?: number }) {
  return (
    <div className={styles.loading} role="status" aria-label={`Loading ${what}`}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without content.
        <div key={index} className={styles.row} />
      ))}
    </div>
  )
}
