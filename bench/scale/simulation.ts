// A whole organisation's day from the measured costs: each agent by their plan, without running a panel.
import { createSeededRandom } from '../../sandbox/org/random'
import { hourMs, minuteMs, type AgentDay } from './day'
import { takeTurn, type Pace } from '../../src/core/team-pace'
import type { PriceList, Prices } from './prices'
import { tokenLifetimeS } from './sample'
import type { DesktopDay } from './tally'

/** A token is renewed two minutes before its end. */
const renewAfterMs = tokenLifetimeS * 1000 - 2 * minuteMs
/** As the sandbox's CDN says. */
const filesFreshMs = hourMs

/** What a team view reads in turns. */
const inTurns = /^GET \/api\/v2\/(users|conversations\/calls\/\*)$/

/** Two gaps in one minute have one measure between them: the later reads wait, as they do in the app. */
function paced(readsMs: readonly number[]): number[] {
  let pace: Pace | null = null
  let nowMs = 0
  return [...readsMs]
    .sort((a, b) => a - b)
    .map((wantedMs) => {
      nowMs = Math.max(nowMs, wantedMs)
      for (let waitMs = -1; waitMs !== 0; nowMs += waitMs) ({ pace, waitMs } = takeTurn(pace, nowMs))
      return nowMs
    })
}

/**
 * The day of one agent. What overlaps is added up: a play in the minute of a broken connection costs what both cost.
 * The sample says how far that is from the truth.
 */
export function simulateDay(day: AgentDay, hours: number, prices: PriceList, caching = true): DesktopDay {
  const random = createSeededRandom(day.agent + 77)
  const sentMs: number[] = []
  const teamReadsMs: number[] = []
  const cdn: { atMs: number; bytes: number }[] = []
  const events: { readonly atMs: number; run(atMs: number): void }[] = []
  const isLead = day.habit === 'lead'
  const { flapping } = day
  /** Open panels, oldest first: the oldest holds the connection. */
  const panels: number[] = []
  let logins = 0
  let channelsMade = 0
  let renewAtMs = Infinity
  let isCatalogueKept = false
  let filesFreshUntilMs = -Infinity

  function pay(offered: Prices, atMs: number): void {
    const price = offered[random.below(offered.length)]
    if (price === undefined) throw new Error('There is no price.')
    for (const { afterMs, what } of price.requests)
      (isLead && inTurns.test(what) ? teamReadsMs : sentMs).push(atMs + afterMs)
    channelsMade += price.channels
  }

  function fetchFiles(atMs: number, loads: number): void {
    const { catalogueBytes, files, fileBytes } = prices.cdn
    for (let load = 0; load < loads; load += 1) {
      cdn.push({ atMs, bytes: isCatalogueKept ? 0 : catalogueBytes })
      isCatalogueKept = caching
    }
    if (atMs < filesFreshUntilMs) return
    const isKept = filesFreshUntilMs > -Infinity
    for (let file = 0; file < files; file += 1) cdn.push({ atMs, bytes: isKept ? 0 : fileBytes / files })
    if (caching) filesFreshUntilMs = atMs + filesFreshMs
  }

  function open(id: number, atMs: number): void {
    const isAlone = panels.length === 0
    pay(isAlone ? prices.alone : prices.beside, atMs)
    fetchFiles(atMs, isAlone ? prices.cdn.loadsAlone : prices.cdn.loadsBeside)
    panels.push(id)
    if (!isAlone) return
    logins += 1
    renewAtMs = atMs + renewAfterMs
  }

  /** Those that close at the same moment are gone together: nobody takes over from the one for the other. */
  function close(ids: readonly number[], atMs: number): void {
    const [first] = panels
    for (const id of ids) panels.splice(panels.indexOf(id), 1)
    if (panels.length === 0) renewAtMs = Infinity
    else if (panels[0] !== first) pay(prices.handover(panels.length), atMs)
  }

  function renewWhatIsDue(byMs: number): void {
    while (renewAtMs <= byMs) {
      pay(prices.renewal(panels.length), renewAtMs)
      fetchFiles(renewAtMs, prices.cdn.loadsBeside)
      logins += 1
      renewAtMs += renewAfterMs
    }
  }

  const isFlapping = (atMs: number) =>
    flapping !== null && atMs >= flapping.fromMs && atMs < flapping.fromMs + flapping.forMs
  const add = (atMs: number, run: (atMs: number) => void) => events.push({ atMs, run })

  if (isLead || day.habit === 'standing') add(day.signInMs, (atMs) => open(-1, atMs))
  if (isLead) add(day.signInMs, (atMs) => pay(prices.team, atMs))
  const closing = new Map<number, number[]>()
  for (const [id, call] of day.calls.entries()) {
    add(call.startMs, (atMs) => open(id, atMs))
    for (const playMs of call.playsMs) add(playMs, (atMs) => pay(prices.play, atMs))
    closing.set(call.closeMs, [...(closing.get(call.closeMs) ?? []), id])
  }
  for (const [closeMs, ids] of closing) add(closeMs, (atMs) => close(ids, atMs))
  for (const cutMs of day.cutsMs)
    add(cutMs, (atMs) => {
      if (panels.length > 0 && !isFlapping(atMs)) pay(prices.reconnect(panels.length, isLead), atMs)
    })
  if (flapping !== null)
    add(flapping.fromMs, (atMs) => pay(prices.flapping(Math.max(1, panels.length), isLead), atMs))

  for (const { atMs, run } of events.sort((a, b) => a.atMs - b.atMs)) {
    renewWhatIsDue(atMs)
    run(atMs)
  }
  renewWhatIsDue(hours * hourMs)
  return {
    sentMs: sentMs.concat(paced(teamReadsMs)),
    refused: 0,
    logins,
    channelsMade,
    channelsAtOnce: 1 + Number(isLead),
    topicsMost: isLead ? prices.topicsOfLead : prices.topicsOfPanel,
    cdn,
    attributeBytes: day.calls.map(({ playsMs }) => prices.attributeBytes(playsMs.length)),
  }
}
