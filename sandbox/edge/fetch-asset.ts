// How the media server gets a file: over real HTTP, within a time and a size.
import type { FetchedAsset } from '../org/media'

const timeoutMs = 10_000
const limitBytes = 25 * 1024 * 1024

export async function fetchAsset(url: string): Promise<FetchedAsset> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch((error: unknown) => {
    throw new Error(reasonOf(error))
  })
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of answer.body ?? []) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > limitBytes) throw new Error(`more than ${limitBytes} bytes`)
    chunks.push(chunk)
  }
  return { status: answer.status, bytes: Buffer.concat(chunks) }
}

/** fetch says only "fetch failed"; what failed stands in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message
}
