import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { StoredDemand } from '../../schemas/stored/demands.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import { ThemeId, type DemandId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { Theme, ThemeQuery } from '../../schemas/contracts/themes.ts';
import type { Act, Demands, Themes } from '../../functions/demands/ports.ts';
import { noticeTo } from '../../functions/kernel/notice.ts';
import type { Answers } from '../../functions/kernel/ports.ts';
import { anId, department, instant } from '../support/builders.ts';
import { aDemand, aTheme } from '../demands/a-demand.ts';

export interface DemandStore {
  readonly demands: Demands;
  readonly themes: Themes;
  readonly answers: Answers;
  evidenceOn(id: DemandId): Promise<readonly Evidence[]>;
  /** The notices about a demand that wait to be sent, in no order. */
  noticesOf(id: DemandId): Promise<readonly OutgoingNotice[]>;
  close(): Promise<void>;
}

let made = 0;
const nextId = () => anId(++made) as ReturnType<typeof anId> & DemandId;

const evidenceOf = (subject: Evidence['subject'], act: Evidence['act'] = 'demand-stated'): Evidence => ({
  evidenceId: nextId(),
  at: instant,
  act,
  actor: { department: department('emergency'), session: 'clerk-7' },
  subject,
  digests: {},
});
const actOn = (demand: StoredDemand, more: Partial<Act> = {}): Act => ({
  demand,
  evidence: evidenceOf({ demandId: demand.demandId }),
  notices: [],
  answer: undefined,
  ...more,
});
const anAnswer = (key: string): StoredAnswer => ({
  department: department('emergency'),
  routeId: 'stateDemand',
  key,
  requestDigest: 'digest',
  status: 201,
  body: '{}',
  expires: 4_000_000_000,
});

