import table from '../styles/table.module.css'

type How = 'medium' | 'wide' | 'number'

/** What a column is called; one that is not always shown, or of numbers, says so. */
export type Head = string | readonly [title: string, ...how: How[]]

/** The heads of a table; the last column, of what may be done to each row, has none to be seen. */
export function TableHead({ heads, hasActs = false }: { heads: readonly Head[]; hasActs?: boolean }) {
  return (
    <thead>
      <tr>
        {heads.map((head) => {
          const [title, ...how] = typeof head === 'string' ? [head] : head
          return (
            <th key={title} scope="col" className={how.map((name) => table[name]).join(' ')}>
              {title}
            </th>
          )
        })}
        {hasActs && (
          <th scope="col">
            <span className="unseen">acts</span>
          </th>
        )}
      </tr>
    </thead>
  )
}
