import type { Violation } from '../../../schemas/contracts/problem.ts';
import { DamagedError } from '../../node/consumer.ts';
import { moment } from '../../words/quantity.ts';
import { RefusedError, UnreachableError } from '../../protocol/refused.ts';
import { exit, Failure, type ExitCode } from './failure.ts';
import { nextStepOf } from './refusals.ts';

/** A failure in the one shape that is printed, for people and for machines. */
export interface Told {
  readonly code: string;
  readonly what: string;
  readonly why?: string;
  readonly status?: number;
  readonly violations?: readonly Violation[];
  readonly next: readonly string[];
  readonly exit: ExitCode;
}

/** What went wrong, whatever it was. */
export function told(fault: unknown): Told {
  if (fault instanceof Failure) {
    const { what, why, next = [], code = 'failed', exit: leave = exit.refused } = fault.text;
    return { code, what, ...(why !== undefined && { why }), next, exit: leave };
  }
  if (fault instanceof RefusedError) return refusal(fault);
  if (fault instanceof UnreachableError) return unreachable(fault);
  if (fault instanceof DamagedError) {
    const next = ['Run the same command again; if it repeats, tell the administrator of the hub.'];
    return { code: 'damaged', what: `${capital(fault.message)}.`, next, exit: exit.refused };
  }
  return unforeseen(fault);
}

function refusal({ problem, waitMs }: RefusedError): Told {
  const { code, title, detail, status, violations } = problem;
  const hint = nextStepOf[code as keyof typeof nextStepOf];
  const from = waitMs !== undefined && moment(new Date(Date.now() + waitMs).toISOString());
  return {
    code,
    what: `${title}.`,
    why: detail,
    status,
    ...(violations && { violations }),
    next: [...(hint === undefined ? [] : [hint]), ...(from ? [`It may be tried again from ${from} on.`] : [])],
    exit: exit.refused,
  };
}

const unreachable = ({ api, why }: UnreachableError): Told => ({
  code: 'unreachable',
  what: `The hub at ${api} cannot be reached.`,
  why,
  next: [
    'On this machine: npm start in the project folder starts a local hub.',
    'Elsewhere: --api https://… or HUB_API names the hub; is the network, or the proxy, in the way?',
  ],
  exit: exit.unreachable,
});

/** Faults of files and networks say themselves what they are; a stack would not help whoever reads this. */
function unforeseen(fault: unknown): Told {
  const { code } = (typeof fault === 'object' && fault !== null ? fault : {}) as { code?: unknown };
  const what = fault instanceof Error ? fault.message : String(fault);
  return { code: typeof code === 'string' ? code : 'fault', what: capital(what), next: [], exit: exit.refused };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
