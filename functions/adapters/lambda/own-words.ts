import { Fault } from '../../kernel/fault.ts';
import type { Log } from '../../kernel/ports.ts';

/**
 * What a handler throws makes Lambda try again; the runtime logs it whole, and destinations store it, so it leaves here
 * in our own words only. Around the handler and no middleware: what one of those throws middy hangs the foreign error on.
 */
export const inOwnWords =
  <Event, Result>(log: Log, handle: (event: Event) => Promise<Result>) =>
  async (event: Event): Promise<Result> => {
    try {
      return await handle(event);
    } catch (error) {
      log.error('invocation failed', { error });
      throw new Fault(error instanceof Fault ? error.message : 'the invocation failed; its log says why');
    }
  };
