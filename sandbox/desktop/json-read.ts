// Reads values out of JSON of unknown shape: a missing or strange field becomes a plain default, never an exception.
export type JsonRecord = Record<string, unknown>

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const asRecord = (value: unknown): JsonRecord => (isRecord(value) ? value : {})
export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const asText = (value: unknown, fallback = ''): string =>
  typeof value === 'string' ? value : fallback
export const asFlag = (value: unknown): boolean => value === true
export const asNumber = (value: unknown, fallback = 0): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : fallback

/** Epoch milliseconds of an ISO time, or null where there is none. */
export function asTimeMs(value: unknown): number | null {
  const timeMs = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(timeMs) ? null : timeMs
}

/** A list of words that may come as an array or as one text with commas or spaces. */
export function asWords(value: unknown): string[] {
  const parts = typeof value === 'string' ? value.split(/[\s,]+/) : asList(value)
  return parts.filter((part): part is string => typeof part === 'string' && part !== '')
}
