import type { Middleware } from '../middleware.ts';
import type { Hub, Shares } from '../ports.ts';
import { refuse } from '../outcome.ts';
import type { Answer, Known } from './requests.ts';

interface Ports extends Pick<Hub, 'clock' | 'log'> {
  /** Without them, calls are not counted. */
  readonly shares?: Shares;
}

/** No department calls more often than its share allows. */
export const callsCounted =
  (ports: Ports): Middleware<Known, Known, Answer> =>
  (next) =>
  async (request) => {
    const waitMs = await waitOf(ports, request);
    return waitMs > 0 ? refuse('throttled', { waitMs }) : next(request);
  };

/** A share that cannot be counted refuses nobody: what is wrong with the table will show in the call itself. */
async function waitOf({ shares, clock, log }: Ports, { caller: { department } }: Known): Promise<number> {
  try {
    const taken = await shares?.take(department, clock.now());
    return taken === undefined || taken.granted ? 0 : taken.waitMs;
  } catch (error) {
    log.warn('call not counted', { department, error });
    return 0;
  }
}
