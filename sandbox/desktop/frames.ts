// One app frame per interaction: made when the call appears, kept alive while hidden, told to stop before it goes.
import { el } from './dom'
import { fillLaunchUrl, originOf, type LaunchValues } from './launch-url'
import type { DesktopCall, Integration } from './world'

export type Hook = 'bootstrap' | 'focus' | 'blur' | 'stop'

/** What a launch address says of the desktop beside the call. */
type LaunchWish = Pick<LaunchValues, 'usePopupAuth' | 'langTag'>

interface AppFrame {
  interactionId: string
  origin: string
  shell: HTMLElement
  iframe: HTMLIFrameElement
  langTag: string
  /** False until the first show: `focus` is not sent then. */
  shownBefore: boolean
  loadingTimer: number
  stopping: ((answer: 'stopped' | 'timeout') => void) | null
}

const bootstrapTimeoutMs = 10_000
const stopTimeoutMs = 5_000

interface FramesParts {
  container: HTMLElement
  hostOrigin: string
  note(text: string): void
}

export function createFrames({ container, hostOrigin, note }: FramesParts) {
  const frames = new Map<string, AppFrame>()
  let selectedId: string | null = null

  function sendHook(frame: AppFrame, hook: Hook): void {
    const message = { protocol: 'purecloud-client-apps', purecloudEventType: 'appLifecycleHook', hook }
    frame.iframe.contentWindow?.postMessage(message, frame.origin)
  }

  function showLoading(frame: AppFrame): void {
    frame.shell.dataset.state = 'loading'
    window.clearTimeout(frame.loadingTimer)
    frame.loadingTimer = window.setTimeout(() => {
      frame.shell.dataset.state = 'ready'
      note(`The app did not say "bootstrapped" within ${bootstrapTimeoutMs / 1000} s: shown as it is.`)
    }, bootstrapTimeoutMs)
  }

  const addressFor = ({ id }: DesktopCall, { url }: Integration, wish: LaunchWish): string =>
    fillLaunchUrl(url, { conversationId: id, hostOrigin, targetEnv: 'prod', ...wish })

  /** An app is told a language once, in its address: another one is another launch. */
  function relaunch(frame: AppFrame, src: string, langTag: string): void {
    frame.langTag = langTag
    showLoading(frame)
    frame.iframe.src = src
  }

  function open(call: DesktopCall, integration: Integration, wish: LaunchWish): void {
    const origin = originOf(integration.url)
    if (origin === null) return note(`The integration's address is none: ${integration.url}`)
    const src = addressFor(call, integration, wish)
    const iframe = el('iframe', {
      title: `${integration.name}: ${call.customerName}`,
      'data-interaction-id': call.id,
      sandbox: integration.sandbox.join(' '),
      allow: integration.permissions.join('; '),
      src,
    })
    const words = el('p', { role: 'status' }, `Opening ${integration.name}…`)
    const shell = el('div', { class: 'app-frame' }, iframe, el('div', { class: 'app-loading' }, words))
    shell.hidden = call.id !== selectedId
    const frame: AppFrame = {
      interactionId: call.id,
      origin,
      shell,
      iframe,
      langTag: wish.langTag,
      shownBefore: !shell.hidden,
      loadingTimer: 0,
      stopping: null,
    }
    iframe.addEventListener('load', () => sendHook(frame, 'bootstrap'))
    frames.set(call.id, frame)
    showLoading(frame)
    container.append(shell)
  }

  async function close(frame: AppFrame): Promise<void> {
    if (frame.stopping) return
    const askedAtMs = performance.now()
    const answer = await new Promise<'stopped' | 'timeout'>((resolve) => {
      frame.stopping = resolve
      sendHook(frame, 'stop')
      window.setTimeout(() => resolve('timeout'), stopTimeoutMs)
    })
    const tookMs = Math.round(performance.now() - askedAtMs)
    note(
      answer === 'stopped'
        ? `App closed: it had stopped after ${tookMs} ms.`
        : `App closed: no answer in ${tookMs} ms.`,
    )
    window.clearTimeout(frame.loadingTimer)
    frame.shell.remove()
    if (frames.get(frame.interactionId) === frame) frames.delete(frame.interactionId)
  }

  return {
    /** Opens what is missing and closes what is over. */
    sync(calls: readonly DesktopCall[], integration: Integration | null, wish: LaunchWish): void {
      const wanted = new Set(calls.map(({ id }) => id))
      for (const frame of frames.values()) if (!wanted.has(frame.interactionId)) void close(frame)
      if (!integration) return
      for (const call of calls) {
        const frame = frames.get(call.id)
        if (!frame) open(call, integration, wish)
        else if (frame.langTag !== wish.langTag)
          relaunch(frame, addressFor(call, integration, wish), wish.langTag)
      }
    },
    select(id: string | null): void {
      if (id === selectedId) return
      const [left, entered] = [frames.get(selectedId ?? ''), frames.get(id ?? '')]
      selectedId = id
      if (left) sendHook(left, 'blur')
      for (const frame of frames.values()) frame.shell.hidden = frame !== entered
      if (entered?.shownBefore) sendHook(entered, 'focus')
      if (entered) entered.shownBefore = true
    },
    reloadAll(): void {
      for (const frame of frames.values()) {
        showLoading(frame)
        frame.iframe.src = frame.iframe.getAttribute('src') ?? 'about:blank'
      }
    },
    /** The interaction whose frame sent this message; only the frame's own window at exactly the app's origin counts. */
    senderOf(event: MessageEvent): string | null {
      for (const frame of frames.values()) {
        if (event.source === frame.iframe.contentWindow && event.origin === frame.origin)
          return frame.interactionId
      }
      return null
    },
    bootstrapped(id: string): void {
      const frame = frames.get(id)
      if (!frame) return
      window.clearTimeout(frame.loadingTimer)
      frame.shell.dataset.state = 'ready'
    },
    stopped(id: string): void {
      frames.get(id)?.stopping?.('stopped')
    },
  }
}

export type Frames = ReturnType<typeof createFrames>
