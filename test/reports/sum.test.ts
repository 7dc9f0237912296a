import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { amountsOf } from '../../functions/reports/domain/amounts.ts';
import type { Piece } from '../../functions/reports/domain/piece.ts';
import { rowsBy, totalOf } from '../../functions/reports/domain/report.ts';
import { department } from '../support/builders.ts';
import { anEvidence } from './an-evidence.ts';

const figures = fc
  .tuple(fc.nat({ max: 1000 }), fc.nat({ max: 1000 }))
  .map(([accepted, rejected]) => ({ read: accepted + rejected, accepted, rejected }));

/** An upload's way: in force; refused by its records; good and superseded; held and declined; not read at all. */
const upload = fc.oneof(
  fc.record({ act: fc.constant('upload-accepted' as const), figures }),
  fc.record({ act: fc.constant('upload-refused' as const), figures }),
  fc.record({
    act: fc.constantFrom('upload-refused' as const, 'upload-declined' as const),
    figures: fc.constant(undefined),
  }),
);

/** As counters have it that were counted when rejected records were counted for themselves. */
const counted = figures.map(({ read, rejected }) => ({ recordsRead: read, recordsRejected: rejected }));

test('in whatever becomes of uploads, records read are those accepted and those rejected, in total and in every row', () => {
  const provider = fc.constantFrom('quality', 'housing');
  const piece = fc.tuple(provider, fc.constantFrom('2026-11', '2026-12'), fc.oneof(upload, counted));
  fc.assert(
    fc.property(fc.array(piece), (history) => {
      const pieces = history.map(([by, month, one]): Piece => ({
        month,
        place: { provider: department(by) },
        figures: 'act' in one ? amountsOf(anEvidence(one.act, one)) : one,
      }));
      const rows = (['month', 'provider'] as const).flatMap((by) => rowsBy(pieces, by).map(({ row }) => row));
      for (const { recordsRead, recordsAccepted, recordsRejected } of [totalOf(pieces), ...rows])
        expect(recordsAccepted + recordsRejected).toBe(recordsRead);
    }),
  );
});

test('a superseded upload’s good records are read and not accepted', () => {
  const read = { read: 10, accepted: 8, rejected: 2 };
  const pieces = (['upload-accepted', 'upload-refused'] as const).map((act): Piece => ({
    month: '2026-12',
    place: { provider: department('quality') },
    figures: amountsOf(anEvidence(act, { figures: read })),
  }));
  expect(totalOf(pieces)).toMatchObject({ recordsRead: 20, recordsAccepted: 8, recordsRejected: 12 });
});
