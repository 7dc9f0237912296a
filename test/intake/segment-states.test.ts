import { describe, expect, test } from '@jest/globals';
import { collisionsKey, segmentKey, segmentOf, segmentPlaces } from '../../functions/intake/domain/places.ts';
import {
  arrived,
  checkedSegment,
  claimSegment,
  isIdle,
  isReady,
  refusalAmong,
  releasedSegment,
  toCheckAgain,
} from '../../functions/intake/domain/segment.ts';
import { leftBehind } from '../../functions/intake/domain/left-behind.ts';
import { refuse } from '../../functions/kernel/outcome.ts';
import { type SegmentIn, type SegmentOutcome, StoredSegment } from '../../schemas/stored/segments.ts';
import { anId, instant, sha256 } from '../support/builders.ts';
import { anUpload, inState, later } from './an-upload.ts';

const place = (key: string) => ({ key, versionId: 'v1' });
const good: SegmentOutcome = {
  rows: { read: 1, accepted: 1, rejected: 0 },
  violationsTotal: 0,
  reported: 0,
  fixable: 0,
  lines: 1,
  blankLines: 0,
  counts: place('counts'),
};
const refused: SegmentOutcome = { refusal: { code: 'encoding', detail: 'not text' } };
const received = (number = 1) => arrived(anId(500), number, { versionId: 'v1', bytes: 9 }, instant);
const checking = (number = 1): StoredSegment => ({
  ...received(number),
  state: 'checking',
  epoch: 1,
  leaseUntil: later(60),
});
const checked = (number = 1, outcome: SegmentOutcome = good): SegmentIn<'checked'> => ({
  ...received(number),
  state: 'checked',
  epoch: 1,
  outcome,
});

describe('the lease of a segment', () => {
  test.each([
    ['received', received(), later(10), { state: 'checking', epoch: 1, leaseUntil: later(50) }],
    ['left by an attempt whose lease is over', checking(), later(61), { state: 'checking', epoch: 2 }],
    ['to be checked again', toCheckAgain(checked(), place('c')), later(10), { epoch: 2, collisions: place('c') }],
  ])('is given for one that is %s', (_, segment, now, claimed) =>
    expect(claimSegment(segment, now)).toMatchObject({ ok: true, value: claimed }),
  );
  test.each([
    ['held by another attempt', checking(), 'leased'],
    ['checked', checked(), 'checked'],
    ['refused', checked(1, refused), 'checked'],
  ] as const)('is not given for one that is %s', (_, segment, code) =>
    expect(claimSegment(segment, later(10))).toEqual(refuse(code)),
  );
  test('is let go by an attempt that met a fault', () => {
    const claimed = claimSegment(received(), instant);
    if (!claimed.ok) throw new Error('it was received');
    expect(claimSegment(releasedSegment(claimed.value, later(5)), later(6))).toMatchObject({ value: { epoch: 2 } });
  });
});

test('what was found in a segment replaces its lease; to be checked again, it keeps its keys and nothing that was found', () => {
  const claimed = claimSegment(received(), instant);
  if (!claimed.ok) throw new Error('it was received');
  const found = checkedSegment(claimed.value, good, place('keys'));
  expect(StoredSegment.parse(found)).toEqual({ ...checked(), keys: place('keys') });
  const again = toCheckAgain(found, place('collisions'));
  expect(again).toEqual({ ...received(), epoch: 1, keys: place('keys'), collisions: place('collisions') });
  const second = claimSegment(again, instant);
  if (!second.ok) throw new Error('it was received');
  expect(checkedSegment(second.value, good, undefined)).toMatchObject({ keys: place('keys'), epoch: 2 });
});

test.each([
  ['received, the first', received(1), 'csv', false, true],
  ['received, before the first has come', received(2), 'csv', false, false],
  ['received, of NDJSON, before the first has come', received(2), 'ndjson', false, true],
  ['received, behind the first', received(2), 'csv', true, true],
  ['being checked', checking(2), 'csv', true, false],
  ['left by an attempt', { ...checking(2), leaseUntil: instant }, 'csv', true, true],
  ['checked', checked(2), 'csv', true, false],
] as const)('somebody should check a segment that is %s: as it should be', (_, segment, format, isFirstThere, idle) =>
  expect(isIdle(segment, { format }, isFirstThere, later(10))).toBe(idle),
);

test.each([
  ['none has come', [], false],
  ['one is missing', [checked(1)], false],
  ['one is not checked', [checked(1), checking(2)], false],
  ['one is to be checked again', [checked(1), toCheckAgain(checked(2), place('c'))], false],
  ['all are checked', [checked(1), checked(2)], true],
  ['one is refused, whatever the others are', [checked(2, refused)], true],
])('whether an upload of two segments can be put together where %s', (_, segments, ready) =>
  expect(isReady({ segments: 2 }, segments)).toBe(ready),
);

test('the first segment that is refused says why, and which it is', () => {
  expect(refusalAmong([checked(1), checked(2)])).toBeUndefined();
  expect(refusalAmong([checked(1), checked(2, refused), checked(3, refused)])).toEqual({
    code: 'encoding',
    detail: 'Segment 2: not text',
  });
});

test.each([
  ['uploads/quality/01JD0000000000000000000500/1', 1],
  ['uploads/quality/01JD0000000000000000000500/1000', 1000],
  ['uploads/quality/01JD0000000000000000000500', undefined],
  ['uploads/quality/01JD0000000000000000000500/0', undefined],
  ['uploads/quality/01JD0000000000000000000500/01', undefined],
  ['uploads/quality/01JD0000000000000000000500/10000', undefined],
  ['uploads/quality/01JD0000000000000000000500/1/2', undefined],
  ['uploads/quality/nothing/1', undefined],
  ['posted/quality/01JD0000000000000000000500/1', undefined],
])('the segment that belongs at %s', (key, number) => {
  expect(segmentOf(key)).toEqual(number && { uploadId: anId(500), number });
  if (number !== undefined) expect(segmentKey(anUpload(), number)).toBe(key);
});

test('attempts leave behind all that is not part of the dataset', () => {
  const upload = anUpload({ segments: 2 });
  const [one, two] = [1, 2].map((epoch) => segmentPlaces(upload, { number: 1, epoch }));
  const dataset = { ...place(two?.dataset ?? ''), bytes: 1, sha256 };
  const segment = { ...checked(1, { ...good, dataset }), epoch: 2 };
  const accepted = inState.accepted({ ...upload, state: 'accepted', epoch: 1 });
  const kept = leftBehind(accepted, [segment]);
  expect(kept).toEqual(expect.arrayContaining(Object.values(one ?? {})));
  expect(kept).toContain(collisionsKey(accepted, 1));
  expect(kept).not.toContain(two?.dataset);
  expect(kept).toContain(two?.keys);
  const gone = inState.refused({ ...upload, state: 'refused', epoch: 1 });
  expect(leftBehind(gone, [segment])).toContain(two?.dataset);
});
