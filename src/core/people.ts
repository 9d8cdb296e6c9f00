// Somebody of the organisation, as the setup needs them: to be put into the group of those who get the panel.
import type { Answer } from './errors'

export interface Member {
  readonly id: string
  readonly name: string
}

export interface People {
  /** Those whose name has this in it, a handful at most. */
  findPeople(text: string): Promise<Answer<readonly Member[]>>
}
