import { describe, expect, test } from '@jest/globals';
import { EventNotice } from '../../schemas/contracts/notices.ts';
import { anAgreement, anId, department } from '../support/builders.ts';
import { aStoredDemand, demandId } from './cases.ts';
import { aHub } from './hub.ts';

const agreementId = anId(1);
const owedIn = (hub: ReturnType<typeof aHub>, id: string = agreementId) =>
  hub.owings.owed.get(id)?.value.duties.map(({ duty, by, due }) => `${duty} ${by} ${due}`);

describe('a look', () => {
  test('writes down what is owed, and comes again with the next day', async () => {
    const hub = aHub();
    hub.act(anAgreement());
    await hub.watch();
    expect(owedIn(hub)).toEqual(['reply-to-request quality 2026-12-15']);
    expect(hub.owings.watches.get(agreementId)?.at).toBe('2026-12-01T16:00:00.000Z');
    expect(hub.told).toEqual([]);
  });

  test('after an act replaces what is no longer owed', async () => {
    const hub = aHub();
    hub.act(anAgreement());
    await hub.watch();
    hub.act(anAgreement({ state: 'signed' }));
    await hub.watch();
    expect(owedIn(hub)).toEqual(['file eitc 2026-12-08', 'first-delivery quality 2026-12-29']);
  });

  test('finds a dataset, a delivery and a receipt that no act told of, on the next day', async () => {
    const hub = aHub();
    hub.act(anAgreement({ state: 'active' }));
    await hub.watch();
    Object.assign(hub.facts.told, { delivered: true, datasetAt: hub.clock.now(), unreceivedSince: hub.clock.now() });
    await hub.dawn('2026-12-02');
    expect(owedIn(hub)).toEqual(['provide quality 2026-12-03', 'receive tax 2026-12-15']);
    Object.assign(hub.facts.told, { datasetAt: hub.clock.now(), unreceivedSince: undefined });
    await hub.dawn('2026-12-03');
    expect(owedIn(hub)).toEqual(['provide quality 2026-12-04']);
  });

  test('leaves nothing behind of an agreement that is over and owes nothing', async () => {
    const hub = aHub();
    hub.act(anAgreement());
    await hub.watch();
    hub.act({ ...anAgreement(), state: 'terminated' });
    await hub.watch();
    expect([hub.owings.owed.size, hub.owings.watches.size]).toEqual([0, 0]);
  });

  test('goes on after the end while the disposal statement is owed', async () => {
    const hub = aHub();
    hub.act(anAgreement({ state: 'terminated' }));
    await hub.watch();
    expect(owedIn(hub)).toEqual(['disposal-statement tax 2027-12-01']);
    expect(hub.owings.watches.size).toBe(1);
  });

  test('of something that is not there removes itself', async () => {
    const hub = aHub();
    hub.owings.watch({ agreementId, nextAt: hub.clock.now() });
    await hub.watch();
    expect(hub.owings.watches.size).toBe(0);
  });

  test('gives way to an act that came meanwhile', async () => {
    const hub = aHub();
    hub.act(anAgreement());
    let isQuick = true;
    hub.facts.agreement = async (id) => {
      const read = hub.facts.agreements.get(id);
      if (isQuick) hub.act(anAgreement({ state: 'agreed' }));
      return read;
    };
    hub.clock.set('2026-12-01T01:00:01.000Z');
    await hub.watch();
    expect(owedIn(hub)).toBeUndefined();
    isQuick = false;
    await hub.watch();
    expect(owedIn(hub)?.[0]).toBe('sign quality 2026-12-08');
  });

  test('that fails comes again later and keeps no other from its turn', async () => {
    const hub = aHub();
    const other = anId(2);
    hub.act(anAgreement(), anAgreement({ agreementId: other }));
    hub.facts.agreement = async (id) => {
      if (id === agreementId) throw new Error('the table does not answer');
      return hub.facts.agreements.get(id);
    };
    await hub.watch();
    expect([owedIn(hub), owedIn(hub, other)?.length]).toEqual([undefined, 1]);
    expect(hub.owings.watches.get(agreementId)?.at).toBe('2026-12-01T01:05:00.000Z');
    expect(hub.log.lines.filter(({ level }) => level === 'error')).toMatchObject([
      { message: 'duties not looked at', about: { agreementId } },
    ]);
  });
});

