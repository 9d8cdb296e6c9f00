// What catalogue health asks of the outside: files looked into, sounds converted, rows and prompts written.
import type { Answer } from './errors'
import type { Finding, HealthAsset } from './health'
import type { Cell, TableRow } from './install-ports'

/** Looks into one file: fetched, decoded, measured. Never throws, save when `signal` ends it. */
export interface AssetProbe {
  probe(asset: HealthAsset & { readonly url: string }, signal: AbortSignal): Promise<Finding>
}

/** A recording as an admin has it, made into what the platform takes. */
export interface ConvertedSound {
  /** 16-bit PCM, one channel. */
  readonly wav: Uint8Array<ArrayBuffer>
  readonly sampleRate: number
  readonly durationMs: number
  /** Of the WAV, by ITU-R BS.1770-4. */
  readonly lufs: number | null
  readonly leadingSilenceMs: number
}

export interface SoundConverter {
  /** Refused as `malformed` where this browser cannot decode the bytes. */
  convert(bytes: Uint8Array<ArrayBuffer>): Promise<Answer<ConvertedSound>>
}

export interface TableColumn {
  readonly name: string
  /** Of the table's schema: string, boolean, integer or number. */
  readonly type: string
}

export interface CatalogueTable {
  fetchColumns(): Promise<Answer<readonly TableColumn[]>>
  fetchRows(): Promise<Answer<readonly TableRow[]>>
  fetchRow(key: string): Promise<Answer<TableRow>>
  addRow(row: TableRow): Promise<Answer<void>>
  writeRow(row: TableRow): Promise<Answer<void>>
  removeRow(key: string): Promise<Answer<void>>
}

export type { Cell, TableRow }

/** What the platform says of one recording of a user prompt. */
export interface PromptRecordingState {
  readonly language: string
  readonly uploadStatus: string | null
  readonly durationMs: number | null
}

export interface FoundPrompt {
  readonly id: string
  readonly recordings: readonly PromptRecordingState[]
}

export interface PromptUploads {
  /** Null where no user prompt has exactly this name. */
  findPrompt(name: string): Promise<Answer<FoundPrompt | null>>
  createPrompt(name: string, description: string): Promise<Answer<{ readonly id: string }>>
  addRecording(promptId: string, language: string, text: string | null): Promise<Answer<void>>
  /** Asks for an address and takes the file there; no token goes to it. */
  upload(promptId: string, language: string, wav: Uint8Array<ArrayBuffer>): Promise<Answer<void>>
  fetchRecording(promptId: string, language: string): Promise<Answer<PromptRecordingState>>
}

/** A queue of the organisation. */
export interface QueueName {
  readonly id: string
  readonly name: string
}

export interface QueueDirectory {
  /** All of them, by name. Needs routing:queue:view and the scope routing:readonly. */
  fetchQueues(): Promise<Answer<readonly QueueName[]>>
}
