// Files of one folder as HTTP answers; nothing outside of it, and TypeScript as the JavaScript a browser understands.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'

export interface FileAnswer {
  status: number
  headers: Record<string, string>
  body: Uint8Array | string
}

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.opus': 'audio/ogg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.png': 'image/png',
}

export const missing = (path: string): FileAnswer => ({
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: `There is nothing at ${path}.\n`,
})

/** The file's bytes with an ETag; 304 where the caller has them; 404 for folders, strangers and escapes. */
export async function serveFile(
  folder: string,
  path: string,
  cacheControl: string,
  knownTag: string | undefined,
): Promise<FileAnswer> {
  const file = within(folder, path)
  const bytes = file && (await readOrNull(file))
  if (!file || !bytes) return missing(path)
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  const headers = { etag, 'cache-control': cacheControl }
  if (knownTag === etag) return { status: 304, headers, body: '' }
  const type = contentTypes[extname(file)] ?? 'application/octet-stream'
  return { status: 200, headers: { ...headers, 'content-type': type }, body: bytes }
}

/** A module of the folder by its path with or without an extension, its types stripped; null where there is none. */
export async function serveModule(folder: string, path: string): Promise<FileAnswer | null> {
  const file = within(folder, `${path.replace(/\.(ts|js)$/, '')}.ts`)
  const source = file && (await readOrNull(file))
  if (!file || !source) return null
  const { transformWithOxc } = await import('vite')
  const { code } = await transformWithOxc(source.toString('utf8'), file, { sourcemap: false })
  return {
    status: 200,
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' },
    body: code,
  }
}

function within(folder: string, path: string): string | null {
  const decoded = decodePath(path)
  if (decoded === null || decoded.includes('\0')) return null
  const file = resolve(join(folder, decoded))
  return file.startsWith(resolve(folder) + sep) ? file : null
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}

async function readOrNull(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return null
    throw error
  }
}