/** What every store of themes and demands promises. */
export function demandsContract(name: string, open: () => Promise<DemandStore>): void {
  describe(`demands on ${name}`, () => {
    let store: DemandStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());
    const added = async (changes: Partial<StoredDemand> = {}) => {
      const demand = aDemand({ demandId: nextId(), themeId: undefined, ...changes });
      expect(await store.demands.add(actOn(demand))).toBe('added');
      return demand;
    };
    const defined = async (changes: Partial<Theme> = {}) => {
      const theme = aTheme({ themeId: ThemeId.parse(`theme-${++made}`), ...changes });
      expect(await store.themes.define(theme, evidenceOf({ themeId: theme.themeId }, 'theme-defined'), 0)).toBe(true);
      return theme;
    };
    const idsOf = async (list: AsyncIterable<StoredDemand>) => {
      const ids: string[] = [];
      for await (const { demandId } of list) ids.push(demandId);
      return ids;
    };

    describe('a theme', () => {
      test('comes back as it was defined, and as it is defined anew', async () => {
        const theme = await defined();
        expect(await store.themes.find(theme.themeId)).toEqual({ value: theme, revision: 1 });
        const { nameEn: _nameEn, ...next } = { ...theme, purpose: '防汛', members: [] };
        expect(await store.themes.define(next, evidenceOf({ themeId: theme.themeId }, 'theme-defined'), 1)).toBe(true);
        expect(await store.themes.find(theme.themeId)).toEqual({ value: next, revision: 2 });
      });
      test('is not defined on top of what somebody else has said', async () => {
        const theme = await defined();
        for (const revision of [0, 2])
          expect(await store.themes.define(theme, evidenceOf({}, 'theme-defined'), revision)).toBe(false);
      });
      test('is listed once, in order, in pages of any size', async () => {
        const member = department('landscaping');
        const themes = [await defined({ members: [member] }), await defined(), await defined({ lead: member })];
        const wanted = themes.filter(({ lead, members }) => lead === member || members.includes(member));
        for (const limit of [1, 2, 50]) {
          const seen: string[] = [];
          for (let cursor: string | undefined, pages = 0; pages < 9; pages++) {
            const query: ThemeQuery = { limit, member, cursor };
            const page = await store.themes.list(query);
            seen.push(...page.items.map(({ themeId }) => themeId));
            cursor = page.cursor;
            if (cursor === undefined) break;
          }
          expect(seen).toEqual(wanted.map(({ themeId }) => themeId).toSorted());
        }
      });
    });

    describe('a demand', () => {
      test('that nobody stated is not found', async () => {
        expect(await store.demands.find(nextId())).toBeUndefined();
      });
      test.each<[string, Partial<StoredDemand>]>([
        ['with everything', { description: '说明"\n𠮷', neededBy: '2026-12-31', state: 'matched' }],
        ['with nothing but a description', { fields: [], from: [], description: '危险源' }],
        ['that was withdrawn', { state: 'withdrawn', withdrawal: { at: instant } }],
      ])('%s comes back as it was stated', async (_, changes) => {
        const demand = await added(changes);
        expect((await store.demands.find(demand.demandId))?.value).toEqual(demand);
      });
      test('is replaced by whoever names the revision that is there', async () => {
        const demand = await added();
        const next = { ...demand, state: 'withdrawn' as const };
        expect(await store.demands.replace(actOn(next), 1)).toBe(true);
        expect(await store.demands.replace(actOn(demand), 1)).toBe(false);
        expect(await store.demands.find(demand.demandId)).toEqual({ value: next, revision: 2 });
        expect(await store.evidenceOn(demand.demandId)).toHaveLength(2);
      });
      test('commits with evidence, answer and notices, or not at all', async () => {
        const answer = anAnswer(`key-${++made}`);
        const demand = aDemand({ demandId: nextId(), themeId: undefined });
        const notice = noticeTo(department('quality'), [demand.demandId], {
          type: 'demand',
          event: 'stated',
          at: instant,
          by: demand.demander,
          demandId: demand.demandId,
          state: demand.state,
          path: `/v1/demands/${demand.demandId}`,
        });
        expect(await store.demands.add(actOn(demand, { answer, notices: [notice] }))).toBe('added');
        expect(await store.answers.find(answer.department, answer.routeId, answer.key)).toEqual(answer);
        expect(await store.noticesOf(demand.demandId)).toEqual([notice]);
        const other = aDemand({ demandId: nextId(), themeId: undefined });
        expect(await store.demands.add(actOn(other, { answer }))).toBe('taken');
        expect(await store.demands.find(other.demandId)).toBeUndefined();
        expect(await store.evidenceOn(other.demandId)).toEqual([]);
        expect(await store.demands.replace(actOn(demand, { answer }), 1)).toBe(false);
      });
      test('keeps the answer of a call that changed nothing', async () => {
        const answer = anAnswer(`key-${++made}`);
        expect(await store.demands.remember(undefined)).toBe(true);
        expect(await store.demands.remember(answer)).toBe(true);
        expect(await store.demands.remember(answer)).toBe(false);
        expect(await store.answers.find(answer.department, answer.routeId, answer.key)).toEqual(answer);
      });
    });

    describe('lists', () => {
      const own: StoredDemand[] = [];
      let theme: Theme;
      beforeAll(async () => {
        theme = await defined();
        for (let number = 0; number < 30; number++) {
          own.push(
            await added({
              demander: department(number % 2 ? 'housing' : 'planning'),
              from: number % 3 ? [] : [department('culture')],
              ...(number % 5 === 0 && { themeId: theme.themeId }),
            }),
          );
        }
      });
      const expected = (wanted: (demand: StoredDemand) => boolean) =>
        own.filter(wanted).map(({ demandId }) => demandId as string);

      test('hold what a department stated or is asked for, in order, from anywhere on', async () => {
        const asked = expected(({ from }) => from.length > 0);
        expect(await idsOf(store.demands.ofParty(department('culture')))).toEqual(asked);
        expect(await idsOf(store.demands.ofParty(department('culture'), asked[3]))).toEqual(asked.slice(4));
        expect(await idsOf(store.demands.ofParty(department('housing')))).toEqual(
          expected(({ demander }) => demander === 'housing'),
        );
      });
      test('hold what is in a theme', async () => {
        const inTheme = expected(({ themeId }) => themeId === theme.themeId);
        expect(await idsOf(store.demands.ofTheme(theme.themeId))).toEqual(inTheme);
        expect(await idsOf(store.demands.ofTheme(theme.themeId, inTheme[0]))).toEqual(inTheme.slice(1));
        expect(await idsOf(store.demands.ofTheme(ThemeId.parse('no-such')))).toEqual([]);
      });
      test('hold everything', async () => {
        const all = await idsOf(store.demands.all());
        expect(all).toEqual(all.toSorted());
        expect(all).toEqual(expect.arrayContaining(expected(() => true)));
        expect(await idsOf(store.demands.all(all.at(-2)))).toEqual(all.slice(-1));
      });
    });
  });
}
