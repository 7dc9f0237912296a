import { describe, expect, test } from '@jest/globals';
import type { Agreement, Consent } from '../../schemas/contracts/agreements.ts';
import type { Outcome } from '../../functions/kernel/outcome.ts';
import { accept } from '../../functions/agreements/domain/steps/accept.ts';
import { comment } from '../../functions/agreements/domain/steps/comment.ts';
import { consent, object } from '../../functions/agreements/domain/steps/consent.ts';
import { counter } from '../../functions/agreements/domain/steps/counter.ts';
import { dispose } from '../../functions/agreements/domain/steps/dispose.ts';
import { answer, decide, dispute } from '../../functions/agreements/domain/steps/dispute.ts';
import { expire, terminate } from '../../functions/agreements/domain/steps/end.ts';
import { file } from '../../functions/agreements/domain/steps/file.ts';
import { outdate } from '../../functions/agreements/domain/steps/outdate.ts';
import { restore } from '../../functions/agreements/domain/steps/restore.ts';
import { sign } from '../../functions/agreements/domain/steps/sign.ts';
import { hubItself, type Acting } from '../../functions/agreements/domain/standing.ts';
import { resume, suspend } from '../../functions/agreements/domain/steps/suspend.ts';
import { permit, transitions, type Step } from '../../functions/agreements/domain/transitions.ts';
import { withdraw } from '../../functions/agreements/domain/steps/withdraw.ts';
import { aResourceVersion, amended, anAgreement, day, department, terms } from '../support/builders.ts';
import type { Officer } from '../../functions/reading/oversight.ts';

const at = '2026-12-01T02:00:00.000Z';
const now = { at, today: day };
const officer = (id: string, ...roles: Officer['roles']): Officer => ({ department: department(id), roles });
const eitc = officer('eitc', 'department', 'authority');

/** A department whose fields the terms grant. */
function consenting(state: Consent['state']): Consent[] {
  return [{ department: department('public-security'), state }];
}

/** Who acts, and what is particular about the agreement before them. */
const actors: Record<string, readonly [Acting, Parameters<typeof anAgreement>[0]?]> = {
  provider: [officer('quality', 'department')],
  consumer: [officer('tax', 'department')],
  authority: [eitc],
  'authority as consumer': [eitc, { consumer: department('eitc') }],
  'authority that drafted': [eitc, { proposedBy: department('eitc') }],
  auditor: [officer('auditor', 'auditor')],
  source: [officer('public-security', 'department'), { consents: consenting('asked') }],
  'source that consents': [officer('public-security', 'department'), { consents: consenting('given') }],
  stranger: [officer('press', 'department')],
  hub: [hubItself],
};

/** The agreement of each column; those with a plus have an amendment, proposed by the consumer. */
const columns = [
  'proposed',
  'agreed',
  'signed',
  'active',
  'suspended',
  'terminated',
  'expired',
  'active+proposed',
  'active+agreed',
  'active+signed',
] as const;
type Column = (typeof columns)[number];

function agreementOf(column: Column, changes: Parameters<typeof anAgreement>[0]): Agreement {
  const [state, amendment] = column.split('+') as [Agreement['state'], NonNullable<Agreement['amendment']>['state']?];
  const agreement = anAgreement({ state, ...changes });
  if (!amendment) return agreement;
  const other = amended(agreement, amendment);
  return { ...other, amendment: { ...other.amendment!, consents: agreement.consents } };
}

const onTable = ({ amendment, termsVersion, termsDigest }: Agreement) => amendment ?? { termsVersion, termsDigest };
const disputed = (agreement: Agreement): Agreement => ({
  ...agreement,
  dispute: { state: 'open', openedBy: agreement.consumer, openedAt: at },
});

type Taken = Outcome<Agreement, string>;
const newer = { resourceVersion: 2, fields: ['name'], graceUntil: '2027-02-28' };
const statement = { method: 'deleted', disposedOn: day, words: 'all copies' } as const;

/** The hub's own steps take no actor: who may take them is asked as the others ask. */
const byHub = (step: Step, agreement: Agreement, by: Acting, take: () => Taken): Taken => {
  const permitted = permit(agreement, step, by);
  return permitted.ok ? take() : permitted;
};

