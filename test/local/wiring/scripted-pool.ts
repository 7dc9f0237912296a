import type { FunctionSpec } from '../../../infra/local/runtime/function-spec.ts';
import type { InvocationResult } from '../../../infra/local/runtime/messages.ts';
import type { FunctionPool } from '../../../infra/local/runtime/pool.ts';

export interface ScriptedPool extends FunctionPool {
  /** What it was invoked with, in order. */
  readonly events: unknown[];
  /** Why it was not invoked. */
  readonly failures: string[];
}

export const failed: InvocationResult = { ok: false, error: { errorType: 'Error', errorMessage: 'as scripted' } };
export const succeeded = (result: unknown = null): InvocationResult => ({ ok: true, result });

/** A function that answers as told, without a process. */
export function scriptedPool(
  answer: (event: never, nth: number) => InvocationResult | Promise<InvocationResult> = () => succeeded(),
): ScriptedPool {
  const events: unknown[] = [];
  const failures: string[] = [];
  return {
    events,
    failures,
    noteFailure: (_, { errorType }) => void failures.push(errorType),
    spec: {
      name: 'scripted',
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:scripted',
      roleArn: 'arn:aws:iam::000000000000:role/scripted',
    } as FunctionSpec,
    invoke: async (event) => answer(event as never, events.push(event)),
    warm: () => undefined,
    pids: () => [],
    stop: async () => undefined,
  };
}
