import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Look, Owings, View } from '../../functions/duties/ports.ts';
import type { DepartmentId } from '../../schemas/contracts/ids.ts';
import type { StoredDuty, StoredDuties, StoredWatch } from '../../schemas/stored/duties.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import { noticeTo } from '../../functions/kernel/notice.ts';
import { anId, department, instant } from '../support/builders.ts';

export interface OwingsStore {
  readonly owings: Owings;
  /** As an act on an agreement or a demand does. */
  watch(watch: StoredWatch): Promise<void>;
  /** Whether a notice was committed. */
  committed(notice: OutgoingNotice): Promise<boolean>;
}

let made = 0;
const later = '2026-12-01T16:00:00.000Z';

/** Whose store this is must not matter: every test has departments of its own. */
const aCity = () => {
  made += 1;
  return {
    agreementId: anId(40_000 + made),
    debtor: department(`debtor-${made}`),
    creditor: department(`creditor-${made}`),
  };
};
type City = ReturnType<typeof aCity>;

const aDuty = ({ agreementId, debtor, creditor }: City, changes: Partial<StoredDuty> = {}): StoredDuty => ({
  duty: 'reply-to-request',
  by: debtor,
  to: [creditor],
  about: { agreementId },
  since: '2026-12-01',
  due: '2026-12-15',
  binding: true,
  source: 'a rule',
  ...changes,
});

const aReminder = (to: DepartmentId, agreementId: City['agreementId']): OutgoingNotice =>
  noticeTo(to, [agreementId], {
    type: 'duty',
    event: 'due',
    at: instant,
    duty: 'reply-to-request',
    due: '2026-12-15',
    agreementId,
    path: '/v1',
  });

