import { describe, expect, test } from '@jest/globals';
import { amountsOf, ruleAmountsOf } from '../../functions/reports/domain/amounts.ts';
import { EvidenceAct, type Evidence } from '../../schemas/contracts/evidence.ts';
import { anEvidence } from './an-evidence.ts';

const figures = { read: 10, accepted: 8, rejected: 2, 'rule:type': 1, 'rule:required': 2 };

describe('what an act adds', () => {
  test.each<[Evidence['act'], Evidence['figures'], object]>([
    ['delivery-released', { rows: 5, bytes: 70, lateSeconds: 1 }, { deliveries: 1, records: 5, bytes: 70, onTime: 1 }],
    ['delivery-released', { rows: 0, bytes: 9, lateSeconds: 0 }, { deliveries: 1, bytes: 9, onTime: 1 }],
    ['content-requested', undefined, { contentRequests: 1 }],
    ['receipt-given', undefined, { receipts: 1 }],
    ['upload-accepted', figures, { uploadsAccepted: 1, recordsRead: 10, recordsAccepted: 8 }],
    ['upload-refused', figures, { uploadsRefused: 1, recordsRead: 10 }],
    ['upload-refused', undefined, { uploadsRefused: 1 }],
    ['upload-declined', undefined, { uploadsRefused: 1 }],
    ['definition-published', undefined, { resourcesPublished: 1 }],
    ['resource-retired', undefined, { resourcesRetired: 1 }],
    ['agreement-proposed', undefined, { agreementsProposed: 1 }],
    ['agreement-filed', undefined, { agreementsFiled: 1 }],
    ['agreement-terminated', undefined, { agreementsTerminated: 1 }],
    ['agreement-expired', undefined, { agreementsExpired: 1 }],
    ['correction-reported', undefined, { corrections: 1 }],
    ['looked-up', { keys: 3, found: 2 }, { lookups: 1, keysLookedUp: 3, recordsShown: 2 }],
    ['looked-up', { keys: 1, found: 0 }, { lookups: 1, keysLookedUp: 1 }],
    ['comparison-run', { rows: 9, rejected: 1, hits: 4 }, { comparisons: 1, comparedRows: 9, comparisonHits: 4 }],
    ['comparison-run', { rows: 9, rejected: 1, withheld: 1 }, { comparisons: 1, comparedRows: 9 }],
  ])('%s with %j', (act, given, amounts) => {
    expect(amountsOf(anEvidence(act, { figures: given }))).toEqual(amounts);
  });

  test.each([
    [899, 'onTime'],
    [900, 'onTime'],
    [901, 'late'],
  ])('a delivery that went out %d seconds after it could have is %s', (lateSeconds, punctuality) => {
    const amounts = amountsOf(anEvidence('delivery-released', { figures: { rows: 1, bytes: 1, lateSeconds } }));
    expect(amounts).toEqual({ deliveries: 1, records: 1, bytes: 1, [punctuality]: 1 });
  });

  test('a delivery of which nobody knows when it could have gone out is neither on time nor late', () => {
    const amounts = amountsOf(anEvidence('delivery-released', { figures: { rows: 1, bytes: 1 } }));
    expect(amounts).toEqual({ deliveries: 1, records: 1, bytes: 1 });
  });

  test('a further version of a resource is no further resource', () => {
    expect(amountsOf(anEvidence('definition-published', { subject: { resourceVersion: 2 } }))).toEqual({});
  });

  test('every other act is evidence and no figure', () => {
    const counted = EvidenceAct.options.filter((act) => Object.keys(amountsOf(anEvidence(act))).length > 0);
    expect(counted.toSorted()).toEqual([
      'agreement-expired',
      'agreement-filed',
      'agreement-proposed',
      'agreement-terminated',
      'comparison-run',
      'content-requested',
      'correction-reported',
      'definition-published',
      'delivery-released',
      'looked-up',
      'receipt-given',
      'resource-retired',
      'upload-accepted',
      'upload-declined',
      'upload-refused',
    ]);
  });
});

describe('what rejected records and uploads', () => {
  test.each<[string, Evidence, object[]]>([
    [
      'an accepted upload tells its rules',
      anEvidence('upload-accepted', { figures }),
      [
        { rule: 'type', violations: 1, uploadsRefused: 0 },
        { rule: 'required', violations: 2, uploadsRefused: 0 },
      ],
    ],
    [
      'a refused one the reason as well',
      anEvidence('upload-refused', { figures, subject: { refusal: 'too-many-rejections' } }),
      [
        { rule: 'type', violations: 1, uploadsRefused: 0 },
        { rule: 'required', violations: 2, uploadsRefused: 0 },
        { rule: 'too-many-rejections', violations: 0, uploadsRefused: 1 },
      ],
    ],
    [
      'a reason that has the name of a rule stands with it',
      anEvidence('upload-refused', { figures: { read: 3, 'rule:encoding': 3 }, subject: { refusal: 'encoding' } }),
      [{ rule: 'encoding', violations: 3, uploadsRefused: 1 }],
    ],
    [
      'one that its provider declined',
      anEvidence('upload-declined'),
      [{ rule: 'declined', violations: 0, uploadsRefused: 1 }],
    ],
    ['a held one nothing yet', anEvidence('upload-held', { figures }), []],
    ['a delivery nothing', anEvidence('delivery-released', { figures: { rows: 1, bytes: 1 } }), []],
  ])('%s', (_, evidence, amounts) => {
    expect(ruleAmountsOf(evidence)).toEqual(amounts);
  });
});
