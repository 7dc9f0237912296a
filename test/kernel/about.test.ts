import { expect, test } from '@jest/globals';
import { traceOf, written } from '../../functions/kernel/about.ts';
import { Fault } from '../../functions/kernel/fault.ts';
import { anId } from '../support/builders.ts';

test('ids, codes and figures are written under their names', () => {
  const about = {
    uploadId: anId(1),
    datasetVersion: 3,
    code: 'upload-stuck',
    seconds: 1.5,
    rows: 0,
    agreementId: undefined,
  };
  expect(written(about)).toEqual({ uploadId: anId(1), datasetVersion: 3, code: 'upload-stuck', seconds: 1.5, rows: 0 });
});

test.each([
  ['a name that is not on the list', { phone: '13800138000' }],
  ['a whole record', { row: { name: '王秀英' } }],
  ['a text in place of a figure', { rows: '13800138000' }],
  ['a sentence in place of a code', { code: 'the value 13800138000 is wrong' }],
  ['a name in place of an id', { uploadId: '王秀英' }],
  ['more than any id has', { key: 'x'.repeat(201) }],
  ['an object in place of an id', { deliveryId: { name: '王秀英' } }],
])('what is none of these is not written, whatever the type checker was told: %s', (_, about) => {
  expect(written(about as never)).toEqual({});
});

test('of a broken rule its place is written, not what was said of it', () => {
  const violation = { path: '/schema/fields/0', rule: 'type', message: '13800138000 is no type' };
  expect(written({ violations: [violation] })).toEqual({ violations: [{ path: '/schema/fields/0', rule: 'type' }] });
});

test('an error is written as it may be told', () => {
  expect(written({ error: new Fault('bucket x keeps no versions') })).toMatchObject({
    error: { message: 'bucket x keeps no versions' },
  });
});

test.each([
  [
    { uploadId: anId(1), datasetVersion: 2, sha256: 'x', url: 'https://…' },
    { uploadId: anId(1), datasetVersion: 2 },
  ],
  [{ uploadId: 7, datasetVersion: '2' }, {}],
  [{ items: [{ uploadId: anId(1) }] }, {}],
  [undefined, {}],
  ['text', {}],
])('the trace of %j are its ids', (thing, trace) => {
  expect(traceOf(thing)).toEqual(trace);
});
