import { reasonOf, RefusedError } from '../../../protocol/refused.ts';
import type { Context } from '../../terminal/context.ts';
import { exit, Failure } from '../../terminal/failure.ts';
import type { Begun } from './begin.ts';
import type { Digested } from './digest.ts';
import { StorageFault } from './put-bytes.ts';

/** How a transfer that did not come to its end is told: what is there, and that the same command goes on. */
export function interrupted(
  fault: unknown,
  { stopping }: Context,
  { uploadId, journal }: Begun,
  { file, parts }: Digested,
): unknown {
  if (fault instanceof Failure || (fault instanceof RefusedError && fault.problem.status < 500)) return fault;
  const there = parts.length > 0 ? `: ${journal.done.size} of ${parts.length} parts are there` : '';
  const what = stopping.aborted
    ? `Stopped; ${file} is upload ${uploadId}${there}.`
    : `The connection was lost; ${file} is upload ${uploadId}${there}.`;
  const why = stopping.aborted ? undefined : reasonOf(fault);
  const next = [
    `The same command goes on where it stopped${parts.length > 0 ? ', without sending these parts again' : ''}.`,
  ];
  const code = fault instanceof StorageFault ? exit.refused : exit.unreachable;
  return new Failure(
    {
      what,
      ...(why !== undefined && { why }),
      next,
      code: 'interrupted',
      exit: stopping.aborted ? exit.refused : code,
    },
    { cause: fault },
  );
}

/** Work on this machine alone that Ctrl-C ended. */
export function stopped(fault: unknown, { stopping }: Context, what: string): unknown {
  if (!stopping.aborted || fault instanceof Failure) return fault;
  return new Failure(
    { what, next: ['The same command begins again.'], code: 'interrupted', exit: exit.refused },
    { cause: fault },
  );
}
