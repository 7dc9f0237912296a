/** The limit of a test that plays a long story: as far above what it takes as that of other tests (jest.config.js). */
export const STORY_MS = 900_000;

/** One step of a story that is a single test: where it fails, the error begins with the step's name. */
export async function step<T>(name: string, play: () => Promise<T> | T): Promise<T> {
  try {
    return await play();
  } catch (fault) {
    if (!(fault instanceof Error)) throw new Error(`${name}: ${String(fault)}`, { cause: fault });
    // The report of a test shows the stack, in which the message stands as it was when the error was made.
    fault.stack = `${name}: ${fault.stack ?? fault.message}`;
    fault.message = `${name}: ${fault.message}`;
    throw fault;
  }
}
