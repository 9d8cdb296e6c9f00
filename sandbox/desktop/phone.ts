// The customer's telephone: really renders what the media server sends down the line, and reports what sounded.
import { loudness, renderedMs, startOffsetMs } from './phone-arithmetic'

export interface PlayOrder {
  playId: string
  interactionId: string
  url: string
  volume: number
}

export interface PhoneReport {
  type: 'phone.report'
  playId: string
  event: 'started' | 'ended' | 'blocked'
  playedMs: number
}

export interface Listening {
  url: string
  playedMs: number
  durationMs: number
  level: number
}

interface Line {
  order: PlayOrder
  orderedAtMs: number
  buffer?: AudioBuffer
  source?: AudioBufferSourceNode
  analyser?: AnalyserNode
  /** True once the browser kept it silent: it may then only join in late. */
  blocked: boolean
  startedAtS: number
  offsetMs: number
}

/** Time that a context may take to start before it counts as blocked: short where nobody clicked yet, long on a busy machine. */
const startPatienceMs = { forbidden: 300, permitted: 2000 }

/** Some are never played: the call ended while the server buffered. */
const mostPrepared = 4

export function createPhone(
  report: (report: PhoneReport) => void,
  blockedChanged: (blocked: boolean) => void,
  /** A line begins to sound: from now on there is something to show. */
  sounding: () => void,
) {
  const lines = new Map<string, Line>()
  /** Decoded ahead, each for one play. */
  const prepared = new Map<string, Promise<AudioBuffer>>()
  const samples = new Float32Array(1024)
  let context: AudioContext | null = null

  const tell = (line: Line, event: PhoneReport['event'], playedMs: number): void =>
    report({ type: 'phone.report', playId: line.order.playId, event, playedMs })

  // Made no earlier than wanted: a context made before any click starts suspended and is logged by the browser.
  function openContext(): AudioContext {
    if (context) return context
    const made = new AudioContext({ latencyHint: 'interactive' })
    made.addEventListener('statechange', () => {
      if (made.state !== 'running') return
      blockedChanged(false)
      for (const line of lines.values()) if (line.buffer && !line.source) begin(made, line, line.buffer)
    })
    context = made
    return made
  }

  /** Tries to turn the sound on; the browser permits it once someone has clicked anywhere in the page or its frames. */
  function wake(): void {
    if (!navigator.userActivation.hasBeenActive || context?.state === 'running') return
    void openContext().resume()
  }

  const played = (line: Line): number =>
    line.source && line.buffer && context
      ? renderedMs(line.startedAtS, context.currentTime, line.offsetMs, line.buffer.duration * 1000)
      : 0

  function finish(line: Line): void {
    if (!lines.delete(line.order.playId)) return
    const playedMs = played(line)
    line.source?.stop()
    line.analyser?.disconnect()
    // A line that never sounded has nothing to measure: the organisation keeps its own clock's word.
    if (line.source) tell(line, 'ended', playedMs)
  }

  function begin(audio: AudioContext, line: Line, buffer: AudioBuffer): void {
    const lagMs = line.blocked ? performance.now() - line.orderedAtMs : 0
    const offsetMs = startOffsetMs(lagMs, buffer.duration * 1000)
    if (offsetMs === null) return finish(line)
    const gain = new GainNode(audio, { gain: line.order.volume })
    line.analyser = new AnalyserNode(audio, { fftSize: samples.length })
    line.source = new AudioBufferSourceNode(audio, { buffer })
    line.source.connect(gain).connect(line.analyser).connect(audio.destination)
    line.source.addEventListener('ended', () => finish(line))
    line.offsetMs = offsetMs
    line.startedAtS = audio.currentTime
    line.source.start(0, offsetMs / 1000)
    tell(line, 'started', 0)
    sounding()
  }

  async function decode(audio: AudioContext, url: string): Promise<AudioBuffer> {
    const answer = await fetch(url)
    if (!answer.ok) throw new Error(`The telephone could not fetch ${url}: ${answer.status}`)
    return audio.decodeAudioData(await answer.arrayBuffer())
  }

  /** While the media server buffers. Before any click there is no context to decode in: then the play fetches its file itself. */
  function prepare(url: string): void {
    if (!context && !navigator.userActivation.hasBeenActive) return
    const decoding = decode(openContext(), url)
    // A failure is the play's to tell.
    decoding.catch(() => undefined)
    prepared.set(url, decoding)
    for (const old of [...prepared.keys()].slice(0, -mostPrepared)) prepared.delete(old)
  }

  async function play(order: PlayOrder): Promise<void> {
    const line: Line = { order, orderedAtMs: performance.now(), blocked: false, startedAtS: 0, offsetMs: 0 }
    lines.set(order.playId, line)
    const audio = openContext()
    void audio.resume()
    line.buffer = await (prepared.get(order.url) ?? decode(audio, order.url))
    prepared.delete(order.url)
    if (!lines.has(order.playId)) return
    if (audio.state === 'running') return begin(audio, line, line.buffer)
    setTimeout(
      () => {
        if (line.source || !lines.has(order.playId)) return
        line.blocked = true
        blockedChanged(true)
        tell(line, 'blocked', 0)
      },
      startPatienceMs[navigator.userActivation.hasBeenActive ? 'permitted' : 'forbidden'],
    )
  }

  return {
    wake,
    prepare,
    play: (order: PlayOrder) =>
      play(order).catch((reason: unknown) => {
        console.error(reason)
        const line = lines.get(order.playId)
        if (line && lines.delete(order.playId)) tell(line, 'blocked', 0)
      }),
    /** Ends a line at once; one that merely reached its end may render its last samples. */
    stop(playId: string, reason: string): void {
      const line = lines.get(playId)
      if (line && (reason !== 'completed' || !line.source)) finish(line)
    },
    /** What the customer of this interaction hears at this moment, or null for silence. */
    listening(interactionId: string): Listening | null {
      const line = [...lines.values()].find((candidate) => candidate.order.interactionId === interactionId)
      if (!line?.source || !line.buffer || !line.analyser) return null
      line.analyser.getFloatTimeDomainData(samples)
      const durationMs = line.buffer.duration * 1000
      return {
        url: line.order.url,
        playedMs: line.offsetMs + played(line),
        durationMs,
        level: loudness(samples),
      }
    },
  }
}

export type Phone = ReturnType<typeof createPhone>
