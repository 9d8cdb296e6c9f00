// What the setup needs of the platform: one keeper for each kind of thing, and who the admin is.
import type { Facts, Kind } from './desired'
import type { Answer } from './errors'
import type { Found } from './install-found'
import type { Change } from './install-plan'

export interface Wish {
  readonly name: string
  /** For the object's own field; bears the marker. */
  readonly note: string
  /** All that is wanted, with the ids of other things filled in. */
  readonly facts: Facts
  /** What of it does not hold yet. */
  readonly changes: readonly Change[]
  /** Of our group, where it exists. */
  readonly groupId: string | null
}

export interface Keeper {
  /** Everything of this kind, ours or not. Grants and members: those of our group. */
  list(groupId: string | null): Promise<Answer<readonly Found[]>>
  create(wish: Wish): Promise<Answer<void>>
  /** Reads the thing as it is now, puts the changes on top, and writes it under the version that was read. */
  update(id: string, wish: Wish): Promise<Answer<void>>
  remove(id: string): Promise<Answer<void>>
}

export interface Admin {
  readonly userId: string
  readonly name: string
  readonly organisation: string | null
  /** null: the platform did not say. */
  readonly permissions: readonly string[] | null
  readonly scopes: readonly string[] | null
}

export type Cell = string | number | boolean
export type TableRow = Readonly<Record<string, Cell>> & { readonly key: string }

export interface TableRows {
  fetchRows(tableId: string): Promise<Answer<readonly TableRow[]>>
  addRow(tableId: string, row: TableRow): Promise<Answer<void>>
  writeRow(tableId: string, row: TableRow): Promise<Answer<void>>
  removeRow(tableId: string, key: string): Promise<Answer<void>>
}

export interface Provisioning {
  readonly keepers: Readonly<Record<Kind, Keeper>>
  readonly rows: TableRows
  fetchAdmin(): Promise<Answer<Admin>>
  /** Ids of the integration types that exist here. */
  fetchTypes(): Promise<Answer<readonly string[]>>
  /** Ids of the products that the organisation has, e.g. `purecloud3`. */
  fetchProducts(): Promise<Answer<readonly string[]>>
}
