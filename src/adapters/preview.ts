// Sound on the agent's own machine: an audio element that plays bytes, on an output of its own where the browser has one.
import type { OutputChoice, Preview, PreviewProblem } from '../core/preview'

/** What the browser may or may not have: `setSinkId` and `selectAudioOutput` are not everywhere. */
type Media = MediaDevices & { selectAudioOutput?: () => Promise<MediaDeviceInfo> }
type Policy = { allowsFeature(name: string): boolean }

export interface PreviewBytes {
  /** Null where they did not come. */
  fetch(url: string): Promise<Uint8Array<ArrayBuffer> | null>
  sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string>
}

/** Browsers read an Ogg file by its bytes, but ask for some type. */
const types: Readonly<Record<string, string>> = { mp3: 'audio/mpeg', opus: 'audio/ogg', wav: 'audio/wav' }

export function createBrowserPreview(bytes: PreviewBytes): Preview {
  let audio: HTMLAudioElement | null = null
  let address: string | null = null

  function stop(): void {
    if (audio) audio.onended = audio.onerror = null
    audio?.pause()
    if (address !== null) URL.revokeObjectURL(address)
    audio = address = null
  }

  return {
    async start({ url, sha256 }, { volume, output }, over) {
      stop()
      const mine = (audio = new Audio())
      const sound = await bytes.fetch(url)
      if (sound === null) return 'not-fetched'
      if (sha256 !== null && (await bytes.sha256(sound)) !== sha256) return 'changed'
      // Ended meanwhile, or by a later start: whoever did it looks at no answer of this one.
      if (audio !== mine) return 'not-fetched'
      const type = types[url.split('.').at(-1) ?? ''] ?? ''
      mine.src = address = URL.createObjectURL(new Blob([sound], { type }))
      mine.volume = volume
      const problem = (await route(mine, output)) ?? (await play(mine))
      if (problem !== null) {
        if (audio === mine) stop()
        return problem
      }
      mine.onended = mine.onerror = () => {
        stop()
        over()
      }
      return { durationMs: mine.duration * 1000 }
    },
    setVolume(volume) {
      if (audio) audio.volume = volume
    },
    stop,
    fetchOutputs,
    async askOutput() {
      try {
        const chosen = await (navigator.mediaDevices as Media).selectAudioOutput?.()
        return chosen ? { id: chosen.deviceId, label: chosen.label } : null
      } catch (error) {
        // The agent closed the question, or the frame may not ask it.
        if (error instanceof DOMException) return null
        throw error
      }
    },
  }
}

/** https://www.w3.org/TR/audio-output/: NotFoundError where no device has this id, NotAllowedError where the frame may not. */
async function route(audio: HTMLAudioElement, output: string | null): Promise<PreviewProblem | null> {
  if (output === null) return null
  if (!('setSinkId' in audio)) return 'output-refused'
  try {
    await audio.setSinkId(output)
    return null
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    return error.name === 'NotFoundError' ? 'output-missing' : 'output-refused'
  }
}

/** https://html.spec.whatwg.org/#dom-media-play: NotAllowedError where the browser wants a click of the user first. */
async function play(audio: HTMLAudioElement): Promise<PreviewProblem | null> {
  try {
    await audio.play()
    return null
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    return error.name === 'NotAllowedError' ? 'click-needed' : 'not-audio'
  }
}

async function fetchOutputs(): Promise<OutputChoice> {
  if (!('setSinkId' in HTMLMediaElement.prototype) || !('mediaDevices' in navigator))
    return { kind: 'none', why: 'unsupported' }
  const { permissionsPolicy, featurePolicy } = document as {
    permissionsPolicy?: Policy
    featurePolicy?: Policy
  }
  if ((permissionsPolicy ?? featurePolicy)?.allowsFeature('speaker-selection') === false)
    return { kind: 'none', why: 'refused' }
  if ('selectAudioOutput' in navigator.mediaDevices) return { kind: 'question' }
  const all = await navigator.mediaDevices.enumerateDevices()
  const outputs = all
    .filter(({ kind, deviceId, label }) => kind === 'audiooutput' && deviceId !== '' && label !== '')
    .map(({ deviceId: id, label }) => ({ id, label }))
  return outputs.length > 0 ? { kind: 'list', outputs } : { kind: 'none', why: 'hidden' }
}
