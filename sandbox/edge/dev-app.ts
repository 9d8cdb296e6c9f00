// The app beside the sandbox: Vite's development server on another origin, configured to use this sandbox.
import type { AppConfig } from '../org/app-integration'

export interface DevApp {
  /** Ends in a slash. */
  url: string
  close(): Promise<void>
}

/** `port` 0: any free one. The app finds `config` where a built app has its config.json. */
export async function startDevApp(port: number, config: () => AppConfig): Promise<DevApp> {
  const { createServer } = await import('vite')
  const vite = await createServer({
    configFile: 'vite.config.ts',
    logLevel: 'warn',
    clearScreen: false,
    server: { host: '127.0.0.1', port, strictPort: port !== 0 },
    plugins: [
      {
        name: 'sandbox-config',
        configureServer(server) {
          server.middlewares.use('/config.json', (_request, answer) => {
            answer.setHeader('content-type', 'application/json; charset=utf-8')
            answer.setHeader('cache-control', 'no-store')
            answer.end(JSON.stringify(config()))
          })
        },
      },
    ],
  })
  await vite.listen()
  const address = vite.httpServer?.address()
  if (!address || typeof address === 'string') throw new Error('The development server has no port.')
  return { url: `http://127.0.0.1:${address.port}/`, close: () => vite.close() }
}
