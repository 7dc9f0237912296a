import type { Agreement, DisposalMethod } from '../../../../schemas/contracts/agreements.ts';
import type { Violation } from '../../../../schemas/contracts/problem.ts';
import { done, refuse, type Outcome } from '../../../kernel/outcome.ts';
import type { Officer } from '../../../reading/oversight.ts';
import type { Moment } from '../moment.ts';
import { record } from '../record.ts';
import { permit } from '../transitions.ts';

interface Statement {
  readonly method: DisposalMethod;
  readonly disposedOn: string;
  readonly words: string;
}

/** The consumer states, once, how it disposed of what was delivered, after the end of the agreement. */
export function dispose(
  agreement: Agreement,
  by: Officer,
  statement: Statement,
  { at, today }: Moment,
): Outcome<Agreement, 'not-found' | 'not-the-consumer' | 'nothing-owed' | 'already-stated' | 'invalid-statement'> {
  const permitted = permit(agreement, 'dispose', by);
  if (!permitted.ok) return permitted;
  const { disposal } = agreement;
  if (!disposal) return refuse('nothing-owed');
  if (disposal.statement) return refuse('already-stated');
  const violations = dayProblems(statement.disposedOn, disposal.owedSince, today);
  if (violations.length > 0) return refuse('invalid-statement', { violations });
  return done(
    record(
      agreement,
      { at, by: by.department, action: 'dispose' },
      { disposal: { ...disposal, statement: { at, by: by.department, ...statement } } },
    ),
  );
}

function dayProblems(disposedOn: string, owedSince: string, today: string): Violation[] {
  const path = '/disposedOn';
  if (disposedOn > today) return [{ path, rule: 'future', message: `this day has not come; today is ${today}` }];
  if (disposedOn < owedSince)
    return [{ path, rule: 'early', message: `the agreement ended on ${owedSince}; what came until then counts too` }];
  return [];
}
