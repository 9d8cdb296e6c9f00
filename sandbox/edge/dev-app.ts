// The app beside the sandbox: Vite's development server on another origin, configured to use this sandbox.
import { createServer } from 'node:http'
import type { AppConfig } from '../org/app-integration'
import { listenOnLoopback } from './listen'

export interface DevApp {
  /** Ends in a slash. */
  url: string
  close(): Promise<void>
}

/** `port` 0: any free one. The app finds `config` where a built app has its config.json. */
export async function startDevApp(port: number, config: () => AppConfig): Promise<DevApp> {
  const server = createServer()
  const bound = await listenOnLoopback(server, port)
  const { createServer: createVite } = await import('vite')
  const vite = await createVite({
    configFile: 'vite.config.ts',
    logLevel: 'warn',
    clearScreen: false,
    // As middleware: a server of Vite's own would take the signals that end the sandbox, and exit before it has closed.
    server: { middlewareMode: true, hmr: { server }, warmup: { clientFiles: ['./src/main.ts'] } },
    plugins: [
      {
        name: 'sandbox-config',
        configureServer({ middlewares }) {
          middlewares.use('/config.json', (_request, answer) => {
            answer.setHeader('content-type', 'application/json; charset=utf-8')
            answer.setHeader('cache-control', 'no-store')
            answer.end(JSON.stringify(config()))
          })
        },
      },
    ],
  })
  server.on('request', vite.middlewares)
  return {
    url: `http://127.0.0.1:${bound}/`,
    async close() {
      await vite.close()
      await new Promise<void>((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      })
    },
  }
}
