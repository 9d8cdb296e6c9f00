// Stands in for query-string, of which the Client App SDK uses one function, for one look at the launch's address.

/** As query-string has it: a name that occurs twice has a list, which the SDK refuses as no text. */
export function parse(search: string): Record<string, string | string[]> {
  const query = new URLSearchParams(search)
  return Object.fromEntries(
    [...query.keys()].map((name) => {
      const [first = '', ...more] = query.getAll(name)
      return [name, more.length > 0 ? [first, ...more] : first]
    }),
  )
}
