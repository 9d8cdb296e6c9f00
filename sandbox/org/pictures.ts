// Pictures for the directory, drawn from a person's id: a face of two shapes in two colours, and none for some.
import { Refusal } from './refusal'
import type { OrgAnswer } from './messages'

/** Some people never gave a picture. */
const hasPicture = (id: string): boolean => numberOf(id) % 4 !== 0

/** Null where the person has none. */
export const picturePath = (id: string): string | null =>
  hasPicture(id) ? `/sandbox/pictures/${id}.svg` : null

export function pictureAnswer(file: string): OrgAnswer {
  const id = /^([0-9a-f-]{36})\.svg$/.exec(file)?.[1]
  if (id === undefined || !hasPicture(id)) throw new Refusal(404, 'not.found', 'There is no such picture.')
  const hue = (numberOf(id) * 47) % 360
  const skin = ['#f0cdb0', '#d8a47f', '#a9714b', '#7c4f33'][numberOf(id) % 4]
  return {
    status: 200,
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=3600' },
    body: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" fill="hsl(${hue} 45% 82%)"/><circle cx="24" cy="20" r="9" fill="${skin}"/><path d="M14 19a10 10 0 0 1 20 0c-4-4-14-5-20 0Z" fill="hsl(${(hue + 200) % 360} 30% 25%)"/><path d="M8 48a16 14 0 0 1 32 0Z" fill="hsl(${hue} 40% 42%)"/></svg>`,
  }
}

const numberOf = (id: string): number => Number.parseInt(id.slice(-4), 10) || 0
