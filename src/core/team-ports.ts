// What the team view needs of the outside, beside what the panel needs.
import type { Activity } from './agent'
import type { Answer, Refusal } from './errors'
import type { Circle, Member } from './team'

/** An agent as the directory has them, with what it says of their presence, routing status and count of calls. */
export interface Person extends Member {
  readonly activity: Activity | null
}

/** Who there is: colleagues, and the teams, queues and groups that they belong to. */
export interface Directory {
  /** Of who is signed in. Each kind is read by itself: what one refuses does not take the others away. */
  fetchCircles(): Promise<{ readonly circles: readonly Circle[]; readonly refusals: readonly Refusal[] }>
  /** User ids, without names. */
  fetchMembers(circle: Circle): Promise<Answer<readonly string[]>>
  /** At most 100 at a time; those that are not there are left out. */
  fetchPeople(userIds: readonly string[]): Promise<Answer<readonly Person[]>>
  /** The body of an activity event; null when it is none. */
  readActivity(body: unknown): Activity | null
}
