import { describe, expect, test } from '@jest/globals';
import type { Duty } from '../../schemas/contracts/duties.ts';
import type { Page } from '../../schemas/contracts/paging.ts';
import { DutyList } from '../../schemas/contracts/duties.ts';
import { anAgreement, anId, department } from '../support/builders.ts';
import { aStoredDemand, inWords } from './cases.ts';
import { aHub } from './hub.ts';

type Query = Readonly<Record<string, string | number>>;

/** Three agreements, one of them between strangers to `tax`, and a demand; looked at on the day of their acts. */
async function aBusyHub() {
  const hub = aHub();
  hub.act(
    anAgreement(),
    anAgreement({ agreementId: anId(2), state: 'signed' }),
    anAgreement({ agreementId: anId(3), consumer: department('press') }),
    aStoredDemand(),
  );
  await hub.watch();
  const list = async (as: string, query: Query = {}) =>
    inWords((await hub.call<Page<Duty>>('listDuties', as, { query })).body.items);
  return { hub, list };
}

describe('the list', () => {
  test.each<[string, string, Query, readonly string[]]>([
    [
      'a department sees what it owes',
      'quality',
      {},
      [
        'reply-to-request quality>tax 2026-12-01..2026-12-15',
        'reply-to-request quality>press 2026-12-01..2026-12-15',
        'first-delivery quality>tax 2026-12-01..2026-12-29',
      ],
    ],
    ['and nothing where it owes nothing', 'tax', {}, []],
    [
      'or what others owe it',
      'tax',
      { side: 'others' },
      [
        'file eitc>quality+tax 2026-12-01..2026-12-08',
        'reply-to-request quality>tax 2026-12-01..2026-12-15',
        'first-delivery quality>tax 2026-12-01..2026-12-29',
      ],
    ],
    ['a stranger sees nothing', 'culture', { side: 'others' }, []],
    ['nor does one that names an agreement', 'culture', { agreementId: anId(1) }, []],
    [
      'a department that was asked sees the demand',
      'housing',
      {},
      ['answer-demand housing>emergency 2026-12-01..2026-12-15'],
    ],
    [
      'the auditor sees everything, of one duty if it likes',
      'auditor',
      { duty: 'reply-to-request' },
      ['reply-to-request quality>tax 2026-12-01..2026-12-15', 'reply-to-request quality>press 2026-12-01..2026-12-15'],
    ],
    [
      'the authority sees its own if it names a side',
      'eitc',
      { side: 'own' },
      ['file eitc>quality+tax 2026-12-01..2026-12-08'],
    ],
    [
      'the duties of one agreement',
      'quality',
      { agreementId: anId(3) },
      ['reply-to-request quality>press 2026-12-01..2026-12-15'],
    ],
    ['nothing is overdue yet', 'eitc', { overdue: 'true' }, []],
  ])('%s', async (_case, as, query, expected) => {
    const { list } = await aBusyHub();
    expect(await list(as, query)).toEqual(expected);
  });

  test('the authority sees everything, in order of the last day, page by page without repeats', async () => {
    const { hub, list } = await aBusyHub();
    const all = await list('eitc');
    expect(all).toHaveLength(6);
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await hub.call<Page<Duty>>('listDuties', 'eitc', {
        query: { limit: 2, ...(cursor !== undefined && { cursor }) },
      });
      pages.push(...inWords(body.items));
      cursor = body.cursor;
    } while (cursor !== undefined);
    expect(pages).toEqual(all);
  });

  test('what is past its last day is overdue, for whoever asks for that alone', async () => {
    const { hub, list } = await aBusyHub();
    hub.clock.set('2026-12-09T01:00:00.000Z');
    expect(await list('auditor', { overdue: 'true' })).toEqual(['file eitc>quality+tax 2026-12-01..2026-12-08!']);
  });

  test('what was fulfilled a moment ago is not listed, before any look', async () => {
    const { hub, list } = await aBusyHub();
    hub.facts.agreements.set(anId(1), { ...anAgreement(), state: 'terminated' });
    expect(await list('quality')).toEqual([
      'reply-to-request quality>press 2026-12-01..2026-12-15',
      'first-delivery quality>tax 2026-12-01..2026-12-29',
    ]);
  });

  test('its answer is as the contract says', async () => {
    const { hub } = await aBusyHub();
    const { status, body } = await hub.call('listDuties', 'auditor');
    expect([status, DutyList.safeParse(body).success]).toEqual([200, true]);
  });

  test.each([
    ['side', { side: 'both' }],
    ['overdue', { overdue: 'false' }],
    ['duty', { duty: 'dancing' }],
    ['agreementId', { agreementId: 'x' }],
  ])('a wrong %s is malformed', async (_name, query) => {
    const { hub } = await aBusyHub();
    expect((await hub.call('listDuties', 'tax', { query })).status).toBe(400);
  });
});

describe('the duties of an agreement', () => {
  const read = (hub: ReturnType<typeof aHub>, as: string, agreementId: string = anId(1)) =>
    hub.call<{ items: Duty[]; code?: string }>('readAgreementDuties', as, { params: { agreementId } });

  test.each(['quality', 'tax', 'eitc', 'auditor'])('are read by %s as of now, without any look', async (as) => {
    const hub = aHub();
    hub.facts.agreements.set(anId(1), anAgreement({ state: 'signed' }));
    const { status, body } = await read(hub, as);
    expect(status).toBe(200);
    expect(inWords(body.items)).toEqual([
      'file eitc>quality+tax 2026-12-01..2026-12-08',
      'first-delivery quality>tax 2026-12-01..2026-12-29',
    ]);
  });

  test('do not exist for a stranger, as those of an agreement that does not exist', async () => {
    const hub = aHub();
    hub.facts.agreements.set(anId(1), anAgreement());
    const [stranger, nobody] = [await read(hub, 'press'), await read(hub, 'tax', anId(9))];
    expect([stranger.status, stranger.body.code]).toEqual([404, 'not-found']);
    expect(nobody.body).toEqual(stranger.body);
  });
});
