import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Agreement, HistoryEntry, Holder } from '../../schemas/contracts/agreements.ts';
import type { Outcome } from '../../functions/kernel/outcome.ts';
import { accept } from '../../functions/agreements/domain/steps/accept.ts';
import { tick } from '../../functions/agreements/domain/clock.ts';
import { comment } from '../../functions/agreements/domain/steps/comment.ts';
import { counter } from '../../functions/agreements/domain/steps/counter.ts';
import { dispose } from '../../functions/agreements/domain/steps/dispose.ts';
import { answer, decide, dispute } from '../../functions/agreements/domain/steps/dispute.ts';
import { terminate } from '../../functions/agreements/domain/steps/end.ts';
import { file } from '../../functions/agreements/domain/steps/file.ts';
import { outdate } from '../../functions/agreements/domain/steps/outdate.ts';
import { restore } from '../../functions/agreements/domain/steps/restore.ts';
import { propose } from '../../functions/agreements/domain/steps/propose.ts';
import { sign } from '../../functions/agreements/domain/steps/sign.ts';
import { resume, suspend } from '../../functions/agreements/domain/steps/suspend.ts';
import { withdraw } from '../../functions/agreements/domain/steps/withdraw.ts';
import { aResourceVersion, anId, department, terms } from '../support/builders.ts';
import { searched } from '../support/long.ts';
import type { Officer } from '../../functions/reading/oversight.ts';
import { valueOf } from './outcomes.ts';

const at = '2026-12-01T02:00:00.000Z';
const officer = (id: string, ...roles: Officer['roles']): Officer => ({ department: department(id), roles });
const people: readonly Officer[] = [
  officer('quality', 'department'),
  officer('tax', 'department'),
  officer('eitc', 'department', 'authority'),
  officer('auditor', 'auditor'),
  officer('press', 'department'),
];

interface Call {
  readonly by: Officer;
  readonly session: string;
  readonly today: string;
  readonly resourceVersion: number;
}
type Act = (agreement: Agreement, call: Call) => Outcome<Agreement, string>;

const onTable = ({ amendment, termsVersion, termsDigest }: Agreement) => amendment ?? { termsVersion, termsDigest };

const acts: Record<string, Act> = {
  counter: (agreement, { by, today, resourceVersion }) => {
    const offer = { terms: terms({ validTo: '2027-11-30' }), resource: aResourceVersion({ version: resourceVersion }) };
    return counter(agreement, by, offer, { at, today });
  },
  comment: (agreement, { by }) => comment(agreement, by, 'well', at),
  accept: (agreement, { by }) => accept(agreement, by, onTable(agreement), at),
  // The provider signs with two officers, everybody else with one.
  sign: (agreement, { by, session }) =>
    sign(agreement, { ...by, session, approvers: by.department === 'quality' ? 2 : 1 }, onTable(agreement), at),
  file: (agreement, { by, today }) => file(agreement, by, 'BJ-1', { at, today }),
  withdraw: (agreement, { by }) => withdraw(agreement, by, 'not now', at),
  suspend: (agreement, { by }) => suspend(agreement, by, 'why', at),
  resume: (agreement, { by }) => resume(agreement, by, 'why', at),
  terminate: (agreement, { by, today }) => terminate(agreement, by, 'why', { at, today }),
  tick: (agreement, { today }) => tick(agreement, { at, today }),
  outdate: (agreement, { resourceVersion }) =>
    outdate(agreement, { resourceVersion: resourceVersion + 1, fields: ['name'], graceUntil: '2027-03-01' }, at),
  restore: (agreement, { resourceVersion }) => restore(agreement, resourceVersion + 2, at),
  dispute: (agreement, { by }) => dispute(agreement, by, 'why', at),
  answer: (agreement, { by }) => answer(agreement, by, 'so', at),
  decide: (agreement, { by }) => decide(agreement, by, 'so', at),
  dispose: (agreement, { by, today }) =>
    dispose(agreement, by, { method: 'deleted', disposedOn: today, words: 'all' }, { at, today }),
};

