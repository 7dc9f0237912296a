import { expect, test } from '@jest/globals';
import { resultOf } from '../../functions/compare/domain/finish.ts';
import { shown } from '../../functions/delivery/domain/notice.ts';
import { Delivery } from '../../schemas/contracts/deliveries.ts';
import { inState } from '../compare/a-comparison.ts';
import { sha256 } from '../support/builders.ts';

const comparison = inState.done();
const object = { key: 'extracts/x/1', versionId: 'v1' };
const { delivery } = resultOf(comparison, { rows: 3, bytes: 64, sha256 }, object);

test('of a comparison’s result its consumer sees all that it sees of any delivery', () => {
  const seen = shown(delivery, comparison.consumer);
  expect(Delivery.parse(seen)).toMatchObject({ comparisonId: comparison.comparisonId, rows: 3, bytes: 64, sha256 });
});

test('its provider sees neither length nor digest, by which a short list could be told', () => {
  const seen = Delivery.parse(shown(delivery, comparison.provider));
  expect([seen.rows, seen.bytes, seen.sha256]).toEqual([3, undefined, undefined]);
});

test('of any other delivery the provider sees what its consumer does', () => {
  const { comparisonId: _id, ...other } = delivery;
  expect(shown(other, other.provider)).toEqual(shown(other, other.consumer));
});
