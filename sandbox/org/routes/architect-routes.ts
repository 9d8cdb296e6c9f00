// Architect's user prompts, with one resource per language.
import type { Models } from 'purecloud-platform-client-v2'
import { jsonAnswer } from '../messages'
import type { PromptRecording } from '../prompt-library'
import type { OwnPrompt, PromptShelf } from '../prompt-shelf'
import { badRequest, notFound, Refusal } from '../refusal'
import type { Route } from '../routing'
import { requireFreeName, text, textOr } from './body-fields'
import { page } from './paging'

const uri = '/api/v2/architect/prompts'
const rights = { scopes: ['architect:readonly'], permission: 'architect:userPrompt:view' }

interface Shown {
  resources: boolean
  mediaUris: boolean
  /** Empty: all. */
  languages: readonly string[]
}

const scopes = ['architect']

export function architectRoutes(origin: string, shelf: PromptShelf): Route[] {
  const resourceModel = (prompt: OwnPrompt, recording: PromptRecording, mediaUris: boolean) => {
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
      ...(isPlayable && mediaUris && recording.path !== '' ? { mediaUri: `${origin}${recording.path}` } : {}),
      selfUri: `${uri}/${prompt.id}/resources/${recording.language}`,
    }
    return resource
  }
  const promptModel = (prompt: OwnPrompt, { resources, mediaUris, languages }: Shown): Models.Prompt => ({
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
        const found = shelf.all().filter((prompt) => isWanted(prompt, query))
        const models = found.map((prompt) => promptModel(prompt, shown(query)))
        const listing: Models.PromptEntityListing = page(models, query, uri)
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: `${uri}/{promptId}`,
      ...rights,
      run: ({ params, query }) => jsonAnswer(200, promptModel(shelf.get(params.promptId), shown(query))),
    },
    {
      method: 'GET',
      pattern: `${uri}/{promptId}/resources`,
      ...rights,
      run({ params, query }) {
        const prompt = shelf.get(params.promptId)
        const models = prompt.recordings.map((recording) => resourceModel(prompt, recording, true))
        const listing: Models.PromptAssetEntityListing = page(models, query, `${uri}/${prompt.id}/resources`)
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: `${uri}/{promptId}/resources/{languageCode}`,
      ...rights,
      run({ params }) {
        const prompt = shelf.get(params.promptId)
        return jsonAnswer(200, resourceModel(prompt, recordingOf(prompt, params.languageCode), true))
      },
    },
    {
      method: 'POST',
      pattern: uri,
      scopes,
      permission: 'architect:userPrompt:add',
      run(call) {
        const body = call.object()
        const name = text(body, 'name')
        if (!/^[A-Za-z]\w{0,199}$/.test(name))
          throw badRequest('The name of a prompt has letters, digits and _ only, and begins with a letter.')
        const names = shelf.all().map((prompt) => prompt.name)
        requireFreeName(names, name)
        const prompt = shelf.add(name, textOr(body, 'description', ''))
        return jsonAnswer(200, promptModel(prompt, { resources: true, mediaUris: true, languages: [] }))
      },
    },
    {
      method: 'POST',
      pattern: `${uri}/{promptId}/resources`,
      scopes,
      permission: 'architect:userPrompt:edit',
      run(call) {
        const prompt = shelf.get(call.params.promptId)
        const body = call.object()
        const language = text(body, 'language').toLowerCase()
        if (prompt.recordings.some((recording) => recording.language === language))
          throw new Refusal(409, 'resource.exists', 'The prompt has the language %language% already.', {
            language,
          })
        const words = textOr(body, 'text', '')
        const recording: PromptRecording = {
          language,
          text: words,
          durationMs: 0,
          status: 'created',
          path: '',
        }
        prompt.recordings.push(recording)
        return jsonAnswer(200, resourceModel(prompt, recording, true))
      },
    },
    {
      method: 'POST',
      pattern: `${uri}/{promptId}/resources/{languageCode}/uploads`,
      scopes,
      permission: 'architect:userPrompt:edit',
      run({ params }) {
        const prompt = shelf.get(params.promptId)
        const target = shelf.expectUpload(prompt, recordingOf(prompt, params.languageCode))
        const upload: Models.PromptAssetUpload = { url: `${origin}${target.path}`, headers: target.headers }
        return jsonAnswer(200, upload)
      },
    },
  ]
}

/** Names, where given, alone decide; `*` stands for any text. */
function isWanted({ name, title }: OwnPrompt, query: URLSearchParams): boolean {
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

/** Architect writes languages as codes, in lower case. */
function recordingOf({ recordings }: OwnPrompt, languageCode = ''): PromptRecording {
  const recording = recordings.find(({ language }) => language === languageCode)
  if (!recording) throw notFound('prompt resource', languageCode)
  return recording
}

function flag(name: string, query: URLSearchParams): boolean {
  const value = query.get(name) ?? 'true'
  if (value === 'true' || value === 'false') return value === 'true'
  throw badRequest(`"${name}" must be true or false.`)
}
