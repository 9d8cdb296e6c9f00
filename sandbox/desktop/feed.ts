// The live feed from the organisation: one WebSocket that comes back by itself, and the control door's requests.
import { asNumber, asRecord, asText } from './json-read'
import type { PhoneReport, PlayOrder } from './phone'
import { readWorld, type World } from './world'

interface FeedListener {
  world(world: World): void
  prepare(url: string): void
  play(order: PlayOrder): void
  stop(playId: string, reason: string): void
  connected(connected: boolean): void
}

const retryMs = [250, 500, 1000, 2000, 4000]

export function openFeed(listener: FeedListener): { report(report: PhoneReport): void } {
  let socket: WebSocket | null = null
  let attempts = 0

  function receive(text: string): void {
    const frame = asRecord(JSON.parse(text))
    if (frame.type === 'state') listener.world(readWorld(frame.state))
    else if (frame.type === 'phone.stop') listener.stop(asText(frame.playId), asText(frame.reason))
    else if (frame.type === 'phone.prepare') listener.prepare(asText(frame.url))
    else if (frame.type === 'phone.play') {
      const { playId, interactionId, url, volume } = frame
      listener.play({
        playId: asText(playId),
        interactionId: asText(interactionId),
        url: asText(url),
        volume: Math.min(1, Math.max(0, asNumber(volume, 1))),
      })
    }
  }

  /** The first word of each connection is the whole world: what changed while nobody listened is in it. */
  function connect(): void {
    const opened = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/sandbox/desktop`)
    socket = opened
    opened.addEventListener('open', () => {
      attempts = 0
      listener.connected(true)
    })
    opened.addEventListener('message', (event) => receive(String(event.data)))
    opened.addEventListener('close', () => {
      listener.connected(false)
      setTimeout(connect, retryMs[Math.min(attempts++, retryMs.length - 1)])
    })
  }
  connect()

  return {
    report(report) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(report))
    },
  }
}

/** Asks the control door; the reason of a refusal is the error's message. */
export async function ask(path: string, body: object = {}): Promise<unknown> {
  const answer = await fetch(`/sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`The sandbox refused (${answer.status}): ${messageIn(text)}`)
  return text === '' ? null : JSON.parse(text)
}

function messageIn(text: string): string {
  const found = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)
  return found?.[1] ? String(JSON.parse(`"${found[1]}"`)) : text.slice(0, 200)
}
