// A file for the agent's own machine, made here and handed to the browser as a download.
import type { Downloads } from '../core/ports'

export const browserDownloads: Downloads = {
  save(fileName, mediaType, text) {
    const url = URL.createObjectURL(new Blob([text], { type: mediaType }))
    const link = document.createElement('a')
    link.href = url
    link.download = fileName
    link.click()
    // The click has taken the address; kept, it would hold the whole file in memory.
    URL.revokeObjectURL(url)
  },
}
