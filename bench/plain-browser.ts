// One page of a browser, and functions that run in it.
import { startBrowser, type Answer, type BrowserWish, type Devtools, type Line } from './devtools'

export interface PlainPage extends Runner {
  /** One command of the DevTools protocol. */
  send(method: string, params?: Answer): Promise<Answer>
  readonly line: Line
  readonly devtools: Devtools
  /** A second line to the same page, with settings of its own. */
  openLine(): Promise<Line>
  close(): Promise<void>
}

export interface Runner {
  /** Runs a function in the page and brings its answer; it may return a promise. */
  run<T, A extends unknown[]>(work: (...given: A) => T | Promise<T>, ...given: A): Promise<T>
  /** Asks again until it is true; throws after half a minute. */
  until<A extends unknown[]>(holds: (...given: A) => boolean, ...given: A): Promise<void>
}

export async function openPlainPage(
  width: number,
  height: number,
  wish: BrowserWish = {},
): Promise<PlainPage> {
  const devtools = await startBrowser(wish)
  const { targetId } = await devtools.browser.send('Target.createTarget', { url: 'about:blank' })
  const openLine = async (): Promise<Line> => {
    const { sessionId } = await devtools.browser.send('Target.attachToTarget', { targetId, flatten: true })
    return devtools.line(String(sessionId))
  }
  const line = await openLine()
  await line.send('Page.enable')
  await line.send('Page.bringToFront')
  await line.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: 1,
    mobile: false,
  })
  return { send: line.send, line, devtools, openLine, ...runOn(line), close: () => devtools.close() }
}

/** The browser's words where the page went on before its answer was there. */
const leftWords = /^Inspected target navigated or closed|^Execution context was destroyed/

/** Functions that run where this line leads: a page, or a frame with a process of its own. */
export function runOn({ send }: Pick<Line, 'send'>): Runner {
  const run: Runner['run'] = async (work, ...given) => {
    const expression = callOf(work, given)
    const { result, exceptionDetails } = await send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails !== undefined) throw new Error(`In the page: ${JSON.stringify(exceptionDetails)}`)
    return (result as { value: never }).value
  }
  return {
    run,
    async until(holds, ...given) {
      const givenUpAt = Date.now() + 30_000
      // A page that goes elsewhere while it is asked (to the login and back) has not said no.
      const asked = (): Promise<boolean> =>
        run(holds, ...given).catch((error: unknown) => {
          if (error instanceof Error && leftWords.test(error.message)) return false
          throw error
        })
      while (!(await asked())) {
        if (Date.now() > givenUpAt) throw new Error(`Never came true in the page: ${String(holds)}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
  }
}

/** The text of a call; tsx marks the functions that it has translated, and a page knows nothing of that. */
export const callOf = (work: (...given: never[]) => unknown, given: readonly unknown[]): string =>
  `globalThis.__name ??= (named) => named; (${String(work)})(...${JSON.stringify(given)})`
