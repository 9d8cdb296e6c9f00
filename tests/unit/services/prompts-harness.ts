// The prompts service over a catalogue and checks made by hand.
import type { AssetCheck } from '../../../src/core/asset'
import type { Catalogue } from '../../../src/core/catalogue'
import { answered, type Answer } from '../../../src/core/errors'
import type { Candidate } from '../../../src/core/prompt'
import { createPrompts } from '../../../src/services/prompts'
import { asset, cdnBase, interaction, prompt, recording } from '../../support/factories'
import { settled } from '../../support/ports'

export const welcome = prompt({
  pinned: true,
  recordings: [
    recording(),
    recording({ language: 'de', text: 'Willkommen.' }),
    recording({ language: 'de', tier: 'premium', text: 'Willkommen, Premium.' }),
  ],
})
const terms = prompt({ key: 'terms', title: 'Terms', formats: ['mp3', 'opus'] })

export function setUp(prompts = [welcome, terms]) {
  const checked: string[] = []
  const fake = {
    nextCatalogue: (): Promise<Answer<Catalogue>> => Promise.resolve(answered({ prompts, gaps: [] })),
    check: (candidate: Candidate): Promise<AssetCheck> => {
      const { url, format } = candidate
      return Promise.resolve({
        ok: true,
        asset: asset({ url, format, codec: format === 'wav' ? 'pcm' : format }),
      })
    },
  }
  const service = createPrompts(
    {
      catalogues: [{ fetchCatalogue: () => fake.nextCatalogue() }],
      assets: {
        check(candidate) {
          checked.push(candidate.url.slice(cdnBase.length + 1))
          return fake.check(candidate)
        },
      },
    },
    {
      cdnBase,
      carrier: { medium: 'url' },
      defaults: { language: 'en', tier: 'standard' },
      tiers: ['standard', 'premium'],
      attributes: { language: 'language', tier: 'service_tier' },
    },
  )
  const state = () => service.snapshot.value
  const customer = (attributes: Record<string, string>, supportedCodecs: string[] | null = null) =>
    interaction({ attributes, supportedCodecs })
  return { fake, service, checked, state, readiness: (key: string) => state().readiness[key], customer }
}

export async function ready(attributes: Record<string, string> = {}, codecs: string[] | null = null) {
  const all = setUp()
  await all.service.load()
  all.service.follow(all.customer(attributes, codecs))
  await settled()
  return all
}
