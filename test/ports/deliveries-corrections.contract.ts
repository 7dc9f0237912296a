import { beforeEach, describe, expect, test } from '@jest/globals';
import { correctionAct } from '../../functions/delivery/corrections/correction-act.ts';
import { reported } from '../../functions/delivery/domain/corrections.ts';
import { planDelivery } from '../../functions/delivery/domain/plan.ts';
import type { CorrectionAct, Corrections } from '../../functions/delivery/ports.ts';
import type { StoredCorrection } from '../../schemas/stored/delivery.ts';
import type { CorrectionId, NoticeId } from '../../schemas/contracts/ids.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import { aDefinition, aStoredDataset, anAgreement, anId, department, instant, resource } from '../support/builders.ts';

export interface CorrectionStores {
  readonly corrections: Corrections;
  evidence(id: string): Promise<Evidence | undefined>;
  notice(id: NoticeId): Promise<OutgoingNotice | undefined>;
}

const { schema } = aDefinition();
let drawn = 0;
const fresh = () => anId(70_000 + ++drawn) as string as CorrectionId;
const ports = { clock: { now: () => instant }, ids: { next: () => fresh() as string } };
const later = '2026-12-02T01:00:00.000Z';

/** What every implementation of the corrections' store does alike. */
export function correctionsContract(setUp: () => Promise<CorrectionStores>): void {
  let stores: CorrectionStores;
  let number: number;
  const parties = () => ({
    consumer: department(`reporter-${number}`),
    provider: department(`corrector-${number}`),
    resourceId: resource(`corrected-${number}`),
  });

  const aCorrection = (changes: Partial<StoredCorrection> = {}): StoredCorrection => {
    const agreement = anAgreement({ state: 'active', ...parties() });
    const dataset = aStoredDataset({ resourceId: agreement.resourceId });
    const delivery = planDelivery(agreement, dataset, { pinned: schema, actual: schema }, instant);
    const report = { key: { org_code: '00251805-7' }, field: 'name', reason: 'wrong', words: 'it is another' } as const;
    return { ...reported(fresh(), delivery, report, instant), ...changes };
  };
  const act = (correction: StoredCorrection, answer?: CorrectionAct['answer']): CorrectionAct =>
    correctionAct(ports, correction, { department: correction.consumer, session: 'clerk-7' }, answer);
  const answered = (correction: StoredCorrection, awaitedAfter?: number): StoredCorrection => ({
    ...correction,
    state: 'answered',
    answer: { at: later, decision: awaitedAfter === undefined ? 'unclear' : 'will-correct', words: 'we look it up' },
    ...(awaitedAfter !== undefined && { awaitedAfter }),
  });
  const awaiting = async () => {
    const ids: string[] = [];
    for await (const id of stores.corrections.awaiting(parties().resourceId)) ids.push(id);
    return ids;
  };

  beforeEach(async () => {
    stores = await setUp();
    number = ++drawn;
  });

  describe('a correction', () => {
    test('is stored as it is, with evidence and notices', async () => {
      const correction = aCorrection();
      const reporting = act(correction);
      expect(await stores.corrections.report(reporting)).toBe(true);
      expect(await stores.corrections.find(correction.correctionId)).toEqual({ value: correction, revision: 1 });
      expect(await stores.evidence(reporting.evidence.evidenceId)).toEqual(reporting.evidence);
      expect(reporting.notices).toHaveLength(1);
      for (const told of reporting.notices) expect(await stores.notice(told.notice.noticeId)).toEqual(told);
      expect(await awaiting()).toEqual([]);
    });
    test('whose answer was given to another call is not stored', async () => {
      const answer = {
        department: parties().consumer,
        routeId: 'reportCorrection',
        key: fresh(),
        requestDigest: 'd',
        status: 201,
        body: '{}',
        expires: 1_900_000_000,
      };
      expect(await stores.corrections.report(act(aCorrection(), answer))).toBe(true);
      const second = aCorrection();
      expect(await stores.corrections.report(act(second, answer))).toBe(false);
      expect(await stores.corrections.find(second.correctionId)).toBeUndefined();
    });
    test('moves on once from each revision', async () => {
      const correction = aCorrection();
      await stores.corrections.report(act(correction));
      const moved = await Promise.all([1, 2, 3].map(() => stores.corrections.replace(act(answered(correction, 4)), 1)));
      expect(moved.filter(Boolean)).toHaveLength(1);
      expect(await stores.corrections.find(correction.correctionId)).toEqual({
        value: answered(correction, 4),
        revision: 2,
      });
    });
    test('is awaited from the promise to the end', async () => {
      const [promised, unclear] = [aCorrection(), aCorrection()];
      for (const one of [promised, unclear]) await stores.corrections.report(act(one));
      await stores.corrections.replace(act(answered(promised, 4)), 1);
      await stores.corrections.replace(act(answered(unclear)), 1);
      expect(await awaiting()).toEqual([promised.correctionId]);
      const { awaitedAfter: _awaited, ...rest } = answered(promised, 4);
      await stores.corrections.replace(
        act({ ...rest, state: 'closed', closedAt: later, closedByDatasetVersion: 5 }),
        2,
      );
      expect(await awaiting()).toEqual([]);
    });
    test('that nobody reported is not found', async () => {
      expect(await stores.corrections.find(fresh())).toBeUndefined();
      expect(await awaiting()).toEqual([]);
    });
  });

  test('the list of each party is complete and without repeats, by role and state, as it is now', async () => {
    const all: StoredCorrection[] = [];
    for (let count = 0; count < 7; count++) {
      all.push(aCorrection());
      await stores.corrections.report(act(all.at(-1)!));
    }
    for (const index of [1, 4]) await stores.corrections.replace(act(answered(all[index]!)), 1);
    const ids = all.map(({ correctionId }) => correctionId);
    const walk = async (as: StoredCorrection['consumer'], limit: number, query: object = {}) => {
      const seen: string[] = [];
      for (let cursor: string | undefined, pages = 0; pages < 20; pages++) {
        const page = await stores.corrections.listOf(as, { limit, ...query, ...(cursor !== undefined && { cursor }) });
        seen.push(...page.items.map(({ correctionId }) => correctionId));
        if (page.cursor === undefined) return seen;
        cursor = page.cursor;
      }
      throw new Error('the list does not end');
    };
    const { consumer, provider } = parties();
    for (const limit of [1, 2, 3, 7, 50]) {
      expect(await walk(consumer, limit)).toEqual(ids);
      expect(await walk(provider, limit, { role: 'provider' })).toEqual(ids);
      expect(await walk(provider, limit, { role: 'consumer' })).toEqual([]);
      expect(await walk(consumer, limit, { state: 'answered' })).toEqual([ids[1], ids[4]]);
      expect(await walk(consumer, limit, { role: 'consumer', state: 'open' })).toHaveLength(5);
    }
    expect(await walk(department('stranger'), 50)).toEqual([]);
  });
}
