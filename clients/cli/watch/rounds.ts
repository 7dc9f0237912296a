import { setTimeout as pause } from 'node:timers/promises';
import { told } from '../terminal/told.ts';
import { pauseAfter } from './pauses.ts';

/** A daemon waits for what passes by itself, such as a network that is away. */
export interface WaitingEvent {
  readonly event: 'waiting';
  readonly reason: string;
  readonly retryInSeconds: number;
}

export interface Daemon {
  /** Whether there may be more. */
  readonly round: () => Promise<boolean>;
  readonly stopping: AbortSignal;
  readonly tell: (event: WaitingEvent) => void;
  /** What waiting does not mend. */
  readonly isFinal?: (fault: unknown) => boolean;
  /** Before the wait: what went wrong may have left something half done. */
  readonly recover?: () => void;
}

const LONGEST_SECONDS = 60;

/**
 * Round after round until it is stopped or there is no more. A fault at the very start is thrown, so that it is said at
 * once; later ones are told and waited for.
 */
export async function inRounds({ round, stopping, tell, isFinal = () => false, recover }: Daemon): Promise<void> {
  try {
    let again = await round();
    for (let faults = 0; again && !stopping.aborted;) {
      try {
        again = await round();
        faults = 0;
      } catch (fault) {
        if (isFinal(fault)) throw fault;
        if (stopping.aborted) return;
        faults += 1;
        recover?.();
        const retryInSeconds = Math.min(LONGEST_SECONDS, pauseAfter(faults));
        const { what, why } = told(fault);
        tell({ event: 'waiting', reason: [what, why].filter(Boolean).join(' '), retryInSeconds });
        await pause(retryInSeconds * 1000, undefined, { signal: stopping }).catch(() => {});
      }
    }
  } catch (fault) {
    if (!stopping.aborted) throw fault;
  }
}