const take: Record<Step, (agreement: Agreement, by: Officer) => Taken> = {
  counter: (agreement, by) => counter(agreement, by, { terms: terms(), resource: aResourceVersion() }, now),
  comment: (agreement, by) => comment(agreement, by, 'daily would do?', at),
  accept: (agreement, by) => accept(agreement, by, onTable(agreement), at),
  approve: (agreement, by) => sign(agreement, { ...by, session: 'li', approvers: 2 }, onTable(agreement), at),
  sign: (agreement, by) => sign(agreement, { ...by, session: 'li', approvers: 1 }, onTable(agreement), at),
  consent: (agreement, by) => consent(agreement, by, onTable(agreement), at),
  object: (agreement, by) => object(agreement, by, { ...onTable(agreement), reason: 'not for that' }, at),
  file: (agreement, by) => file(agreement, by, 'BJ-2026-0118', now),
  withdraw: (agreement, by) => withdraw(agreement, by, 'not now', at),
  suspend: (agreement, by) => suspend(agreement, by, 'under repair', at),
  resume: (agreement, by) => resume(agreement, by, 'repaired', at),
  terminate: (agreement, by) => terminate(agreement, by, 'no longer needed', now),
  expire: (agreement, by) => byHub('expire', agreement, by, () => expire(agreement, at)),
  outdate: (agreement, by) => byHub('outdate', agreement, by, () => outdate(agreement, newer, at)),
  restore: (agreement, by) => byHub('restore', agreement, by, () => restore({ ...agreement, outdated: newer }, 3, at)),
  dispute: (agreement, by) => dispute(agreement, by, 'nothing came', at),
  answer: (agreement, by) => answer(disputed(agreement), by, 'it is on its way', at),
  decide: (agreement, by) => decide(disputed(agreement), by, 'by Friday', at),
  dispose: (agreement, by) => dispose(agreement, by, statement, now),
};

const result = (outcome: Taken): string => {
  if (!outcome.ok) return outcome.refusal.code;
  const { state, amendment } = outcome.value;
  return amendment ? `${state}+${amendment.state}` : state;
};

const always = (outcome: string): readonly string[] => columns.map(() => outcome);
const row = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\s+/)
    .map((word) => (word === '-' ? 'wrong-state' : word));
const unchanged: readonly string[] = columns;

type Rows = Record<keyof typeof actors, readonly string[]>;
/** Rows of whoever is not named follow those of what they are as well. */
const rows = (given: {
  readonly parties?: readonly string[];
  readonly provider?: readonly string[];
  readonly consumer?: readonly string[];
  readonly authority: readonly string[];
  readonly asParty?: readonly string[];
  readonly drafter?: readonly string[];
  readonly auditor: readonly string[];
  /** Whose fields are granted: mostly turned away as the auditor is. */
  readonly source?: readonly string[];
  readonly consenting?: readonly string[];
  readonly hub: readonly string[];
}): Rows => ({
  provider: given.provider ?? given.parties ?? [],
  consumer: given.consumer ?? given.parties ?? [],
  authority: given.authority,
  'authority as consumer': given.asParty ?? given.consumer ?? given.parties ?? [],
  'authority that drafted': given.drafter ?? given.authority,
  auditor: given.auditor,
  source: given.source ?? given.auditor,
  'source that consents': given.consenting ?? given.source ?? given.auditor,
  stranger: always('not-found'),
  hub: given.hub,
});
const partiesOnly = (
  parties: { parties: readonly string[] } | { provider: readonly string[]; consumer: readonly string[] },
) =>
  rows({
    ...parties,
    authority: always('not-a-party'),
    auditor: always('not-a-party'),
    hub: always('not-a-party'),
  });
const hubOnly = (hub: readonly string[]) =>
  rows({ parties: always('not-found'), authority: always('not-found'), auditor: always('not-found'), hub });

const ended = row(`terminated terminated terminated terminated terminated - -
                   terminated terminated terminated`);
const held = row('- - - suspended suspended - - suspended+proposed suspended+agreed suspended+signed');

