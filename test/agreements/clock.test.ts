import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { BreakingMark } from '../../schemas/stored/catalog.ts';
import { clockHandler } from '../../functions/agreements/clock.handler.ts';
import type { ClockPorts, ClosedDepartment } from '../../functions/agreements/ports.ts';
import { aDefinition, anAgreement, anId, aResourceVersion, department, resource } from '../support/builders.ts';
import { memoryAgreements } from '../support/memory/agreements.ts';
import { countingIds, memoryJournal, recordingLog, testClock } from '../support/memory/kernel.ts';
import { membersOf } from '../support/memory/notices.ts';
import { memoryResources } from '../support/memory/resources.ts';

const lastDayIsOver = '2027-11-30T16:00:00.000Z';

function aClock() {
  const journal = memoryJournal();
  const agreements = memoryAgreements(journal);
  const catalog = memoryResources(journal);
  catalog.give(aResourceVersion());
  const clock = testClock('2026-12-01T01:10:00.000Z');
  const log = recordingLog();
  const marks: BreakingMark[] = [];
  const closed: ClosedDepartment[] = [];
  const ports: ClockPorts = {
    agreements,
    catalog: {
      latest: (id) => catalog.latest(id),
      version: (id, version) => catalog.version(id, version),
    },
    inForce: agreements.inForce,
    ticks: agreements.ticks,
    breaking: {
      async *due() {
        yield* marks.slice();
      },
      forget: async (mark) => void marks.splice(marks.indexOf(mark), 1),
    },
    closed,
    clock,
    ids: countingIds(100),
    log,
    timeZone: 'Asia/Shanghai',
  };
  const now = (id: number) => agreements.items.get(anId(id))!.value;
  return { ports, agreements, catalog, journal, clock, log, marks, closed, now, run: clockHandler(ports) };
}

let hub = aClock();
beforeEach(() => {
  hub = aClock();
});
const given = (number: number, changes: Parameters<typeof anAgreement>[0] = {}, nextTick?: string): Agreement => {
  const agreement = anAgreement({ agreementId: anId(number), state: 'active', ...changes });
  hub.agreements.give(agreement, nextTick);
  return agreement;
};

const toldOfVersion = ({ to, notice }: OutgoingNotice) => {
  const { event, resourceVersion, due } = membersOf(notice);
  return [to, event, resourceVersion, due];
};

describe('an agreement whose last day is over', () => {
  test('expires, with evidence, the word to both parties and a mark for the delivery side', async () => {
    given(1, {}, lastDayIsOver);
    hub.clock.set('2027-11-30T16:00:30.000Z');
    await hub.run();
    expect(hub.now(1)).toMatchObject({ state: 'expired', disposal: { owedSince: '2027-12-01', due: '2028-11-30' } });
    expect(hub.agreements.items.get(anId(1))).toMatchObject({
      nextTick: undefined,
      lookAtDuties: '2027-11-30T16:00:30.000Z',
      lookAgainAt: '2027-11-30T16:01:30.000Z',
    });
    expect(hub.journal.evidence).toMatchObject([
      { act: 'agreement-expired', actor: { department: 'hub', session: 'agreements-clock' } },
    ]);
    expect(hub.agreements.told.map(({ to, notice }) => [to, notice.event, membersOf(notice).by])).toEqual([
      ['quality', 'expire', undefined],
      ['tax', 'expire', undefined],
    ]);
  });
  test('expires once, however often the clock looks', async () => {
    given(1, {}, lastDayIsOver);
    hub.clock.set('2027-12-05T00:00:00.000Z');
    await hub.run();
    await hub.run();
    expect(hub.journal.evidence).toHaveLength(1);
  });
});

test('a moment that an act has moved meanwhile does nothing', async () => {
  given(1, {}, '2026-12-01T01:00:00.000Z');
  await hub.run();
  expect(hub.now(1).state).toBe('active');
  expect(hub.journal.evidence).toEqual([]);
});

