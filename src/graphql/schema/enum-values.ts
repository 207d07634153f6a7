/** The values of an enum, by what each is stored as, with what it means; `nameOf` says how clients call it, if not the same. */
export function valuesOf<Value extends string>(
  meanings: Readonly<Record<Value, string>>,
  nameOf: (value: NoInfer<Value>) => string = (value) => value,
): Record<string, { value: Value; description: string }> {
  const values = Object.keys(meanings) as Value[]
  return Object.fromEntries(values.map((value) => [nameOf(value), { value, description: meanings[value] }]))
}

/** How clients call a value that is stored in small letters. */
export const inCapitals = (value: string): string => value.toUpperCase()

/** What each row of a table says of itself. */
export function meaningsOf<Name extends string>(
  table: Readonly<Record<Name, { describe: string }>>,
): Record<Name, string> {
  const names = Object.keys(table) as Name[]
  return Object.fromEntries(names.map((name) => [name, table[name].describe])) as Record<Name, string>
}
