// A file for whoever sits there. In a frame that may not download, nothing happens: the view shows the text as well.
export function saveFile({ name, text }: { readonly name: string; readonly text: string }): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has taken the address by now, but may read from it a moment longer.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
