/** What somebody set, or a file that a setting names, is wrong: told in its message alone, as where in the code it was found helps nobody. */
export class WrongSetting extends Error {
  override readonly name = 'WrongSetting';
}

/** @throws WrongSetting where a file or folder that is set cannot be read, in the system's own words */
export function readAsSet<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new WrongSetting(`${what} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
