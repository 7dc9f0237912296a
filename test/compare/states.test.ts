import { describe, expect, test } from '@jest/globals';
import { begun, letGo, mayBegin, renewed } from '../../functions/compare/domain/begin.ts';
import { decided } from '../../functions/compare/domain/decide.ts';
import { cancelled, expired } from '../../functions/compare/domain/end.ts';
import { postponed } from '../../functions/compare/domain/look-again.ts';
import { comparisonIdOf } from '../../functions/compare/domain/places.ts';
import { receive } from '../../functions/compare/domain/receive.ts';
import { shownTo } from '../../functions/compare/domain/shown.ts';
import { isOverdue, sweeping } from '../../functions/compare/domain/sweep.ts';
import { allows, isEnded, transitions, type ComparisonAction } from '../../functions/compare/domain/transitions.ts';
import { isLarge, listBytes } from '../../functions/compare/domain/weight.ts';
import { refuse } from '../../functions/kernel/outcome.ts';
import { Comparison, type ComparisonState } from '../../schemas/contracts/comparisons.ts';
import { StoredComparison } from '../../schemas/stored/comparisons.ts';
import { anId, department } from '../support/builders.ts';
import { allStates, awaiting, each, inState, later, object } from './a-comparison.ts';

const tax = department('tax');
const quality = department('quality');
const press = department('press');
const week = 7 * 86_400;

/** What may happen in which state; everything else may not. */
const table: Readonly<Record<ComparisonAction, readonly ComparisonState[]>> = {
  arrive: ['awaiting'],
  approve: ['awaiting-approval'],
  decline: ['awaiting-approval'],
  cancel: ['awaiting', 'awaiting-approval', 'received', 'running'],
  begin: ['received', 'running'],
  finish: ['running'],
  refuse: ['received', 'running'],
  expire: ['awaiting', 'awaiting-approval', 'received', 'running'],
};

const acts: Readonly<Record<ComparisonAction, (comparison: StoredComparison) => ComparisonState | 'no'>> = {
  arrive: (comparison) => {
    const reception = receive(comparison, object, later(10));
    return reception.kind === 'mark' ? reception.comparison.state : 'no';
  },
  approve: (comparison) => stateOf(decided(comparison, quality, { decision: 'approve' }, later(40))),
  decline: (comparison) => stateOf(decided(comparison, quality, { decision: 'decline' }, later(40))),
  cancel: (comparison) => stateOf(cancelled(comparison, tax, later(40))),
  begin: (comparison) => {
    const may = mayBegin(comparison, later(3600));
    return may.ok ? begun(may.value, 7, later(3600)).state : 'no';
  },
  finish: (comparison) => (allows('finish', comparison) ? 'done' : 'no'),
  refuse: (comparison) => (allows('refuse', comparison) ? 'refused' : 'no'),
  expire: (comparison) => {
    const swept = sweeping({ ...comparison, lookAgainAt: later(0) }, later(2 * week));
    if (swept.kind === 'seek') return isOverdue(swept.comparison, later(2 * week)) ? 'expired' : 'no';
    return swept.kind === 'expire' ? 'expired' : 'no';
  },
};
const stateOf = (outcome: { ok: true; value: StoredComparison } | { ok: false }) =>
  outcome.ok ? outcome.value.state : 'no';

describe.each(Object.keys(table) as ComparisonAction[])('%s', (action) => {
  test.each(allStates)('in the state %s', (state) => {
    const comparison = inState[state]();
    const may = table[action].includes(state);
    expect(allows(action, comparison)).toBe(may);
    expect(acts[action](comparison) !== 'no').toBe(may);
    if (may) expect(transitions[action].to).toContain(acts[action](comparison));
  });
});

test.each(each())('a comparison that is %s is of its stored contract, and shown as its route says', (_, comparison) => {
  expect(StoredComparison.parse(comparison)).toEqual(comparison);
  for (const reader of [tax, quality, department('eitc')])
    expect(Comparison.parse(shownTo(comparison, reader))).toEqual(shownTo(comparison, reader));
});

describe('who sees what', () => {
  test.each(each())('of one that is %s, the list is its consumer’s alone', (_, comparison) => {
    expect(shownTo(comparison, tax)).toHaveProperty('list');
    for (const reader of [quality, department('eitc'), department('auditor')]) {
      const shown = JSON.stringify(shownTo(comparison, reader));
      expect(shown).not.toMatch(/sha256|"bytes"|columns|"counts"|detail|机构|session|key|epoch|versionId/);
      expect(shown).toContain(comparison.purpose);
    }
  });
  test('the provider sees rows and hits of a run', () => {
    expect(shownTo(inState.done(), quality)).toMatchObject({ rows: { read: 3, rejected: 0 }, result: { hits: 2 } });
  });
  test('the consumer sees what its rows came to', () => {
    expect(shownTo(inState.done(), tax)).toMatchObject({ result: { counts: { match: 2, absent: 1 } } });
  });
});

describe('the provider’s word', () => {
  const asked = inState['awaiting-approval']();
  test('is nobody else’s', () => {
    for (const by of [tax, press])
      expect(decided(asked, by, { decision: 'approve' }, later(40))).toEqual(refuse('not-the-provider'));
  });
  test('declining tells the consumer why', () => {
    expect(decided(asked, quality, { decision: 'decline', reason: 'no such case' }, later(40))).toMatchObject({
      value: { state: 'refused', refusal: { code: 'declined', detail: 'no such case' } },
    });
  });
});

