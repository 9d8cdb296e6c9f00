// User prompts of Architect, written: architect:userPrompt:view, :add and :edit, scope "architect".
import * as v from 'valibot'
import { answered, refused } from '../../core/errors'
import type { PromptUploads } from '../../core/health-ports'
import { isLoopback } from '../../core/launch'
import type { Platform } from '../../core/ports'
import { fetchAllPages } from './pages'
import { fetchParsed, readable, send } from './provisioning-request'

const path = '/api/v2/architect/prompts'
const resourcesPath = '/api/v2/architect/prompts/{promptId}/resources'
const resourcePath = '/api/v2/architect/prompts/{promptId}/resources/{languageCode}'
const uploadsPath = '/api/v2/architect/prompts/{promptId}/resources/{languageCode}/uploads'

const recordingBody = v.pipe(
  v.object({
    language: v.string(),
    uploadStatus: v.nullish(v.string(), null),
    durationSeconds: v.nullish(v.number(), null),
  }),
  v.transform(({ language, uploadStatus, durationSeconds }) => ({
    language,
    uploadStatus,
    durationMs: durationSeconds === null ? null : Math.round(durationSeconds * 1000),
  })),
)
const promptBody = v.object({
  id: v.string(),
  name: v.string(),
  resources: v.nullish(v.array(v.unknown()), []),
})
const createdBody = v.object({ id: v.string() })
const uploadBody = v.object({
  url: v.pipe(v.string(), v.check(isSafe)),
  headers: v.nullish(v.record(v.string(), v.string()), {}),
})

/** `put` takes the file to the storage that the platform names; no token goes there. */
export function createPromptUploads(
  platform: Platform,
  put: (url: string, init: RequestInit) => Promise<Response>,
): PromptUploads {
  return {
    async findPrompt(name) {
      const spec = { method: 'GET', path, query: { name, includeResources: true } } as const
      const answer = await fetchAllPages(platform, spec, 'Architect sent no readable prompts')
      if (!answer.ok) return answer
      // Names of Architect know no case.
      const found = readable(promptBody, answer.value).find(
        (prompt) => prompt.name.toLowerCase() === name.toLowerCase(),
      )
      return answered(found ? { id: found.id, recordings: readable(recordingBody, found.resources) } : null)
    },
    createPrompt: (name, description) =>
      fetchParsed(platform, { method: 'POST', path, body: { name, description } }, createdBody, 'prompt'),
    addRecording: (promptId, language, text) =>
      send(platform, {
        method: 'POST',
        path: resourcesPath,
        pathParams: { promptId },
        body: { language, ...(text === null ? {} : { text }) },
      }),
    async upload(promptId, languageCode, wav) {
      const pathParams = { promptId, languageCode }
      const spec = { method: 'POST', path: uploadsPath, pathParams } as const
      const target = await fetchParsed(platform, spec, uploadBody, 'address for the file')
      if (!target.ok) return target
      const { url, headers } = target.value
      try {
        const stored = await put(url, { method: 'PUT', headers, body: wav, credentials: 'omit' })
        return stored.ok ? answered(undefined) : storageRefused(`HTTP ${stored.status}`)
      } catch (error) {
        return storageRefused(error instanceof Error ? error.message : String(error))
      }
    },
    fetchRecording: (promptId, languageCode) =>
      fetchParsed(
        platform,
        { method: 'GET', path: resourcePath, pathParams: { promptId, languageCode } },
        recordingBody,
        'recording',
      ),
  }
}

const storageRefused = (message: string) =>
  refused({
    kind: 'server-error',
    message: `the storage did not take it (${message}). Try again`,
    mayHaveArrived: true,
  })

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}