test('an agreement that fails is logged and keeps no other from its turn', async () => {
  given(1, { terms: { validTo: '2026-11-30' } }, '2026-11-30T16:00:00.000Z');
  given(2, { terms: { validTo: '2026-11-30' } }, '2026-11-30T16:00:00.000Z');
  const find = hub.agreements.find.bind(hub.agreements);
  hub.agreements.find = async (id) => {
    if (id === anId(1)) throw new Error('the table does not answer');
    return find(id);
  };
  await hub.run();
  expect(hub.now(2).state).toBe('expired');
  expect(hub.log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  expect(hub.log.lines.at(-1)?.about).toEqual({ agreements: 1, failed: 1 });
});

const mark = (...affected: BreakingMark['affected']): BreakingMark => ({
  resourceId: resource('legal-entities'),
  resourceVersion: 2,
  graceUntil: '2027-03-01',
  affected,
});
const of = (number: number, termsVersion = 1) => ({ agreementId: anId(number), termsVersion, fields: ['name'] });
const { schema } = aDefinition();
/** A version of the resource, with the name or without. */
const publish = (version: number, ...gone: readonly string[]) => {
  const fields = schema.fields.filter(({ name }) => !gone.includes(name));
  const definition = aDefinition({ titleEn: `Version ${version}`, schema: { ...schema, fields } });
  hub.catalog.give(aResourceVersion({ version, definition }));
};

describe('a resource version that breaks agreements', () => {
  beforeEach(() => publish(2, 'name'));

  test('is told to each of them with the day until which it can be amended, and then forgotten', async () => {
    given(1);
    given(2, { state: 'suspended' });
    hub.marks.push(mark(of(1), of(2)));
    await hub.run();
    for (const id of [1, 2])
      expect(hub.now(id).outdated).toEqual({ resourceVersion: 2, fields: ['name'], graceUntil: '2027-03-01' });
    expect(hub.agreements.items.get(anId(1))?.nextTick).toBe('2027-03-01T16:00:00.000Z');
    expect(hub.agreements.told.map(toldOfVersion)).toEqual(
      ['quality', 'tax', 'quality', 'tax'].map((to) => [to, 'outdate', 2, '2027-03-01']),
    );
    expect(hub.marks).toEqual([]);
  });
  test('is not told to those that were amended or ended meanwhile, or that know of a newer one', async () => {
    given(1, { termsVersion: 2 });
    given(2, { state: 'terminated' });
    given(3, { outdated: { resourceVersion: 3, fields: [], graceUntil: '2027-01-01' } });
    hub.marks.push(mark(of(1), of(2), of(3), of(99)));
    await hub.run();
    expect(hub.journal.evidence).toEqual([]);
    expect(hub.marks).toEqual([]);
  });
  test('is told of terms that were under negotiation once they are in force, and not before', async () => {
    given(1);
    given(2, { state: 'signed' });
    hub.marks.push(mark(of(1), of(2)));
    await hub.run();
    expect([1, 2].map((id) => hub.now(id).outdated?.resourceVersion)).toEqual([2, undefined]);
    expect(hub.marks).toEqual([]);
  });
  test('is told of terms whose filing was under way when it was published', async () => {
    hub.clock.set('2026-12-01T01:00:30.000Z');
    given(1);
    given(2, { state: 'signed' });
    hub.marks.push(mark(of(1), of(2)));
    await hub.run();
    given(2);
    hub.clock.set('2026-12-01T01:01:30.000Z');
    await hub.run();
    expect([1, 2].map((id) => hub.now(id).outdated?.resourceVersion)).toEqual([2, 2]);
    expect(hub.journal.evidence.map(({ subject }) => subject.agreementId)).toEqual([anId(1), anId(2)]);
    expect(hub.marks).toEqual([]);
  });
  test('is told of no agreement that a still newer one has repaired', async () => {
    given(1);
    given(2, { terms: { fields: ['org_code', 'name', 'phone'] } });
    publish(3, 'phone');
    hub.marks.push(mark(of(1), of(2)));
    await hub.run();
    expect([1, 2].map((id) => hub.now(id).outdated?.resourceVersion)).toEqual([undefined, 2]);
  });
  test('is told again where somebody acted at the same moment, and to nobody twice', async () => {
    given(1);
    given(2);
    hub.marks.push(mark(of(1), of(2)));
    const replace = hub.agreements.replace.bind(hub.agreements);
    let busy = true;
    hub.agreements.replace = async (act, revision) =>
      busy && act.agreement.agreementId === anId(2) ? 'changed' : replace(act, revision);
    await hub.run();
    expect(hub.marks).toHaveLength(1);
    busy = false;
    await hub.run();
    expect(hub.marks).toEqual([]);
    expect(hub.journal.evidence.map(({ subject }) => subject.agreementId)).toEqual([anId(1), anId(2)]);
  });
  test('is told to all others though one of them fails, and to that one later', async () => {
    given(1);
    given(2);
    hub.marks.push(mark(of(1), of(2)));
    const find = hub.agreements.find.bind(hub.agreements);
    hub.agreements.find = async (id) => {
      if (id === anId(1)) throw new Error('the table does not answer');
      return find(id);
    };
    await hub.run();
    expect(hub.now(2).outdated?.resourceVersion).toBe(2);
    expect(hub.marks).toHaveLength(1);
    hub.agreements.find = find;
    await hub.run();
    expect(hub.now(1).outdated?.resourceVersion).toBe(2);
    expect(hub.marks).toEqual([]);
  });
  test('is noted whatever was said about the agreement, and it can still be ended', async () => {
    const { history, ...agreement } = given(1, { terms: { validTo: '2026-12-31' } });
    const entry = { ...history.at(-1)!, action: 'comment', reason: '字'.repeat(1000) } as const;
    const long = { ...agreement, history: [...history, ...Array.from({ length: 107 }, () => entry)] };
    hub.agreements.give(long, '2026-12-31T16:00:00.000Z');
    hub.marks.push(mark(of(1)));
    await hub.run();
    expect(hub.now(1).outdated?.resourceVersion).toBe(2);
    expect(hub.marks).toEqual([]);
    hub.clock.set('2026-12-31T16:00:00.000Z');
    await hub.run();
    expect(hub.now(1).state).toBe('expired');
  });
  test('that cannot be read keeps no date from acting', async () => {
    given(1, { terms: { validTo: '2026-11-30' } }, '2026-11-30T16:00:00.000Z');
    hub.ports.breaking.due = async function* () {
      yield* hub.marks;
      throw new Error('not a mark');
    };
    await hub.run();
    expect(hub.now(1).state).toBe('expired');
    expect(hub.log.lines.at(-1)?.about).toEqual({ agreements: 1, failed: 1 });
  });
  test('suspends those that were not amended, after the last day of grace', async () => {
    given(1);
    hub.marks.push(mark(of(1)));
    await hub.run();
    hub.clock.set('2027-03-01T15:59:00.000Z');
    await hub.run();
    expect(hub.now(1).state).toBe('active');
    hub.clock.set('2027-03-01T16:00:00.000Z');
    await hub.run();
    expect(hub.now(1)).toMatchObject({ state: 'suspended', suspensions: [{ holder: 'clock' }] });
    expect(hub.agreements.items.get(anId(1))?.nextTick).toBe(lastDayIsOver);
  });
});

describe('a resource version that repairs what an earlier one broke', () => {
  const outdated = { resourceVersion: 2, fields: ['name'], graceUntil: '2027-03-01' };
  const clockHolds = { holder: 'clock', by: 'hub', at: lastDayIsOver, reason: 'older version' } as const;
  const repairing = (...numbers: number[]): BreakingMark => ({
    ...mark(),
    resourceVersion: 3,
    repaired: numbers.map(anId),
  });

  test('is told to the parties, with evidence, and nothing has to be amended any more', async () => {
    given(1, { outdated }, '2027-03-01T16:00:00.000Z');
    publish(3);
    hub.marks.push(repairing(1));
    await hub.run();
    expect(hub.now(1).state).toBe('active');
    expect(hub.now(1).outdated).toBeUndefined();
    expect(hub.agreements.items.get(anId(1))?.nextTick).toBe(lastDayIsOver);
    expect(hub.journal.evidence).toMatchObject([{ act: 'agreement-restored', actor: { session: 'agreements-clock' } }]);
    expect(hub.agreements.told.map(toldOfVersion)).toEqual([
      ['quality', 'restore', 3, undefined],
      ['tax', 'restore', 3, undefined],
    ]);
    expect(hub.marks).toEqual([]);
  });
  test('lifts what the clock holds and nothing else; the delivery side must react', async () => {
    given(1, { outdated, state: 'suspended', suspensions: [clockHolds] });
    given(2, { outdated, state: 'suspended' });
    const others = hub.now(2).suspensions;
    given(3, { outdated, state: 'suspended', suspensions: [...others, clockHolds] });
    publish(3);
    hub.marks.push(repairing(1, 2, 3));
    await hub.run();
    expect([1, 2, 3].map((id) => [hub.now(id).state, hub.now(id).suspensions])).toEqual([
      ['active', []],
      ['suspended', others],
      ['suspended', others],
    ]);
    expect(hub.now(1).history.slice(-2)).toMatchObject([
      { action: 'restore', by: 'hub', resourceVersion: 3 },
      { action: 'resume', by: 'hub', holder: 'clock' },
    ]);
    expect(hub.agreements.items.get(anId(1))?.lookAgainAt).toBe('2026-12-01T01:11:00.000Z');
    expect(hub.agreements.items.get(anId(2))?.lookAgainAt).toBeUndefined();
  });
  test('does nothing to those that it does not concern, that ended, or that a still newer one breaks again', async () => {
    given(1);
    given(2, { state: 'terminated' });
    given(3, { outdated, terms: { fields: ['org_code', 'phone'] } });
    publish(3);
    publish(4, 'phone');
    hub.marks.push(repairing(1, 2, 3, 99));
    await hub.run();
    expect(hub.journal.evidence).toEqual([]);
    expect(hub.now(3).outdated).toEqual(outdated);
    expect(hub.marks).toEqual([]);
  });
  test('is seen before the clock suspends, though its mark be found later', async () => {
    given(1, { outdated }, '2027-03-01T16:00:00.000Z');
    given(2, { outdated, terms: { fields: ['phone'] } }, '2027-03-01T16:00:00.000Z');
    publish(3, 'phone');
    hub.clock.set('2027-03-01T16:00:00.000Z');
    await hub.run();
    expect([1, 2].map((id) => [hub.now(id).state, hub.now(id).history.at(-1)?.action])).toEqual([
      ['active', 'restore'],
      ['suspended', 'suspend'],
    ]);
  });
  test('is worked off whichever of the two marks is found first', async () => {
    given(1);
    publish(2, 'name');
    publish(3);
    hub.marks.push(repairing(1), mark(of(1)));
    await hub.run();
    expect(hub.now(1).outdated).toBeUndefined();
    expect(hub.journal.evidence).toEqual([]);
    expect(hub.marks).toEqual([]);
  });
});

describe('a department that the registry has closed', () => {
  const quality = { id: department('quality'), closed: '2026-12-01' };
  beforeEach(() => {
    given(1);
    given(2, { provider: department('press'), consumer: department('quality'), state: 'proposed' });
    given(3, { provider: department('press') });
    given(4, { state: 'expired' });
    hub.closed.push(quality);
  });
  test('has its agreements ended on either side, by the hub and with the reason', async () => {
    hub.clock.set('2026-12-01T02:00:10.000Z');
    await hub.run();
    expect([1, 2, 3, 4].map((id) => hub.now(id).state)).toEqual(['terminated', 'terminated', 'active', 'expired']);
    expect(hub.now(1).history.at(-1)).toMatchObject({
      by: 'hub',
      action: 'terminate',
      reason: 'the department quality was closed on 2026-12-01',
    });
  });
  test('has the others ended though one of them fails', async () => {
    hub.clock.set('2026-12-01T02:00:10.000Z');
    const find = hub.agreements.find.bind(hub.agreements);
    hub.agreements.find = async (id) => {
      if (id === anId(1)) throw new Error('the table does not answer');
      return find(id);
    };
    await hub.run();
    expect([1, 2].map((id) => hub.now(id).state)).toEqual(['active', 'terminated']);
    expect(hub.log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });
  test('is looked at once an hour', async () => {
    hub.clock.set('2026-12-01T02:01:10.000Z');
    await hub.run();
    expect(hub.now(1).state).toBe('active');
  });
  test('is not one before its day has come where the hub is', async () => {
    hub.clock.set('2026-11-30T15:00:00.000Z');
    await hub.run();
    expect(hub.now(1).state).toBe('active');
    hub.clock.set('2026-11-30T16:00:00.000Z');
    await hub.run();
    expect(hub.now(1).state).toBe('terminated');
  });
});
