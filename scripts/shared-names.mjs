// What chunks share has one name: the bundler gives it one for their imports and the minifier another within, and both were said.

const exportList = /\bexport\{([^{}]*)\};?\s*$/
/** @returns {[name: string, as: string][]} */
const pairsOf = (list) =>
  list
    .split(',')
    .filter(Boolean)
    .map((item) => item.split(' as '))
    .map(([name, as = name]) => [name, as])
const saying = (pairs) => pairs.map(([name, as]) => (name === as ? name : `${name} as ${as}`)).join(',')
const importOf = (file, what) => new RegExp(`${what}["'\`]\\./${file.replaceAll('.', '\\.')}["'\`]`, 'g')

/** The names under which a file's exports are read once it is loaded, as `import(…).then(e => e.name)`; null: by any. */
function namesReadLater(file, codes) {
  const names = codes.flatMap((code) =>
    [...code.matchAll(importOf(file, '\\bimport\\('))].map(
      ({ index, 0: start }) => /^\)\.then\((\w+)=>\1\.([\w$]+)\)/.exec(code.slice(index + start.length))?.[2],
    ),
  )
  return names.includes(undefined) ? null : new Set(names)
}

/** Old name to new of what this file exports; null where they cannot be changed. */
function renamesOf(file, files) {
  const pairs = pairsOf(exportList.exec(files[file])?.[1] ?? '')
  const kept = namesReadLater(file, Object.values(files))
  if (kept === null || pairs.length === 0) return null
  const renames = new Map(pairs.map(([name, as]) => [as, kept.has(as) || kept.has(name) ? as : name]))
  return new Set(renames.values()).size === renames.size ? renames : null
}

/** The same files, by their name in one folder, in which each export goes by the name that it has within its file. */
export function shareNames(files) {
  const changed = { ...files }
  for (const file of Object.keys(files)) {
    const renames = renamesOf(file, changed)
    if (renames === null) continue
    changed[file] = changed[file].replace(
      exportList,
      (_, list) => `export{${saying(pairsOf(list).map(([name, as]) => [name, renames.get(as)]))}};`,
    )
    for (const other of Object.keys(changed))
      changed[other] = changed[other].replace(
        importOf(file, '\\bimport\\{([^{}]*)\\}from'),
        (_, list) =>
          `import{${saying(pairsOf(list).map(([as, name]) => [renames.get(as), name]))}}from"./${file}"`,
      )
  }
  return changed
}

export function sharedNames() {
  return {
    name: 'shared-names',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk')
      const nameOf = ({ fileName }) => fileName.replace(/^assets\//, '')
      const changed = shareNames(Object.fromEntries(chunks.map((chunk) => [nameOf(chunk), chunk.code])))
      for (const chunk of chunks) chunk.code = changed[nameOf(chunk)]
    },
  }
}