/** What every store of owings promises. */
export function owingsContract(open: () => Promise<OwingsStore>): void {
  let store: OwingsStore;
  beforeAll(async () => {
    store = await open();
  });
  const watchOf = ({ agreementId }: City, nextAt = instant): StoredWatch => ({ agreementId, nextAt });
  const owed = ({ agreementId }: City, ...duties: StoredDuty[]): StoredDuties => ({
    agreementId,
    duties,
    receivedUpTo: 0,
  });
  const look = async (city: City, after: StoredDuties | undefined, more: Partial<Look> = {}): Promise<boolean> => {
    const watch = watchOf(city);
    await store.watch(watch);
    return store.owings.keep({
      watch,
      before: await store.owings.find(watch),
      after,
      nextAt: after && later,
      notices: [],
      ...more,
    });
  };
  const list = async (view: View, query: Partial<Parameters<Owings['page']>[1]> = {}) =>
    (await store.owings.page(view, { limit: 50, ...query })).items.map(({ duty, due }) => `${due} ${duty}`);
  const watched = async (city: City, until: string) => {
    for await (const watch of store.owings.due(until)) if (watch.agreementId === city.agreementId) return watch;
    return undefined;
  };

  describe('a look', () => {
    test('is kept, listed under debtor and creditor, and comes again at its time', async () => {
      const city = aCity();
      expect(await look(city, owed(city, aDuty(city, { told: '2026-12-01' })))).toBe(true);
      expect((await store.owings.find(watchOf(city)))?.value).toEqual(owed(city, aDuty(city, { told: '2026-12-01' })));
      expect(await list({ of: 'debtor', department: city.debtor })).toEqual(['2026-12-15 reply-to-request']);
      expect(await list({ of: 'creditor', department: city.creditor })).toEqual(['2026-12-15 reply-to-request']);
      expect(await list({ of: 'debtor', department: city.creditor })).toEqual([]);
      expect(await watched(city, instant)).toBeUndefined();
      expect(await watched(city, later)).toEqual(watchOf(city, later));
    });

    test('replaces what the one before found', async () => {
      const city = aCity();
      await look(city, owed(city, aDuty(city), aDuty(city, { duty: 'sign', due: '2026-12-08' })));
      await look(city, owed(city, aDuty(city, { duty: 'sign', due: '2026-12-08' })));
      expect(await list({ of: 'debtor', department: city.debtor })).toEqual(['2026-12-08 sign']);
      expect(await list({ of: 'creditor', department: city.creditor })).toEqual(['2026-12-08 sign']);
    });

    test('that finds nothing to be owed ever again leaves nothing', async () => {
      const city = aCity();
      await look(city, owed(city, aDuty(city)));
      expect(await look(city, undefined)).toBe(true);
      expect(await store.owings.find(watchOf(city))).toBeUndefined();
      expect(await list({ of: 'debtor', department: city.debtor })).toEqual([]);
      expect(await watched(city, later)).toBeUndefined();
    });

    test('commits its notices', async () => {
      const city = aCity();
      const notice = aReminder(city.debtor, city.agreementId);
      await look(city, owed(city, aDuty(city)), { notices: [notice] });
      expect(await store.committed(notice)).toBe(true);
    });

    test.each<[string, (city: City) => Partial<Look>]>([
      ['when somebody acted meanwhile', (city) => ({ watch: watchOf(city, '2026-12-01T00:59:59.000Z') })],
      ['when another look was kept meanwhile', (city) => ({ before: { value: owed(city), revision: 7 } })],
    ])('is not kept %s, nor are its notices', async (_case, more) => {
      const city = aCity();
      const notice = aReminder(city.debtor, city.agreementId);
      expect(await look(city, owed(city, aDuty(city)), { notices: [notice], ...more(city) })).toBe(false);
      expect(await list({ of: 'debtor', department: city.debtor })).toEqual([]);
      expect(await store.committed(notice)).toBe(false);
    });

    test('can be postponed, unless somebody acted meanwhile', async () => {
      const city = aCity();
      await store.watch(watchOf(city));
      await store.owings.postpone(watchOf(city), later);
      expect(await watched(city, instant)).toBeUndefined();
      expect(await watched(city, later)).toEqual(watchOf(city));
      const acted = '2026-12-01T02:00:00.000Z';
      await store.watch(watchOf(city, acted));
      await store.owings.postpone(watchOf(city), later);
      expect(await watched(city, acted)).toEqual(watchOf(city, acted));
    });

    test('at a demand with forty debtors is kept, each of them told', async () => {
      const city = aCity();
      const demandId = city.agreementId as never;
      const watch = { demandId, nextAt: instant };
      const debtors = Array.from({ length: 40 }, (_, index) => department(`asked-${made}-${index}`));
      const duties = debtors.map((by) => aDuty(city, { by, duty: 'answer-demand', about: { demandId } }));
      const notices = debtors.map((to) => aReminder(to, demandId));
      await store.watch(watch);
      const after = { demandId, duties, receivedUpTo: 0 };
      expect(await store.owings.keep({ watch, before: undefined, after, nextAt: later, notices })).toBe(true);
      expect(await list({ of: 'creditor', department: city.creditor })).toHaveLength(40);
      expect(await Promise.all(notices.map((notice) => store.committed(notice)))).not.toContain(false);
    });

    test('at a demand with forty debtors is listed nowhere where it is not kept', async () => {
      const city = aCity();
      const demandId = city.agreementId as never;
      const debtors = Array.from({ length: 40 }, (_, index) => department(`asked-${made}-${index}`));
      const duties = debtors.map((by) => aDuty(city, { by, duty: 'answer-demand', about: { demandId } }));
      const notices = debtors.map((to) => aReminder(to, demandId));
      await store.watch({ demandId, nextAt: later });
      const watch = { demandId, nextAt: instant };
      const after = { demandId, duties, receivedUpTo: 0 };
      expect(await store.owings.keep({ watch, before: undefined, after, nextAt: later, notices })).toBe(false);
      expect(await list({ of: 'creditor', department: city.creditor })).toEqual([]);
      expect(await list({ of: 'debtor', department: debtors[0]! })).toEqual([]);
    });
  });

  describe('a list', () => {
    const days = ['2026-12-20', '2026-12-03', '2026-12-11', '2026-12-07'];
    const full = async () => {
      const city = aCity();
      const duties = ['sign', 'reply-to-request', 'provide', 'receive'] as const;
      await look(city, owed(city, ...days.map((due, index) => aDuty(city, { due, duty: duties[index]! }))));
      return city;
    };

    test('is in order of the last day, whole, page by page', async () => {
      const { debtor } = await full();
      const pages: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.owings.page({ of: 'debtor', department: debtor }, { limit: 3, cursor });
        pages.push(...page.items.map(({ due }) => due));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(pages).toEqual(days.toSorted());
    });

    test('is narrowed by agreement, duty and day', async () => {
      const { debtor, agreementId } = await full();
      const mine = { of: 'debtor', department: debtor } as const;
      expect(await list(mine, { duty: 'provide' })).toEqual(['2026-12-11 provide']);
      expect(await list(mine, { dueBefore: '2026-12-07' })).toEqual(['2026-12-03 reply-to-request']);
      expect(await list(mine, { agreementId })).toHaveLength(4);
      expect(await list(mine, { agreementId: anId(1) })).toEqual([]);
    });

    test('of everybody has every debtor’s, in order, page by page', async () => {
      const { agreementId } = await full();
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.owings.page({ of: 'everybody' }, { limit: 2, cursor, agreementId });
        found.push(...page.items.map(({ due }) => due));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(found).toEqual(days.toSorted());
    });
  });
}
