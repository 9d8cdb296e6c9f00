// Architect's user prompts, with one resource per language.
import type { Models } from 'purecloud-platform-client-v2'
import { jsonAnswer } from '../messages'
import { type PromptRecording, prompts, type StoredPrompt } from '../prompt-library'
import { badRequest, notFound } from '../refusal'
import type { Route } from '../routing'
import { page } from './paging'

const uri = '/api/v2/architect/prompts'
const rights = { scopes: ['architect:readonly'], permission: 'architect:userPrompt:view' }

interface Shown {
  resources: boolean
  mediaUris: boolean
  /** Empty: all. */
  languages: readonly string[]
}

export function architectRoutes(origin: string): Route[] {
  const resourceModel = (prompt: StoredPrompt, recording: PromptRecording, mediaUris: boolean) => {
    const isPlayable = recording.status === 'transcoded'
    const resource: Models.PromptAsset = {
      id: recording.language,
      name: prompt.name,
      promptId: prompt.id,
      language: recording.language,
      text: recording.text,
      uploadStatus: recording.status,
      languageDefault: false,
      tags: {},
      ...(isPlayable ? { durationSeconds: recording.durationMs / 1000 } : {}),
      ...(isPlayable && mediaUris ? { mediaUri: `${origin}${recording.path}` } : {}),
      selfUri: `${uri}/${prompt.id}/resources/${recording.language}`,
    }
    return resource
  }
  const promptModel = (prompt: StoredPrompt, { resources, mediaUris, languages }: Shown): Models.Prompt => ({
    id: prompt.id,
    name: prompt.name,
    description: prompt.title,
    ...(resources
      ? {
          resources: prompt.recordings
            .filter(({ language }) => languages.length === 0 || languages.includes(language))
            .map((recording) => resourceModel(prompt, recording, mediaUris)),
        }
      : {}),
    selfUri: `${uri}/${prompt.id}`,
  })
  const shown = (query: URLSearchParams): Shown => ({
    resources: flag('includeResources', query),
    mediaUris: flag('includeMediaUris', query),
    languages: query
      .getAll('language')
      .flatMap((languages) => languages.split(','))
      .map((language) => language.toLowerCase()),
  })

  return [
    {
      method: 'GET',
      pattern: uri,
      ...rights,
      run({ query }) {
        const found = prompts.filter((prompt) => isWanted(prompt, query))
        const models = found.map((prompt) => promptModel(prompt, shown(query)))
        const listing: Models.PromptEntityListing = page(models, query, uri)
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: `${uri}/{promptId}`,
      ...rights,
      run: ({ params, query }) => jsonAnswer(200, promptModel(promptOf(params.promptId), shown(query))),
    },
    {
      method: 'GET',
      pattern: `${uri}/{promptId}/resources`,
      ...rights,
      run({ params, query }) {
        const prompt = promptOf(params.promptId)
        const models = prompt.recordings.map((recording) => resourceModel(prompt, recording, true))
        const listing: Models.PromptAssetEntityListing = page(models, query, `${uri}/${prompt.id}/resources`)
        return jsonAnswer(200, listing)
      },
    },
  ]
}

/** Names, where given, alone decide; `*` stands for any text. */
function isWanted({ name, title }: StoredPrompt, query: URLSearchParams): boolean {
  const names = query.getAll('name').flatMap((given) => given.split(','))
  if (names.length > 0) return names.some((wanted) => matches(wanted, name))
  const either = query.get('nameOrDescription')
  if (either !== null && !matches(either, name) && !matches(either, title)) return false
  const description = query.get('description')
  return description === null || matches(description, title)
}

function matches(wanted: string, text: string): boolean {
  const parts = wanted.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(text)
}

function promptOf(id: string | undefined): StoredPrompt {
  const prompt = prompts.find((candidate) => candidate.id === id)
  if (!prompt) throw notFound('prompt', id ?? '')
  return prompt
}

function flag(name: string, query: URLSearchParams): boolean {
  const value = query.get(name) ?? 'true'
  if (value === 'true' || value === 'false') return value === 'true'
  throw badRequest(`"${name}" must be true or false.`)
}
