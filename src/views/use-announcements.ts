// What assistive technology is told of the team: changes of the agents kept at the top, politely, and of nobody else.
import { computed, ref, watch, type Ref } from 'vue'
import { badgeLooks } from '../core/badge-words'
import type { TeamRow } from '../core/team'
import { t } from '../core/text'

/** `order`: those kept at the top come first in it. */
export function useAnnouncements(
  order: () => readonly string[],
  row: (userId: string) => TeamRow | null,
): Readonly<Ref<string>> {
  const said = ref('')
  const pinned = computed(() => {
    const words = new Map<string, string>()
    for (const userId of order()) {
      const one = row(userId)
      if (one === null || !one.pinned) break
      words.set(one.name, t(badgeLooks[one.badge.state][0]))
    }
    return words
  })
  watch(pinned, (now, before) => {
    const news = [...now].filter(([name, word]) => before.has(name) && before.get(name) !== word)
    if (news.length > 0)
      said.value = news.map(([name, word]) => t('{name}: {word}.', { name, word })).join(' ')
  })
  return said
}