/** For each step and actor what comes of it, column by column; `-` is `wrong-state`. */
const expected: Record<Step, Rows> = {
  counter: partiesOnly({
    parties: row(`proposed proposed proposed active+proposed suspended+proposed - -
                  active+proposed active+proposed active+proposed`),
  }),
  comment: rows({
    parties: unchanged,
    authority: unchanged,
    auditor: always('not-found'),
    hub: always('not-found'),
  }),
  accept: partiesOnly({
    provider: row('agreed - - - - - - active+agreed - -'),
    consumer: row('own-proposal - - - - - - own-proposal - -'),
  }),
  approve: partiesOnly({ parties: row('- agreed - - - - - - active+agreed -') }),
  sign: partiesOnly({ parties: row('- agreed - - - - - - active+agreed -') }),
  consent: rows({
    parties: always('not-a-source'),
    authority: always('not-a-source'),
    auditor: always('not-a-source'),
    source: row('- agreed signed - suspended - - - active+agreed active+signed'),
    consenting: row(`- already-consented already-consented - already-consented - -
                     - already-consented already-consented`),
    hub: always('not-a-source'),
  }),
  object: rows({
    parties: always('not-a-source'),
    authority: always('not-a-source'),
    auditor: always('not-a-source'),
    source: row('- agreed signed suspended suspended - - - active+agreed active+signed'),
    hub: always('not-a-source'),
  }),
  file: rows({
    parties: always('own-agreement'),
    authority: row('- - active - - - - - - active'),
    drafter: always('own-agreement'),
    auditor: always('own-agreement'),
    hub: always('own-agreement'),
  }),
  withdraw: partiesOnly({
    parties: row(`no-amendment no-amendment no-amendment no-amendment no-amendment no-amendment no-amendment
                  active active active`),
  }),
  suspend: rows({
    provider: row('- - - suspended already-suspended - - suspended+proposed suspended+agreed suspended+signed'),
    consumer: held,
    authority: held,
    auditor: always('not-found'),
    hub: held,
  }),
  resume: rows({
    provider: row('- - - - active - - - - -'),
    consumer: row('- - - - not-suspended-by-you - - - - -'),
    authority: row('- - - - not-suspended-by-you - - - - -'),
    auditor: always('not-found'),
    hub: row('- - - - not-suspended-by-you - - - - -'),
  }),
  terminate: rows({ parties: ended, authority: ended, auditor: always('not-found'), hub: ended }),
  expire: hubOnly(row('expired expired expired expired expired - - expired expired expired')),
  outdate: hubOnly(row('- - - active suspended - - active+proposed active+agreed active+signed')),
  restore: hubOnly(row('- - - active suspended - - active+proposed active+agreed active+signed')),
  dispute: partiesOnly({
    parties: row('proposed agreed signed active suspended - - active+proposed active+agreed active+signed'),
  }),
  answer: partiesOnly({ provider: unchanged, consumer: always('own-dispute') }),
  decide: rows({
    parties: always('own-agreement'),
    authority: unchanged,
    auditor: always('own-agreement'),
    hub: always('own-agreement'),
  }),
  dispose: rows({
    provider: always('not-the-consumer'),
    consumer: row(`nothing-owed nothing-owed nothing-owed nothing-owed nothing-owed terminated expired
                   nothing-owed nothing-owed nothing-owed`),
    authority: always('not-the-consumer'),
    auditor: always('not-the-consumer'),
    hub: always('not-the-consumer'),
  }),
};

const cases = (Object.keys(transitions) as Step[]).flatMap((step) =>
  Object.keys(actors).flatMap((actor) =>
    columns.map((column, index) => ({ step, actor, column, outcome: expected[step][actor]?.[index] })),
  ),
);
const before = ({ actor, column }: { readonly actor: string; readonly column: Column }) =>
  agreementOf(column, actors[actor]![1]);
// The hub is an actor of its own kind; which steps it takes is the question here.
const taken = (each: (typeof cases)[number], agreement: Agreement) =>
  take[each.step](agreement, actors[each.actor]![0] as Officer);

describe('every step in every state by everyone', () => {
  test.each(cases)('$step by the $actor, $column: $outcome', (each) => {
    expect(result(taken(each, before(each)))).toBe(each.outcome);
  });
});

test('no step changes the agreement that it is given', () => {
  for (const each of cases) {
    const agreement = before(each);
    taken(each, agreement);
    expect(agreement).toEqual(before(each));
  }
});

test('every step that is taken stands in the history once, with who took it and when', () => {
  for (const each of cases) {
    const agreement = before(each);
    const outcome = taken(each, agreement);
    if (!outcome.ok) continue;
    const { length } = agreement.history;
    expect(outcome.value.history.slice(0, length)).toEqual(agreement.history);
    const [step, ...following] = outcome.value.history.slice(length);
    expect(step).toMatchObject({ at, action: each.step, by: actors[each.actor]![0].department });
    // What an objection brings about the hub does.
    expect(following.map(({ by, action }) => [by, action])).toEqual(
      each.step === 'object' && following.length > 0 ? [['hub', 'suspend']] : [],
    );
  }
});
