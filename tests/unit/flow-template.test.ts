// The flow for Architect speaks as the app reads: same invocation, same attribute, same names of prompts.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../../src/core/config'
import { flowAttribute, flowInvocation, readFlowAttribute } from '../../src/core/flow-progress'
import { architectName } from '../../src/core/reach'

const file = new URL('../../manifest/flows/cueline-prompt.yaml', import.meta.url)
const flow: unknown = parse(readFileSync(file, 'utf8'))

/** Every value below a key of this name, wherever it stands. */
function all(key: string, node: unknown = flow): unknown[] {
  if (Array.isArray(node)) return node.flatMap((item) => all(key, item))
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([name, value]) => [
    ...(name === key ? [value] : []),
    ...all(key, value),
  ])
}

const texts = (key: string, node: unknown = flow) =>
  all(key, node).filter((value): value is string => typeof value === 'string')

/** `"v1|" + Flow.playbackId + "|playing"` with what the variables hold: only literals joined by `+` are known here. */
function join(expression: string, variables: Readonly<Record<string, string>>): string {
  const part = (text: string): string => {
    const literal = /^"([^"]*)"$/.exec(text)?.[1]
    const replaced = /^Replace\((.+), "(.)", "(.)"\)$/.exec(text)
    if (literal !== undefined) return literal
    if (replaced) return part(replaced[1] ?? '').replaceAll(replaced[2] ?? '', replaced[3] ?? '')
    const value = variables[text]
    if (value === undefined) throw new Error(`Cannot read ${text}`)
    return value
  }
  return expression
    .split(' + ')
    .map((text) => part(text.trim()))
    .join('')
}

describe('manifest/flows/cueline-prompt.yaml', () => {
  it('is a secure call flow, and says that it is untested', () => {
    expect(Object.keys(flow as object)).toEqual(['secureCall'])
    expect(readFileSync(file, 'utf8')).toContain('# UNTESTED.')
  })

  it('reads the parts of the invocation where the app writes them', () => {
    const parts = flowInvocation('hold-notice', 'de', 'playback-1').split('|')
    const read = all('string').map((statement) => {
      const { variable, value } = statement as { variable: string; value: { exp: string } }
      const index = /^GetAt\(Split\(Flow\.InvocationData, "\|"\), (\d)\)$/.exec(value.exp)?.[1]
      return [variable, parts[Number(index)]]
    })
    expect(Object.fromEntries(read)).toEqual({
      'Flow.version': 'v1',
      'Flow.promptKey': 'hold-notice',
      'Flow.language': 'de',
      'Flow.playbackId': 'playback-1',
    })
  })

  it('tells its progress in the attribute and the words that the app understands', () => {
    const attributes = all('attribute') as { name: { lit: string }; value: { exp: string } }[]
    expect(new Set(attributes.map(({ name }) => name.lit))).toEqual(new Set([flowAttribute]))
    const said = attributes.map(({ value }) =>
      readFlowAttribute(join(value.exp, { 'Flow.playbackId': 'playback-1' })),
    )
    const playbackId = 'playback-1'
    expect(said).toEqual([
      { playbackId, state: 'playing', error: null },
      { playbackId, state: 'completed', error: null },
      { playbackId, state: 'error', error: 'prompt_missing' },
      { playbackId, state: 'error', error: 'flow_error' },
    ])
  })

  it('plays the prompt of the name that the app reads in Architect, and no other', () => {
    const reading = readConfig('{"oauth":{"clientId":"c"},"cdn":{"base":"https://cdn.example.org"}}')
    if (!reading.ok) throw new Error('The least configuration is refused')
    const wanted = architectName('hold-notice', reading.config.architect.prefix)
    const names = texts('exp').flatMap(
      (exp) => /FindUserPrompt\((.+? \+ Replace\(.+?\))\)/.exec(exp)?.[1] ?? [],
    )
    expect(names).toHaveLength(2)
    expect(names.map((name) => join(name, { 'Flow.promptKey': 'hold-notice' }))).toEqual([wanted, wanted])
  })

  it('gives the customer back in each task, and refers only to tasks that it has', () => {
    const tasks = all('task').filter((task) => 'refId' in (task as object)) as { refId: string }[]
    for (const task of tasks) expect(all('returnToAgent', task)).toHaveLength(1)
    const refs = [...texts('startUpRef'), ...texts('targetTaskRef')]
    expect(refs).toEqual(expect.arrayContaining(tasks.map(({ refId }) => `/secureCall/tasks/task[${refId}]`)))
    expect(refs).toHaveLength(tasks.length)
  })
})
