import { describe, expect, test } from '@jest/globals';
import { routed, routes } from '../../functions/stream/domain/routes.ts';
import { scalarsOf, type Image } from '../../functions/stream/domain/image.ts';
import { AgreementState } from '../../schemas/contracts/agreements.ts';
import { RoutedKind } from '../../schemas/contracts/events.ts';
import { UploadState } from '../../schemas/contracts/uploads.ts';
import { anId } from '../support/builders.ts';
import type { StoredSegment } from '../../schemas/stored/segments.ts';

const text = (S: unknown) => ({ S: String(S) });
const of = { provider: text('quality') };
const dataset: Image = { kind: text('dataset'), ...of, resourceId: text('streets'), datasetVersion: { N: '7' } };
const agreement = (state: string, terms = 1): Image => ({
  kind: text('agreement'),
  ...of,
  agreementId: text(anId(1)),
  state: text(state),
  termsVersion: { N: String(terms) },
});
const published: Image = {
  kind: { S: 'resource-version' },
  resourceId: { S: 'streets' },
  provider: { S: 'quality' },
};
const message: Image = { kind: text('message'), to: text('tax'), notice: { M: { noticeId: text(anId(2)) } } };
const upload = (state: string): Image => ({ kind: text('upload'), ...of, uploadId: text(anId(3)), state: text(state) });
const segment = (state: string): Image => ({
  kind: text('upload-segment'),
  uploadId: text(anId(3)),
  number: { N: '5' },
  state: text(state),
});

const changeTo = (now: Image, before?: Image) => routed({ now: scalarsOf(now), before: before && scalarsOf(before) });
const told = (now: Image, before?: Image) =>
  changeTo(now, before).map(({ to, event: { type }, group }) => `${type} -> ${to} (${group})`);

test.each<[string, Image, Image | undefined, object, string]>([
  ['notices', message, undefined, { type: 'notice-committed', noticeId: anId(2) }, 'tax'],
  ['intake-follow', upload('accepted'), upload('checking'), { type: 'upload-accepted', uploadId: anId(3) }, 'quality'],
  [
    'intake-follow',
    segment('checked'),
    segment('checking'),
    { type: 'segment-checked', uploadId: anId(3), segment: 5 },
    anId(3),
  ],
])('%s is told ids, and in the name of whose they are', (to, now, before, event, group) => {
  expect(changeTo(now, before)).toEqual([{ to, event, group }]);
});

test.each<[string, string[], Image, Image | undefined, object]>([
  [
    'a dataset',
    ['dispatch', 'represent', 'derive'],
    dataset,
    undefined,
    { type: 'dataset-committed', resourceId: 'streets', datasetVersion: 7 },
  ],
  [
    'a dataset of what is only delivered',
    ['dispatch', 'derive'],
    { ...dataset, offered: text('for-deliveries') },
    undefined,
    { type: 'dataset-committed', resourceId: 'streets', datasetVersion: 7 },
  ],
  [
    'a definition',
    ['represent', 'derive'],
    published,
    undefined,
    { type: 'resource-published', resourceId: 'streets' },
  ],
  [
    'an agreement',
    ['dispatch', 'derive'],
    agreement('active'),
    agreement('signed'),
    { type: 'agreement-changed', agreementId: anId(1) },
  ],
])('several are told of %s', (_, all, now, before, event) => {
  expect(changeTo(now, before)).toEqual(all.map((to) => ({ to, event, group: 'quality' })));
});

describe('nothing is told of', () => {
  test.each<[string, Image, Image | undefined]>([
    ['a dataset that is marked or profiled', dataset, dataset],
    ['a notice that is postponed', message, message],
    ['an agreement that is written again as it is', agreement('active'), agreement('active')],
    ['an agreement before it is filed', agreement('signed'), agreement('agreed')],
    ['other terms before the filing', agreement('proposed', 2), agreement('proposed', 1)],
    ['an upload that is announced', upload('awaiting'), undefined],
    ['an item of another kind', { kind: text('evidence'), state: text('accepted') }, undefined],
    ['an item without a kind', {}, undefined],
  ])('%s', (_, now, before) => {
    expect(told(now, before)).toEqual([]);
  });
});

test.each([
  ['is suspended', agreement('suspended'), agreement('active')],
  ['comes into force again', agreement('active'), agreement('suspended')],
  ['has other terms in force', agreement('active', 2), agreement('active', 1)],
  ['is over', agreement('expired'), agreement('active')],
  ['is filed at once', agreement('active'), undefined],
])('an agreement that %s is told', (_, now, before) => {
  expect(told(now, before)).toEqual([
    'agreement-changed -> dispatch (quality)',
    'agreement-changed -> derive (quality)',
  ]);
});

/** Every move between two states, of which no test forgets one. */
const movesOf = (states: readonly string[], image: (state: string) => Image): Record<string, string> =>
  Object.fromEntries(
    states.flatMap((from) =>
      states.flatMap((to) => {
        const [event] = changeTo(image(to), image(from));
        return event ? [[`${from} ${to}`, event.event.type]] : [];
      }),
    ),
  );

test('of uploads and segments exactly these moves are told', () => {
  expect(movesOf(UploadState.options, upload)).toEqual({
    'awaiting accepted': 'upload-accepted',
    'received accepted': 'upload-accepted',
    'checking accepted': 'upload-accepted',
    'held accepted': 'upload-accepted',
    'awaiting refused': 'upload-refused',
    'received refused': 'upload-refused',
    'checking refused': 'upload-refused',
    'held refused': 'upload-refused',
    'checking received': 'upload-set-back',
  });
  expect(movesOf(['received', 'checking', 'checked'] satisfies StoredSegment['state'][], segment)).toEqual({
    'checking checked': 'segment-checked',
    'checked received': 'segment-set-back',
  });
});

test('of agreements every move into or between states of force, and of no other', () => {
  const moves = Object.keys(movesOf(AgreementState.options, agreement));
  const negotiated = ['proposed', 'agreed', 'signed'];
  expect(moves.length).toBeGreaterThan(20);
  for (const move of moves) expect(negotiated).not.toContain(move.split(' ')[1]);
});

test('every kind that the stream is filtered for has a route, and no other', () => {
  expect(new Set(routes.map(({ kind }) => kind))).toEqual(new Set(RoutedKind.options));
});

test('an item that lacks what its event is made of is a fault, not a silence', () => {
  expect(() => changeTo({ kind: text('dataset') })).toThrow('no queue takes this event: dataset-committed');
});