/** Steps that lead on are taken more often than those that end all of it; the others must not lead astray. */
const leadOn = ['counter', 'accept', 'accept', 'sign', 'sign', 'sign', 'sign', 'file', 'file', 'dispute', 'answer'];
const call = fc.record({
  act: fc.constantFrom(...Object.keys(acts), ...leadOn, ...leadOn),
  by: fc.constantFrom(...people, ...people.slice(0, 3), ...people.slice(0, 3)),
  session: fc.constantFrom('li', 'wang'),
  today: fc.oneof(
    { weight: 20, arbitrary: fc.constant('2026-12-01') },
    { weight: 1, arbitrary: fc.constantFrom('2027-03-02', '2027-12-01') },
  ),
  resourceVersion: fc.constantFrom(1, 1, 2),
});

const [provider, consumer, authority] = people as [Officer, Officer, Officer];
const moment = { at, today: '2026-12-01' };
const proposal = {
  agreementId: anId(1),
  resource: aResourceVersion(),
  consumer: consumer.department,
  terms: terms(),
};
const begun = valueOf(propose(proposal, consumer, moment));
/** The provider's own word first. */
const offered = valueOf(propose(proposal, provider, moment));
const signedBy = (by: Officer) => (agreement: Agreement) =>
  sign(agreement, { ...by, session: 'li', approvers: 1 }, onTable(agreement), at);
const offer = { terms: terms({ frequency: 'daily' }), resource: aResourceVersion() };
/** The straight way to a filed agreement, and to an amendment of it that waits for filing: any place on it may be the start. */
const starts = [
  (agreement: Agreement) => accept(agreement, provider, onTable(agreement), at),
  signedBy(provider),
  signedBy(consumer),
  (agreement: Agreement) => file(agreement, authority, 'BJ-1', moment),
  (agreement: Agreement) => counter(agreement, consumer, offer, moment),
  (agreement: Agreement) => accept(agreement, provider, onTable(agreement), at),
  signedBy(provider),
  signedBy(consumer),
]
  .reduce<Agreement[]>((way, act) => way.concat(valueOf(act(way.at(-1)!))), [begun])
  .concat(offered, valueOf(accept(offered, consumer, onTable(offered), at)));

function expectInvariants(before: Agreement, after: Agreement): void {
  const { state, signatures, suspensions, amendment, filingNumber, disposal, provider, consumer, termsVersion } = after;
  const inForce = state === 'active' || state === 'suspended';
  const over = state === 'terminated' || state === 'expired';
  const last = after.history.at(-1)!;
  if (inForce) {
    expect([...signatures].toSorted()).toEqual([provider, consumer].toSorted());
    expect(filingNumber).toBeDefined();
  }
  expect(state === 'suspended').toBe(suspensions.length > 0);
  expect(new Set(suspensions.map(({ holder }) => holder)).size).toBe(suspensions.length);
  if (amendment) expect(inForce).toBe(true);
  if (amendment?.state === 'signed') expect(amendment.signatures).toHaveLength(2);
  const wasInForce = before.filingNumber !== undefined;
  if (wasInForce && termsVersion !== before.termsVersion) expect(last.action).toBe('file');
  if (wasInForce && last.action !== 'file') {
    expect(after).toMatchObject({
      termsDigest: before.termsDigest,
      resourceVersion: before.resourceVersion,
      signatures: before.signatures,
    });
  }
  expect(disposal !== undefined).toBe(over && filingNumber !== undefined);
  // What is in force is what both signed: by number, digest and resource version.
  const version = after.terms.find((each) => each.version === termsVersion)!;
  expect(version).toMatchObject({ digest: after.termsDigest, resourceVersion: after.resourceVersion });
  expect(after.terms.slice(0, before.terms.length)).toEqual(before.terms);
  expect(after.terms.map((each) => each.version)).toEqual(after.terms.map((_, index) => index + 1));
  expect(after.history.length).toBeGreaterThan(before.history.length);
  expect(after.history.slice(0, before.history.length)).toEqual(before.history);
}

