// Edits of code that others wrote, for the build only: each must be found exactly as often as it says.

/** `edits`: what is looked for, what stands for it, how often it is there. Throws where that is not so. */
export function edited(name, text, edits) {
  return edits.reduce((before, [wanted, instead, times]) => {
    const found = before.match(wanted)?.length ?? 0
    if (found !== times) throw new Error(`${name} has ${found} times, not ${times}: ${wanted}`)
    return before.replace(wanted, instead)
  }, text)
}
