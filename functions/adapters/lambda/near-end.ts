/** Enough to say so, and for the API to answer: its functions have 25 s. */
const AHEAD_MS = 1_500;

/**
 * Shortly before Lambda ends a function middy aborts the signal of its handler, and would answer for it. Here it only tells.
 * Who listens to the signal answers by itself, as the API does (kernel/api/answer-in-time.ts). All else goes on until Lambda ends
 * the process: its message or event comes again, and nothing is left running in a process that has others to see to.
 * @see https://middy.js.org/docs/intro/early-interrupt
 */
export const nearEnd = (tell: () => void) => ({
  timeoutEarlyInMillis: AHEAD_MS,
  timeoutEarlyResponse: (): Promise<never> => {
    tell();
    return new Promise(() => undefined);
  },
});
