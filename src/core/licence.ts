// The licence at run time: an organisation gives Cueline to those of its people who have one permission.

/**
 * Whoever the platform says nothing about is not turned away: an agent in a call is not stopped by what nobody knows.
 * `granted` has names, in which a part may be a star: `integration:*:view`.
 */
export function lacksLicence(
  required: string | null,
  granted: readonly string[] | null | undefined,
): required is string {
  if (required === null || granted == null) return false
  const parts = required.split(':')
  return !granted.some((one) => one.split(':').every((part, place) => part === '*' || part === parts[place]))
}

/** What stands behind the sentence that sends somebody to their admin. */
export const describeLicence = (required: string): string =>
  `${required}, the permission by which your organisation gives Cueline`
