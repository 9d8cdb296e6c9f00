// From the pointer's press to the request that plays, beside the way of the tutorial: two readings of the call, then the play.
import { signInInMemory } from '../sandbox/org/wire'
import type { Bench, BenchRow } from './bench'
import { openClickDesk, type ClickDesk } from './clicks'
import type { PanelLine } from './rig'
import { quantile, rounded } from './statistics'

const clicks = Number(process.env.BENCH_CLICKS ?? 200)
const tutorialClicks = Math.ceil(clicks / 4)
const warmUp = 5
const isPlay = ({ path }: { path: string }) => path === '/api/v2/media/play'

interface TutorialPlay {
  interactionId: string
  api: string
  token: string
  url: string
}

/** A button beside the prompts that does what the tutorial does, with nothing around it. */
function addTutorialButton({ interactionId, api, token, url }: TutorialPlay): void {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const call = `${api}/api/v2/conversations/calls/${interactionId}`
  const button = document.createElement('button')
  button.id = 'tutorial'
  button.textContent = 'Tutorial'
  Object.assign(button.style, { position: 'fixed', left: '8px', top: '8px', zIndex: '9' })
  button.addEventListener('click', () => {
    void (async () => {
      await (await fetch(call, { headers, cache: 'no-store' })).json()
      await (await fetch(call, { headers, cache: 'no-store' })).json()
      const media = [{ url, type: 'audio', playbackOptions: { volume: 1 } }]
      const body = JSON.stringify({ interactionId, media })
      await (await fetch(`${api}/api/v2/media/play`, { method: 'POST', headers, body })).json()
    })()
  })
  document.body.append(button)
}

async function playAsTutorial({ rig }: ClickDesk, panel: PanelLine): Promise<number> {
  const sent = (await panel.run(() => window.panelProbe.playsAtMs)).length
  await rig.click(panel, '#tutorial')
  await panel.until((count) => window.panelProbe.playsAtMs.length > count, sent)
  const { pressedAtMs, playsAtMs } = await panel.run(() => window.panelProbe)
  const isOver = () => rig.state().plays.at(-1)?.state === 'completed'
  while (!isOver()) await new Promise((resolve) => setTimeout(resolve, 20))
  return (playsAtMs[sent] ?? NaN) - pressedAtMs
}

async function run(): Promise<BenchRow[]> {
  const desk = await openClickDesk(0)
  const { rig, requests } = desk
  try {
    for (let click = 0; click < warmUp; click += 1) await desk.play()
    const ours: number[] = []
    const heard: number[] = []
    const worked: number[] = []
    const wrong: string[] = []
    let before = 0
    let after = 0
    let arrived: number[] = []
    for (let click = 0; click < clicks; click += 1) {
      const from = requests.length
      const { pressedAtMs, pressHeardAtMs, clickHeardAtMs, leftAtMs } = await desk.play()
      ours.push(leftAtMs - pressedAtMs)
      heard.push(pressHeardAtMs - pressedAtMs)
      worked.push(leftAtMs - clickHeardAtMs)
      const made = requests.slice(from)
      const plays = made.filter(isPlay)
      if (plays.length !== 1) wrong.push(`click ${click} made ${plays.length} plays`)
      arrived.push((plays[0]?.atMs ?? NaN) - pressedAtMs)
      before += made.filter(({ atMs }) => atMs >= pressedAtMs && atMs < (plays[0]?.atMs ?? 0)).length
      after += made.filter((request) => request.atMs > pressedAtMs && !isPlay(request)).length
    }
    const other = await desk.open('Ada Lovelace')
    await other.run(addTutorialButton, {
      interactionId: other.interactionId,
      api: rig.sandbox.url,
      token: await signInInMemory(rig.sandbox.org),
      url: `${rig.app.url}prompts/en/standard/other.wav`,
    })
    for (let click = 0; click < warmUp; click += 1) await playAsTutorial(desk, other)
    const theirs: number[] = []
    for (let click = 0; click < tutorialClicks; click += 1) theirs.push(await playAsTutorial(desk, other))
    for (const line of wrong.slice(0, 5)) console.log(line)
    arrived = arrived.filter((ms) => !Number.isNaN(ms))
    const ms = (what: string, values: readonly number[], share: number): BenchRow => ({
      what,
      value: rounded(quantile(values, share), 2),
      unit: 'ms',
    })
    return [
      { what: 'clicks', value: ours.length, unit: '' },
      { ...ms('press to the request leaving, p50', ours, 0.5), below: 4 },
      { ...ms('press to the request leaving, p99', ours, 0.99), below: 16 },
      ms('of it, until the page hears of the press, p50', heard, 0.5),
      ms('of it, from the page hearing of the click, p50', worked, 0.5),
      ms('the same, p99', worked, 0.99),
      ms('press to its arrival at the organisation, p50', arrived, 0.5),
      { what: 'clicks that did not make exactly one play', value: wrong.length, unit: '', exactly: 0 },
      { what: 'other requests between press and play, all clicks', value: before, unit: '' },
      {
        what: 'requests for badge and record after it, per click',
        value: rounded(after / clicks, 2),
        unit: '',
      },
      ms("the tutorial's way: press to the play leaving, p50", theirs, 0.5),
      ms("the tutorial's way: press to the play leaving, p99", theirs, 0.99),
      {
        what: 'how many times as long the tutorial takes, p50',
        value: rounded(quantile(theirs, 0.5) / quantile(ours, 0.5)),
        unit: 'x',
      },
    ]
  } finally {
    await desk.close()
  }
}

const method = [
  `${clicks} real presses and releases of the mouse through the browser's input, each after the last prompt was heard; ${warmUp} before them do not count.`,
  "Press: the pointer event's own time, so that waiting for the main thread counts. Leaving: the start of the request in the page's Resource Timing.",
  'Nothing but the page lies between the two: no line, no preflight, no organisation. Arrival has all of that, on this machine.',
  `The tutorial's way, ${tutorialClicks} clicks in the same browser on the same machine: two readings of the call, then the play, each waited for, with no other code around it. Without a line between: in the field each reading costs a round trip.`,
  'The prompt lasts 250 ms, buffering is 0, and the limit of 300 requests a minute is lifted.',
]

export const bench: Bench = { name: 'click', method, run }
