// The numbers of the organisation that answer with a prompt and hang up.
import { findPrompt, prompts, type PromptRecording, recordingIn } from './prompt-library'

export interface AnnouncementNumber {
  prompt: string
  /** Either may carry `;language=de`; without it the flow behind speaks the default language. */
  number: string
  sip: string
}

/** One number per prompt that has audio, in the order of the catalogue. */
export const announcementNumbers: readonly AnnouncementNumber[] = prompts
  .filter(({ recordings }) => recordings.some(({ status }) => status === 'transcoded'))
  .map(({ key }, place) => ({
    prompt: key,
    number: `+1555010${String(place + 1).padStart(4, '0')}`,
    sip: `sip:prompt-${key}@sandbox`,
  }))

export interface Dialled {
  /** As the platform writes it: a number becomes `tel:+…`. */
  address: string
  /** What answers there; null: nobody has this number. */
  recording: PromptRecording | null
  prompt: string | null
}

/** What an address leads to; null where it cannot be dialled at all. */
export function dial(wanted: string): Dialled | null {
  const found = /^(?:(?:tel:)?(\+\d{5,15})|(sip:[\w.+-]+@[\w.-]+))((?:;[\w-]+=[\w.-]+)*)$/i.exec(
    wanted.trim(),
  )
  if (!found) return null
  const [, number, sip, suffix = ''] = found
  const known = announcementNumbers.find((entry) =>
    number === undefined ? entry.sip === sip?.toLowerCase() : entry.number === number,
  )
  const prompt = known && findPrompt(known.prompt)
  const language = /;language=([\w.-]+)/i.exec(suffix)?.[1] ?? ''
  return {
    address: `${number === undefined ? sip : `tel:${number}`}${suffix}`,
    recording: (prompt && recordingIn(prompt, language)) ?? null,
    prompt: prompt?.key ?? null,
  }
}
