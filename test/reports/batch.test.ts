import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { askedOf } from '../../functions/reports/domain/asked.ts';
import { inBatches, together, type Counted } from '../../functions/reports/domain/batch.ts';
import { countersOf } from '../../functions/reports/domain/counters.ts';
import { joinedUses, useOf } from '../../functions/reports/domain/uses.ts';
import type { StoredUse } from '../../schemas/stored/reports.ts';
import { anId, department } from '../support/builders.ts';
import { aDelivered } from './an-evidence.ts';

const consumers = ['tax', 'press', 'health', 'housing', 'culture', 'planning'].map(department);
const counted = (number: number, consumer: number): Counted => {
  const evidence = aDelivered('delivery-released', {
    number,
    dataset: number,
    consumer: consumers[consumer % consumers.length]!,
  });
  const facts = { provider: department('quality'), themes: ['economy'] };
  return {
    evidenceId: evidence.evidenceId,
    kin: evidence.subject.consumer ?? '',
    counters: countersOf(evidence, facts, 'Asia/Shanghai'),
    use: useOf(evidence),
    asked: askedOf(evidence, 'Asia/Shanghai'),
  };
};

const cut = async (items: readonly Counted[]) => {
  async function* source() {
    yield* items;
  }
  const pieces: (readonly Counted[])[] = [];
  for await (const piece of inBatches(source())) pieces.push(piece);
  return pieces;
};

test('every piece fits into one transaction, and all of them together are what came, that of one consumer in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 5 }), { maxLength: 120 }), async (to) => {
      const items = to.map((consumer, index) => counted(index + 1, consumer));
      const pieces = await cut(items);
      const cutUp = pieces.flat();
      expect(cutUp).toHaveLength(items.length);
      for (const consumer of consumers)
        expect(cutUp.filter(({ kin }) => kin === consumer)).toEqual(items.filter(({ kin }) => kin === consumer));
      for (const piece of pieces) {
        const { evidence, counters, uses } = together(piece);
        expect(evidence.length + counters.size + uses.size).toBeLessThanOrEqual(100);
        expect(piece.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 40 },
  );
});

test('what goes to one consumer shares its counters, so that dozens fit into one transaction, also where consumers take turns', async () => {
  const pieces = await cut(Array.from({ length: 600 }, (_, index) => counted(index + 1, index % consumers.length)));
  expect(pieces.length).toBeLessThanOrEqual(16);
});

test('together, a counter is the sum of what each adds to it', () => {
  const { counters } = together([counted(1, 0), counted(2, 0), counted(3, 1)]);
  const figuresOf = (key: string) => counters.get(key)?.figures;
  expect(figuresOf('hub 2026-12 month all')).toEqual({ deliveries: 3, records: 30, bytes: 600, onTime: 3 });
  expect(figuresOf('hub 2026-12 pair quality|tax')).toEqual({ deliveries: 2, records: 20, bytes: 400, onTime: 2 });
  expect(figuresOf('press 2026-12 cell quality|press|legal-entities')).toMatchObject({ deliveries: 1 });
});

test.each<[string, Partial<StoredUse>, Partial<StoredUse>, Partial<StoredUse>]>([
  ['requests add up', { requests: 1 }, { requests: 2 }, { requests: 3 }],
  [
    'the later request counts',
    { fetchedAt: '2026-12-02T00:00:00.000Z', requests: 1 },
    { fetchedAt: '2026-12-01T00:00:00.000Z', requests: 1 },
    { fetchedAt: '2026-12-02T00:00:00.000Z', requests: 2 },
  ],
  [
    'release and receipt stand side by side',
    { releasedAt: '2026-12-01T00:00:00.000Z' },
    { receivedAt: '2026-12-01T01:00:00.000Z' },
    { releasedAt: '2026-12-01T00:00:00.000Z', receivedAt: '2026-12-01T01:00:00.000Z' },
  ],
])('of what is known of one delivery %s', (_, one, other, both) => {
  const of = { agreementId: anId(1), termsVersion: 1, datasetVersion: 1, deliveryId: anId(701), requests: 0 };
  expect(joinedUses({ ...of, ...one }, { ...of, ...other })).toEqual({ ...of, ...both });
  expect(joinedUses({ ...of, ...other }, { ...of, ...one })).toEqual({ ...of, ...both });
});
