// What chunks share is said once, and whoever reads a chunk's exports by name finds them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { shareNames } from '../../scripts/shared-names.mjs'

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

/** What `main.mjs` exports as `said`, once these files are modules. */
async function run(files: Readonly<Record<string, string>>): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'cueline-names-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return (
    (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'main.mjs')).href)) as { said: unknown }
  ).said
}

const first = 'const a=1,b=2,c=a+b;export{a as x,b as y,c};'

it('an export goes by the name that it has in its file, and so does each import of it', async () => {
  const files = {
    'first.mjs': first,
    'main.mjs': 'import{x as p,y,c as q}from"./first.mjs";const said=[p,y,q];export{said};',
  }
  const changed = shareNames(files)
  expect(changed['first.mjs']).toContain('export{a,b,c};')
  expect(changed['main.mjs']).toContain('import{a as p,b as y,c as q}from"./first.mjs"')
  expect(await run(changed)).toEqual(await run(files))
})

it('a name that is read later stays, and what would take its name keeps its own', async () => {
  const files = {
    'first.mjs': 'const a=1,x=2;export{a as x,x as z};',
    'main.mjs':
      'import{z}from"./first.mjs";const said=[z,await import(`./first.mjs`).then(e=>e.x)];export{said};',
  }
  expect(await run(shareNames(files))).toEqual(await run(files))
})

it.each([
  [
    'whose exports are read as a whole',
    'const said=Object.keys(await import("./first.mjs"));export{said};',
    first,
  ],
  [
    'that says one thing by two names',
    'import{x,y}from"./first.mjs";const said=x+y;export{said};',
    'const a=1;export{a as x,a as y};',
  ],
  [
    'whose names would meet',
    'import{b}from"./first.mjs";const said=[b,await import("./first.mjs").then(e=>e.t)];export{said};',
    'const a=1,t=2,b=3;export{a as t,t as b,b as c};',
  ],
])('a file %s is left as it is', async (_, main, file) => {
  const files = { 'first.mjs': file, 'main.mjs': main }
  const changed = shareNames(files)
  expect(changed['first.mjs']).toBe(file)
  expect(await run(changed)).toEqual(await run(files))
})
