export function makeProfile(wish: { blocksThirdPartyCookies: boolean }): Promise<string>
