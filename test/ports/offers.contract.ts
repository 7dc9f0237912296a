import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StandingOffers } from '../../functions/agreements/offers/ports.ts';
import type { Schemes } from '../../functions/agreements/schemes/ports.ts';
import type { Answers } from '../../functions/kernel/ports.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { SchemeId } from '../../schemas/contracts/ids.ts';
import { Offer } from '../../schemas/contracts/offers.ts';
import type { StoredScheme } from '../../schemas/stored/agreements.ts';
import { anId, department, instant, resource, sha256 } from '../support/builders.ts';

export interface OfferStore {
  readonly offers: StandingOffers;
  readonly schemes: Schemes;
  readonly answers: Answers;
  close(): Promise<void>;
}

let made = 0;
const nextId = () => anId(++made);
const nextSchemeId = () => anId(++made) as string as SchemeId;
const anOffer = (changes: Partial<Offer> = {}): Offer =>
  Offer.parse({
    resourceId: `offered-${++made}`,
    provider: 'quality',
    resourceVersion: 1,
    statedAt: instant,
    fields: ['name', '𠮷'],
    mask: { name: 'first1' },
    maxDays: 30,
    maxRetainDays: 30,
    ...changes,
  });
const evidence = (act: Evidence['act']): Evidence => ({
  evidenceId: nextId(),
  at: instant,
  act,
  actor: { department: department('quality'), session: 'clerk-7' },
  subject: {},
  digests: {},
});
const anAnswer = (key: string): StoredAnswer => ({
  department: department('quality'),
  routeId: 'withdrawOffer',
  key,
  requestDigest: 'digest',
  status: 200,
  body: '{}',
  expires: 4_000_000_000,
});
const aScheme = (changes: Partial<StoredScheme> = {}): StoredScheme => ({
  schemeId: nextSchemeId(),
  name: '应急',
  consumer: department('emergency'),
  startedAt: instant,
  digest: sha256,
  parts: [{ resourceId: resource('buildings'), agreementId: nextId() }],
  ...changes,
});

/** What every store of standing offers and schemes promises. */
export function offersContract(name: string, open: () => Promise<OfferStore>): void {
  describe(`offers and schemes on ${name}`, () => {
    let store: OfferStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());
    const isKept = async (key: string) =>
      (await store.answers.find(department('quality'), 'withdrawOffer', key)) !== undefined;

    test('an offer comes back as it was stated, the newest in the place of all others', async () => {
      const offer = anOffer();
      expect(await store.offers.find(offer.resourceId)).toBeUndefined();
      await store.offers.state(offer, evidence('offer-stated'));
      expect(await store.offers.find(offer.resourceId)).toEqual(offer);
      const other = { ...offer, maxDays: 60, statedAt: '2026-12-02T01:00:00.000Z' };
      await store.offers.state(other, evidence('offer-stated'));
      expect(await store.offers.find(offer.resourceId)).toEqual(other);
    });
    test('an offer that was read is withdrawn, with the answer, once', async () => {
      const offer = anOffer();
      await store.offers.state(offer, evidence('offer-stated'));
      const key = `withdrawn-${offer.resourceId}`;
      expect(await store.offers.withdraw(offer, evidence('offer-withdrawn'), anAnswer(key))).toBe(true);
      expect(await store.offers.find(offer.resourceId)).toBeUndefined();
      expect(await isKept(key)).toBe(true);
      expect(await store.offers.withdraw(offer, evidence('offer-withdrawn'), undefined)).toBe(false);
    });
    test('an offer that took its place meanwhile stays', async () => {
      const offer = anOffer();
      const newer = { ...offer, statedAt: '2026-12-02T01:00:00.000Z' };
      await store.offers.state(newer, evidence('offer-stated'));
      const key = `stale-${offer.resourceId}`;
      expect(await store.offers.withdraw(offer, evidence('offer-withdrawn'), anAnswer(key))).toBe(false);
      expect(await store.offers.find(offer.resourceId)).toEqual(newer);
      expect(await isKept(key)).toBe(false);
    });

    test('a scheme is begun once, whoever begins it again', async () => {
      const scheme = aScheme();
      expect(await store.schemes.find(scheme.schemeId)).toBeUndefined();
      expect(await store.schemes.begin(scheme)).toEqual(scheme);
      expect(await store.schemes.begin({ ...scheme, name: 'another' })).toEqual(scheme);
      expect(await store.schemes.find(scheme.schemeId)).toEqual(scheme);
    });
    test('a scheme that says who proposed it, and for whom, is found as it was', async () => {
      const scheme = aScheme({
        proposedBy: department('emergency'),
        parts: [
          { resourceId: resource('sites'), agreementId: nextId() },
          { resourceId: resource('sites'), consumer: department('district-xicheng'), agreementId: nextId() },
        ],
      });
      await store.schemes.begin(scheme);
      expect(await store.schemes.find(scheme.schemeId)).toEqual(scheme);
    });
    test('a scheme is concluded with what came of it and its answer, or not at all', async () => {
      const scheme = aScheme();
      await store.schemes.begin(scheme);
      const [part] = scheme.parts;
      const concluded = {
        ...scheme,
        parts: [{ ...part!, refusal: { code: 'invalid-terms', detail: 'x', violations: [] } }],
      };
      const key = `concluded-${scheme.schemeId}`;
      expect(await store.schemes.conclude(concluded, anAnswer(key))).toBe(true);
      expect(await store.schemes.find(scheme.schemeId)).toEqual(concluded);
      expect(await store.schemes.conclude(scheme, anAnswer(key))).toBe(false);
      expect(await store.schemes.find(scheme.schemeId)).toEqual(concluded);
    });
    test('of two answers with one key the first is kept', async () => {
      const key = `kept-${nextId()}`;
      expect(await store.schemes.keepAnswer(anAnswer(key))).toBe(true);
      expect(await store.schemes.keepAnswer(anAnswer(key))).toBe(false);
    });
  });
}
