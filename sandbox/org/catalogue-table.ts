// The data table "Cueline catalogue": one row per prompt and language, for organisations that keep no CDN.
import type { Models } from 'purecloud-platform-client-v2'
import { prompts } from './prompt-library'

const columns = {
  key: { type: 'string', title: 'key', description: 'The prompt and the language, e.g. welcome.de' },
  prompt: { type: 'string', title: 'prompt', description: 'The key of the prompt' },
  language: { type: 'string', title: 'language', description: 'A language tag' },
  title: { type: 'string', title: 'title', description: 'What the agent reads' },
  category: { type: 'string', title: 'category', description: 'The heading under which it is listed' },
  pinned: { type: 'boolean', title: 'pinned', description: 'Pinned prompts come first' },
  version: { type: 'string', title: 'version', description: 'Changes with the words or the recording' },
  text: { type: 'string', title: 'text', description: 'The words that are spoken' },
  durationMs: { type: 'integer', title: 'durationMs', description: 'The length of the recording' },
} as const

export type CatalogueRow = { [column in keyof typeof columns]: string | number | boolean }

const id = 'da7ab1e0-0000-4000-8000-000000000001'

export const catalogueTable: Models.DataTable & {
  id: string
  name: string
  schema: Models.JsonSchemaDocument
} = {
  id,
  name: 'Cueline catalogue',
  division: { id: 'd1v15100-0000-4000-8000-000000000001', name: 'Home' },
  description: 'The prompts that agents may play: one row per prompt and language',
  schema: {
    $schema: 'http://json-schema.org/draft-04/schema#',
    title: 'Cueline catalogue',
    type: 'object',
    required: ['key'],
    properties: columns,
  },
  selfUri: `/api/v2/flows/datatables/${id}`,
}

export const catalogueRows: readonly CatalogueRow[] = prompts
  .flatMap(({ key, title, category, pinned, version, recordings }) =>
    recordings
      .filter(({ status }) => status === 'transcoded')
      .map(({ language, text, durationMs }) => ({
        key: `${key}.${language}`,
        prompt: key,
        language,
        title,
        category,
        pinned,
        version,
        text,
        durationMs,
      })),
  )
  .sort((a, b) => (a.key < b.key ? -1 : 1))
