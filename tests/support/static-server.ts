// The production build as its static host serves it, headers and all, so that a test meets what an organisation meets.
import { startBuiltApp, type BuiltApp } from '../../sandbox/edge/built-app'

export interface StaticServer extends BuiltApp {
  /** Answers this path with a text instead of the folder's file: `serve('/config.json', '{}')`. */
  serve(path: string, text: string): void
  /** From now on the app may be embedded by this sandbox, and reach it. */
  admit(sandboxOrigin: string): void
}

/** Serves `folder` on 127.0.0.1 at a free port. Unknown paths are 404, never index.html. */
export async function startStaticServer(folder: string): Promise<StaticServer> {
  const instead = new Map<string, string>()
  let sandbox: string | null = null
  const built = await startBuiltApp(folder, {
    port: 0,
    sandboxOrigin: () => sandbox,
    instead: (path) => instead.get(path) ?? null,
  })
  return {
    ...built,
    serve: (path, text) => void instead.set(path, text),
    admit: (sandboxOrigin) => void (sandbox = sandboxOrigin),
  }
}
