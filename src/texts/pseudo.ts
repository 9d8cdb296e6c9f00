// The pseudo-language: made from the English that a dictionary has keys for. What shows plain cannot be translated; what is cut off overflows.
import type { Dictionary } from '../core/text'

const plain = 'AaCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz'
const accented = 'ÅåÇçÐðÉéĜĝĤĥÎîĴĵĶķĻļÑñÖöŔŕŠšŢţÛûŴŵÝýŽž'

/** Longer by about a third, as German and French are; holes stay as they are. */
export function pseudo(sentence: string): string {
  const spoken = sentence
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith('{') ? part : part.replace(/[A-Za-z]/g, accent)))
    .join('')
  return `⟦${spoken}${'·'.repeat(Math.ceil(sentence.length / 3))}⟧`
}

function accent(letter: string): string {
  const place = plain.indexOf(letter)
  return place === -1 ? letter : ([...accented][place] ?? letter)
}

export function pseudoDictionary(dictionary: Dictionary): Dictionary {
  return Object.fromEntries(Object.keys(dictionary).map((sentence) => [sentence, pseudo(sentence)]))
}