describe('reminders', () => {
  test('are committed with the look, each once, whatever is repeated', async () => {
    const hub = aHub();
    hub.act(anAgreement());
    for (const day of ['2026-12-09', '2026-12-10', '2026-12-11', '2026-12-15', '2026-12-16', '2026-12-22']) {
      await hub.dawn(day);
      hub.act(hub.facts.agreements.get(agreementId)!);
      await hub.watch();
    }
    expect(hub.told).toEqual([
      '2026-12-15 reminder reply-to-request quality',
      '2026-12-15 due reply-to-request quality',
      '2026-12-15 overdue reply-to-request quality',
      '2026-12-15 overdue reply-to-request tax',
      '2026-12-15 escalated reply-to-request eitc',
    ]);
    expect(new Set(hub.owings.notices.map(({ notice }) => notice.noticeId)).size).toBe(5);
  });

  test('say which duty, until when and where to read on: ids and dates only', async () => {
    const hub = aHub();
    hub.act(anAgreement());
    await hub.dawn('2026-12-10');
    const [{ to, notice }] = hub.owings.notices as [(typeof hub.owings.notices)[number]];
    expect(to).toBe('quality');
    expect(EventNotice.parse(notice)).toEqual({
      type: 'duty',
      noticeId: notice.noticeId,
      event: 'reminder',
      at: '2026-12-09T16:00:00.000Z',
      agreementId,
      resourceId: 'legal-entities',
      duty: 'reply-to-request',
      due: '2026-12-15',
      path: `/v1/agreements/${agreementId}/duties`,
    });
  });

  test('have the ids that a look had which died before it was kept', async () => {
    const hub = aHub();
    hub.act(anAgreement());
    const looks: string[][] = [];
    hub.owings.keep = async ({ notices }) => {
      looks.push(notices.map(({ notice }) => notice.noticeId));
      throw new Error('died');
    };
    await hub.dawn('2026-12-10');
    hub.clock.set('2026-12-09T16:05:00.000Z');
    await hub.watch();
    expect(looks[0]).toHaveLength(1);
    expect(looks[1]).toEqual(looks[0]);
  });

  test('of a demand go to each debtor, and to the demander once', async () => {
    const hub = aHub();
    hub.act(aStoredDemand());
    await hub.dawn('2026-12-16');
    expect(hub.told).toEqual([
      '2026-12-15 overdue answer-demand housing',
      '2026-12-15 overdue answer-demand emergency',
      '2026-12-15 overdue answer-demand planning',
    ]);
    expect(hub.owings.notices[0]?.notice.path).toBe(`/v1/demands/${demandId}`);
  });

  test('cease with the act that fulfils the duty', async () => {
    const hub = aHub();
    hub.act(aStoredDemand());
    await hub.watch();
    hub.act(aStoredDemand({ state: 'matched' }));
    await hub.dawn('2026-12-16');
    expect(hub.told).toEqual([]);
    expect(hub.owings.watches.size).toBe(0);
  });
});

test('what is overdue, and datasets that did not come, are counted once', async () => {
  const hub = aHub();
  Object.assign(hub.facts.told, { delivered: true, datasetAt: hub.clock.now() });
  hub.act(anAgreement({ state: 'active' }), anAgreement({ agreementId: anId(2), consumer: department('press') }));
  for (const day of ['2026-12-03', '2026-12-04', '2026-12-05', '2026-12-16', '2026-12-17']) await hub.dawn(day);
  expect(hub.metrics.counts).toMatchObject({ ProvisionsMissed: 1, DutiesOverdue: 2 });
});
