import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { BenefitFigures, type BenefitBody } from '../../../schemas/contracts/reports.ts';
import type { StoredBenefit } from '../../../schemas/stored/reports.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { type Officer, mayRead } from '../../reading/oversight.ts';
import { monthIn } from './months.ts';

interface Stating {
  readonly by: Officer;
  readonly at: string;
  readonly timeZone: string;
  readonly themes: readonly string[];
}

/** A consumer's word on one month of an agreement that was in force in it, or before it. */
export function stateBenefit(
  agreement: Agreement,
  body: BenefitBody,
  { by, at, timeZone, themes }: Stating,
): Outcome<StoredBenefit, 'not-found' | 'not-the-consumer' | 'wrong-state' | 'invalid-statement'> {
  if (!mayRead(agreement, by)) return refuse('not-found');
  const { agreementId, resourceId, provider, consumer } = agreement;
  if (by.department !== consumer)
    return refuse('not-the-consumer', { detail: 'Only the consumer of this agreement says what it was good for.' });
  const filed = agreement.history.find(({ action }) => action === 'file');
  if (!filed) return refuse('wrong-state', { detail: `The agreement is ${agreement.state} and was never in force.` });
  const violations = periodProblems(body.period, monthIn(timeZone, filed.at), monthIn(timeZone, at));
  if (violations.length > 0) return refuse('invalid-statement', { violations });
  return done({ agreementId, resourceId, provider, consumer, ...body, statedAt: at, themes: [...themes] });
}

function periodProblems(period: string, first: string, present: string): readonly Violation[] {
  if (period > present) return [{ path: '/period', rule: 'future', message: `the present month is ${present}` }];
  if (period < first)
    return [{ path: '/period', rule: 'before-filing', message: `the agreement came into force in ${first}` }];
  return [];
}

/** The figures that were stated, those of what they rest on, and the month as a number (202612), for the evidence. */
export function benefitFigures(benefit: StoredBenefit): Record<string, number> {
  const stated = (Object.keys(BenefitFigures.shape) as (keyof BenefitFigures)[]).flatMap((name) => {
    const figure = benefit[name];
    return figure === undefined ? [] : [[name, figure] as const];
  });
  return { period: Number(benefit.period.replace('-', '')), ...Object.fromEntries(stated), ...benefit.found };
}
