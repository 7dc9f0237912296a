import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Problem } from '../../../schemas/contracts/problem.ts';
import { commonErrors, type RefusalStatus } from '../../../schemas/contracts/routes.ts';
import { refusalTexts } from '../../../schemas/words/refusals.ts';
import { Fault } from '../fault.ts';
import type { Refusal } from '../outcome.ts';

/** The one place where a refusal becomes RFC 9457 problem details. */
export function problemOf(refusal: Refusal<string>, errors: Readonly<Record<string, RefusalStatus>>): Problem {
  const { code } = refusal;
  const status = errors[code] ?? (commonErrors as Readonly<Record<string, RefusalStatus>>)[code];
  const text = refusalTexts[code as keyof typeof refusalTexts];
  if (status === undefined || text === undefined) throw new Fault(`refusal code ${code} is not one of this route's`);
  return {
    type: `urn:exchange-hub:problem:${code}`,
    title: text.title,
    status,
    code,
    detail: refusal.detail ?? text.detail,
    ...(refusal.violations && { violations: [...refusal.violations] }),
  };
}

export const faultProblem = (requestId: string): Problem => ({
  type: 'urn:exchange-hub:problem:fault',
  title: 'Fault',
  status: 500,
  code: 'fault',
  detail: `Something failed in the hub and was logged. Try again with the same Idempotency-Key; if it persists, report request ${requestId}.`,
});

export const problemResult = (problem: Problem): APIGatewayProxyResult => ({
  statusCode: problem.status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify(problem),
});
