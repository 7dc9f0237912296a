import { expect, test } from '@jest/globals';
import type { Json } from '../../../infra/local/template/json.ts';
import { matcherOf } from '../../../infra/local/wiring/pattern.ts';

const event: Json = {
  source: 'aws.s3',
  size: 42,
  tags: ['red', 'blue'],
  nothing: null,
  detail: { bucket: { name: 'files' }, object: { key: 'uploads/quality/1' }, parts: [{ n: 1 }, { n: 2 }] },
};
const key = (test: Json): Json => ({ detail: { object: { key: [test] } } });

test.each<[string, Json, boolean]>([
  ['a value of the list', { source: ['aws.sqs', 'aws.s3'] }, true],
  ['no value of the list', { source: ['aws.sqs'] }, false],
  ['all fields', { source: ['aws.s3'], detail: { bucket: { name: ['files'] } } }, true],
  ['one field that differs', { source: ['aws.s3'], detail: { bucket: { name: ['others'] } } }, false],
  ['a number, which is no text', { size: ['42'] }, false],
  ['a number', { size: [42] }, true],
  ['null', { nothing: [null] }, true],
  ['an item of an array', { tags: ['blue'] }, true],
  ['a member of an item of an array', { detail: { parts: { n: [2] } } }, true],
  ['prefix', key({ prefix: 'uploads/' }), true],
  ['another prefix', key({ prefix: 'reports/' }), false],
  ['suffix', key({ suffix: '/1' }), true],
  ['wildcard', key({ wildcard: 'uploads/*/1' }), true],
  ['wildcard that does not fit', key({ wildcard: '*/2' }), false],
  ['equals-ignore-case', { source: [{ 'equals-ignore-case': 'AWS.S3' }] }, true],
  ['exists', { detail: { object: { key: [{ exists: true }] } } }, true],
  ['exists of what is absent', { detail: { object: { etag: [{ exists: true }] } } }, false],
  ['absent', { detail: { object: { etag: [{ exists: false }] } } }, true],
  ['anything-but', { source: [{ 'anything-but': ['aws.sqs'] }] }, true],
  ['anything-but it', { source: [{ 'anything-but': 'aws.s3' }] }, false],
  ['anything-but a prefix', key({ 'anything-but': { prefix: 'uploads/' } }), false],
  ['anything-but of what is absent', { absent: [{ 'anything-but': 'x' }] }, false],
  ['numeric', { size: [{ numeric: ['>', 40, '<=', 42] }] }, true],
  ['numeric out of range', { size: [{ numeric: ['<', 42] }] }, false],
  ['$or', { $or: [{ source: ['aws.sqs'] }, { size: [42] }] }, true],
  ['a field below a text', { source: { deeper: ['x'] } }, false],
])('%s', (_, pattern, expected) => {
  expect(matcherOf(pattern)(event)).toBe(expected);
});

test.each<[Json]>([
  [{ key: [{ cidr: '10.0.0.0/8' }] }],
  [{ key: [{ prefix: { 'equals-ignore-case': 'a' } }] }],
  [{ key: [{ numeric: ['~', 1] }] }],
  [{ key: 'text' }],
])('a pattern that is not known is refused when it is made: %j', (pattern) => {
  expect(() => matcherOf(pattern)).toThrow();
});