/** What an agreement is, told anew from its history alone. */
function replay(history: readonly HistoryEntry[]) {
  let phase: 'negotiated' | 'in-force' | 'terminated' | 'expired' = 'negotiated';
  let table: { stage: string; termsVersion: number; signed: string[] } | undefined;
  let termsVersion = 0;
  let outdatedBy = 0;
  let dispute: string | undefined;
  const holders = new Set<Holder>();
  let stated = false;
  for (const entry of history) {
    const { action, by, holder } = entry;
    const named = entry.termsVersion!;
    if (action === 'propose' || action === 'counter') table = { stage: 'proposed', termsVersion: named, signed: [] };
    if (action === 'accept') table!.stage = 'agreed';
    if (action === 'sign') {
      table!.signed.push(by);
      if (table!.signed.length === 2) table!.stage = 'signed';
    }
    if (action === 'file') {
      [phase, termsVersion, table] = ['in-force', named, undefined];
      outdatedBy = 0;
      holders.delete('clock');
    }
    if (action === 'withdraw') table = undefined;
    if (action === 'suspend') holders.add(holder!);
    if (action === 'resume') holders.delete(holder!);
    if (action === 'outdate') outdatedBy = entry.resourceVersion!;
    if (action === 'restore') outdatedBy = 0;
    if (action === 'terminate' || action === 'expire') {
      if (phase === 'negotiated') termsVersion = table!.termsVersion;
      phase = action === 'terminate' ? 'terminated' : 'expired';
      table = undefined;
      outdatedBy = 0;
      holders.clear();
    }
    if (action === 'dispute') dispute = 'open';
    if (action === 'answer') dispute = 'answered';
    if (action === 'decide') dispute = 'decided';
    if (action === 'dispose') stated = true;
  }
  const inForce = holders.size > 0 ? 'suspended' : 'active';
  return {
    state: phase === 'negotiated' ? table!.stage : phase === 'in-force' ? inForce : phase,
    termsVersion: phase === 'negotiated' ? table!.termsVersion : termsVersion,
    amendment: phase === 'in-force' && table ? [table.stage, table.termsVersion, table.signed] : undefined,
    holders: [...holders].toSorted(),
    outdatedBy,
    dispute,
    stated,
  };
}

const standing = ({ state, termsVersion, amendment, suspensions, outdated, dispute, disposal }: Agreement) => ({
  state,
  termsVersion,
  amendment: amendment && [amendment.state, amendment.termsVersion, amendment.signatures],
  holders: suspensions.map(({ holder }) => holder).toSorted(),
  outdatedBy: outdated?.resourceVersion ?? 0,
  dispute: dispute?.state,
  stated: disposal?.statement !== undefined,
});

type Calls = readonly (Call & { readonly act: string })[];
const doing = (act: string, by: Officer, more: Partial<Call> = {}) => ({
  act,
  by,
  session: 'li',
  today: '2026-12-01',
  resourceVersion: 1,
  ...more,
});
const signing = [
  doing('accept', provider),
  doing('sign', provider),
  doing('sign', provider, { session: 'wang' }),
  doing('sign', consumer),
];
/** A way through all of an agreement's life to one of its ends, which chance need not find. */
const wholeLife = (end: ReturnType<typeof doing>): Calls => [
  doing('counter', consumer),
  ...signing,
  doing('file', authority),
  doing('suspend', provider),
  doing('counter', consumer),
  doing('resume', provider),
  ...signing,
  doing('file', authority),
  end,
];
const lives: [Agreement, Calls][] = [
  [begun, wholeLife(doing('terminate', provider))],
  [begun, wholeLife(doing('tick', authority, { today: '2027-12-01' }))],
];

test('whatever is done by whomever, what must hold about an agreement holds, and its history tells the same', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom(...starts),
      fc.array(call, { minLength: 5, maxLength: 60 }) as fc.Arbitrary<Calls>,
      (start, calls) => {
        let agreement = start;
        for (const { act, ...rest } of calls) {
          const outcome = acts[act]!(agreement, rest);
          if (!outcome.ok) continue;
          expectInvariants(agreement, outcome.value);
          agreement = outcome.value;
          reached.add(agreement.amendment ? `${agreement.state}+${agreement.amendment.state}` : agreement.state);
        }
        expect(replay(agreement.history)).toEqual(standing(agreement));
      },
    ),
    { numRuns: searched(100, 800), examples: lives },
  );
  expect([...reached]).toEqual(
    expect.arrayContaining([
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
      'suspended+proposed',
    ]),
  );
});
