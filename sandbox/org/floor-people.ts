// The agents of a busy floor: as many as wanted, with names made of two lists, the same ones every time.
import type { Person } from './people'

const given =
  'Ada Bruno Chiara Dana Emil Fatima Gustav Hilde Ivan Joana Kofi Lena Mateo Nadia Omar Petra Quentin Rosa Samir Tilda Umar Vera Wout Ximena Yusuf Zofia Arjun Bea Cem Dorte'
const family =
  'Adler Bianchi Castro Dubois Eriksen Ferrari Gruber Hassan Ivanova Jensen Khan Larsen Moreau Novak Oliveira Park Quist Rossi Sato Tanaka Ulrich Varga Weber Xu Yildiz Zimmer Abadi Brandt Costa Duarte Engel Farkas Green Haas'

const givenNames = given.split(' ')
const familyNames = family.split(' ')

/** Each of the 1,020 pairs once: a turn through the family names moves the given ones on by one. */
export function floorPeople(count: number): Person[] {
  return Array.from({ length: count }, (_, place) => {
    const at = place % familyNames.length
    const turn = Math.floor(place / familyNames.length)
    const first = givenNames[(at + turn) % givenNames.length] ?? ''
    const last = familyNames[at] ?? ''
    return {
      id: `f1000000-0000-4000-8000-${String(place + 1).padStart(12, '0')}`,
      name: `${first} ${last}`,
      title: 'Customer adviser',
      department: 'Busy floor',
      permissions: ['routing:queue:view'],
    }
  })
}