test('only its consumer cancels a comparison', () => {
  for (const by of [quality, press])
    expect(cancelled(inState.received(), by, later(40))).toEqual(refuse('not-the-consumer'));
});

describe('a list that arrives', () => {
  test('again, in the version that is known, is sent to be compared once more: its message may be lost', () => {
    expect(receive(inState.received(), object, later(20)).kind).toBe('remind');
  });
  test('in another version is nobody’s', () => {
    expect(receive(inState.received(), { ...object, versionId: 'v2' }, later(20)).kind).toBe('ignore');
    expect(receive(inState.running(), { ...object, versionId: 'v2' }, later(20)).kind).toBe('ignore');
  });
  test.each(each().filter(([, comparison]) => isEnded(comparison)))(
    'after the comparison is %s, is discarded',
    (_, comparison) => {
      expect(receive(comparison, object, later(20)).kind).toBe('discard');
    },
  );
});

describe('the lease of a run', () => {
  test('is respected while it lasts', () => {
    expect(mayBegin(inState.running(), later(59))).toEqual(refuse('leased'));
    expect(mayBegin(inState.running(), later(60)).ok).toBe(true);
  });
  test('renewed, tells how far the run has come', () => {
    expect(renewed(inState.running(), later(50), { stage: 'comparing', records: 9 })).toMatchObject({
      leaseUntil: later(90),
      lookAgainAt: later(90),
      progress: { stage: 'comparing', records: 9 },
    });
  });
  test('let go, is free at once', () => {
    expect(mayBegin(letGo(inState.running(), later(30)), later(30)).ok).toBe(true);
  });
  test('the next attempt goes on with the dataset of the first', () => {
    const may = mayBegin(inState.running(), later(60));
    expect(may.ok && begun(may.value, 7, later(60))).toMatchObject({
      epoch: 2,
      datasetVersion: 7,
      startedAt: later(60),
    });
  });
});

describe('the sweeper', () => {
  const due = (comparison: StoredComparison) => ({ ...comparison, lookAgainAt: later(60) });
  test.each([
    ['awaiting', 60, 'seek'],
    ['awaiting-approval', 60, 'leave'],
    ['awaiting-approval', week + 10, 'expire'],
    ['received', 60, 'send'],
    ['received', week + 10, 'expire'],
    ['running', 59, 'leave'],
    ['running', 60, 'send'],
    ['done', 60, 'tidy'],
    ['refused', 60, 'tidy'],
    ['cancelled', 60, 'tidy'],
    ['expired', 90_000, 'tidy'],
  ] as const)('of one that is %s, after %d seconds: %s', (state, seconds, kind) => {
    expect(sweeping(due(inState[state]()), later(seconds)).kind).toBe(kind);
  });
  test('leaves one whose time has not come, and one that has no mark', () => {
    expect(sweeping(due(inState.received()), later(59)).kind).toBe('leave');
    const { lookAgainAt: _mark, ...tidied } = inState.done();
    expect(sweeping(tidied, later(90_000)).kind).toBe('leave');
  });
  test('gives a list that was sent late three more hours', () => {
    expect([isOverdue(awaiting(), later(4 * 3600 - 1)), isOverdue(awaiting(), later(4 * 3600))]).toEqual([false, true]);
  });
  test('comes more rarely the longer it takes', () => {
    expect([60, 300, 7200].map((seconds) => postponed(inState.received(), later(10 + seconds)).lookAgainAt)).toEqual([
      later(10 + 120),
      later(10 + 600),
      later(10 + 7200 + 900),
    ]);
  });
});

test.each([
  [`lists/tax/${anId(1)}`, anId(1)],
  [`lists/tax/x/${anId(1)}`, undefined],
  [`uploads/tax/${anId(1)}`, undefined],
  ['lists/tax/../x', undefined],
])('the comparison of the key %s', (key, id) => {
  expect(comparisonIdOf(key)).toBe(id);
});

test('a run is large by what it reads of both sides, a workbook as it unpacks', () => {
  const list = (bytes: number, format: 'csv' | 'xlsx' = 'csv') => listBytes({ bytes, format });
  expect([isLarge(list(8_388_608), 0), isLarge(list(8_388_608), 1), isLarge(list(4_000_000, 'xlsx'), 0)]).toEqual([
    false,
    true,
    true,
  ]);
});

test.each(['awaiting', 'awaiting-approval', 'received', 'running'] as const)(
  'an end takes from what is %s what told how far it was, its key if it was blind, and nothing that a later hub has written beside it',
  (state) => {
    const sealedKey = { salt: 'x', sealed: 'x' };
    const before = { ...inState[state](), blind: true, sealedKey, ofALaterHub: { kept: true } } as const;
    const taken = cancelled(before, tax, later(40));
    for (const ended of [expired(before, later(40)), taken.ok ? taken.value : {}]) {
      expect(ended).toMatchObject({ ofALaterHub: { kept: true } });
      const { ofALaterHub: _later, ...known } = ended as typeof before;
      expect(StoredComparison.parse(known)).toEqual(known);
    }
  },
);
