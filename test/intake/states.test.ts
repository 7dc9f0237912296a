import { describe, expect, test } from '@jest/globals';
import { claim, released } from '../../functions/intake/domain/claim.ts';
import { accepted, heldBack, refused } from '../../functions/intake/domain/finish.ts';
import { leftBehind, profiled } from '../../functions/intake/domain/left-behind.ts';
import { lookAgainAt } from '../../functions/intake/domain/look-again.ts';
import { missingDetail, missingParts } from '../../functions/intake/domain/parts.ts';
import { uploadIdOf } from '../../functions/intake/domain/places.ts';
import { present } from '../../functions/intake/domain/present.ts';
import { receive } from '../../functions/intake/domain/receive.ts';
import { expired, superseded } from '../../functions/intake/domain/refusals.ts';
import { isOverdue, sweeping } from '../../functions/intake/domain/sweep.ts';
import { refuse } from '../../functions/kernel/outcome.ts';
import { Upload } from '../../schemas/contracts/uploads.ts';
import { StoredUpload } from '../../schemas/stored/uploads.ts';
import { instant, sha256 } from '../support/builders.ts';
import { inState, later, type UploadChanges } from './an-upload.ts';

const { awaiting, received, checking } = inState;

describe('an object that arrives', () => {
  const object = { versionId: 'v1', bytes: 100 };

  test('makes an awaited upload received, in the version that came first', () => {
    const reception = receive(awaiting(), object, later(30));
    expect(reception).toEqual({
      kind: 'mark',
      upload: inState.received({ receivedAt: later(30), object, lookAgainAt: later(90) }),
    });
  });
  test.each([
    ['received, told of again', received(), object, { kind: 'remind' }],
    [
      'received, and overwritten',
      received(),
      { ...object, versionId: 'v2' },
      { kind: 'ignore', why: 'another-version' },
    ],
    ['checking', checking(), object, { kind: 'ignore', why: 'under-way' }],
    ['accepted', inState.accepted(), object, { kind: 'ignore', why: 'finished' }],
    ['held', inState.held(), object, { kind: 'ignore', why: 'under-way' }],
    ['refused', inState.refused(), object, { kind: 'ignore', why: 'finished' }],
  ])('an upload that is %s', (_, upload, arrived, reception) =>
    expect(receive(upload, arrived, later(30))).toEqual(reception),
  );
});

describe('the lease of a check', () => {
  test.each([
    ['awaiting', awaiting(), 'not-received'],
    ['held by another attempt', checking({ leaseUntil: later(80) }), 'leased'],
    ['held for its provider to decide', inState.held(), 'undecided'],
    ['accepted', inState.accepted(), 'finished'],
    ['refused', inState.refused(), 'finished'],
  ] as const)('is not given for an upload that is %s', (_, upload, code) =>
    expect(claim(upload, later(79))).toEqual(refuse(code)),
  );

  test.each([
    ['received', received(), 1],
    ['left by an attempt whose lease is over', checking({ epoch: 4, leaseUntil: later(50) }), 5],
    [
      'let go by an attempt that met a fault',
      released(
        { ...checking({ epoch: 2 }), object: { versionId: 'v1', bytes: 100 }, leaseUntil: later(80) },
        later(50),
      ),
      3,
    ],
  ])('is given for an upload that is %s, with the next epoch', (_, upload, epoch) => {
    expect(claim(upload, later(50))).toMatchObject({
      ok: true,
      value: { state: 'checking', epoch, leaseUntil: later(90), lookAgainAt: later(90) },
    });
  });
});

describe('the sweeper', () => {
  test.each([
    ['looks for the object of one that is awaited', awaiting(), 'seek'],
    ['has one that is received checked', received(), 'enqueue'],
    ['has one checked whose lease is over', checking(), 'enqueue'],
    ['leaves one alone that is being checked', checking({ leaseUntil: later(5000) }), 'leave'],
    [
      'leaves one alone whose dataset is being profiled',
      { ...inState.accepted(), lookAgainAt: instant, leaseUntil: later(5000) },
      'leave',
    ],
    ['leaves one alone that its provider has to decide on', inState.held(), 'leave'],
    ['gives up one that nobody decided on', inState.held({ lookAgainAt: later(999) }), 'give-up'],
    ['leaves one alone whose time has not come', awaiting({ lookAgainAt: later(1001) }), 'leave'],
    ['leaves an accepted one alone', inState.accepted(), 'leave'],
    ['leaves a refused one alone', inState.refused(), 'leave'],
    ['has what attempts left behind removed', { ...inState.accepted(), lookAgainAt: instant }, 'enqueue'],
    ['but not before they must have ended', { ...inState.refused(), lookAgainAt: later(1001) }, 'leave'],
  ])('%s', (_, upload, what) => expect(sweeping(upload, later(1000)).kind).toBe(what));

  test.each([
    ['not before the announcement ends', 3599, false],
    ['nor while a PUT that began in time may be under way', 3600 + 6 * 3600 - 1, false],
    ['but then', 3600 + 6 * 3600, true],
  ])('gives up waiting: %s', (_, seconds, overdue) => expect(isOverdue(awaiting(), later(seconds))).toBe(overdue));

  test.each([
    ['awaiting', awaiting(), 0, 120],
    ['awaiting', awaiting(), 300, 300],
    ['awaiting', awaiting(), 86_400, 900],
    ['received', received(), 10, 60],
    ['received', received(), 210, 200],
    ['checking', checking(), 50_000, 900],
    ['held, where giving it up failed', inState.held(), 50_000, 900],
    ['accepted, but not tidied after', { ...inState.accepted(), lookAgainAt: instant }, 50_000, 900],
  ] as const)('looks at one that is %s again the later, the longer it takes', (_, upload, age, wait) => {
    expect(lookAgainAt(upload, later(age))).toBe(later(age + wait));
  });
  test.each([
    ['accepted', inState.accepted()],
    ['refused', inState.refused()],
  ])('never again at one that is %s', (_, upload) => {
    expect(lookAgainAt(upload, later(100))).toBeUndefined();
  });
});

describe('the end of an upload', () => {
  const rows = { read: 3, accepted: 2, rejected: 1 };
  const violations = [{ field: 'name', rule: 'required', count: 1, firstLine: 3 }];
  const verdict = {
    accepted: true as const,
    dataset: { columns: ['org_code'], rows: 2, bytes: 40, sha256 },
    file: sha256,
    rows,
    violations,
    reported: 1,
    fixable: 1,
  };
  const under = checking({ epoch: 1 });

  test('accepted: counts, dataset version and report; its dataset is to be profiled', () => {
    const upload = StoredUpload.parse(accepted(under, verdict, 8, { at: later(90), reportKey: 'reports/r' }));
    expect(upload).toMatchObject({
      state: 'accepted',
      finishedAt: later(90),
      datasetVersion: 8,
      rows,
      violations,
      reportKey: 'reports/r',
    });
    expect(upload).not.toHaveProperty('leaseUntil');
    expect(upload).toMatchObject({ unprofiled: 0, lookAgainAt: later(150) });
  });
  test.each([
    [
      'accepted at the second attempt, and profiled',
      profiled(accepted(checking({ epoch: 2 }), verdict, 8, { at: later(90) })),
      later(3690),
    ],
    [
      'accepted at once, and profiled',
      profiled({ ...accepted(under, verdict, 8, { at: later(90) }), leaseUntil: later(95) }),
      undefined,
    ],
    [
      'refused at the second attempt',
      refused(checking({ epoch: 2 }), { code: 'header', detail: 'x' }, { at: later(90) }),
      later(3690),
    ],
    [
      'refused too late, its dataset written',
      refused(under, { code: 'superseded', detail: 'x' }, { at: later(90), wroteInVain: true }),
      later(3690),
    ],
    ['refused at once', refused(under, { code: 'header', detail: 'x' }, { at: later(90) }), undefined],
  ])(
    'where attempts may have left something behind, it is looked for when they must have ended: %s',
    (_, upload, at) => {
      expect(upload.lookAgainAt).toBe(at);
      for (const gone of ['leaseUntil', 'unprofiled']) expect(upload).not.toHaveProperty(gone);
    },
  );

  test('held: what was found and its report, to decide by, for two weeks', () => {
    const held = { reason: 'row-count' as const, previousRows: 9, rows: 2, limit: 0.5 };
    const upload = heldBack(under, verdict, held, 'reports/r');
    expect(StoredUpload.parse(upload)).toMatchObject({
      state: 'held',
      held,
      rows,
      violations,
      reportKey: 'reports/r',
      lookAgainAt: later(10 + 14 * 86_400),
    });
    for (const not of ['leaseUntil', 'finishedAt', 'datasetVersion']) expect(upload).not.toHaveProperty(not);
  });
  test('what a check told before it was held is told anew by the one after', () => {
    const again = checking({ epoch: 2, reportKey: 'reports/1' });
    expect(accepted(again, verdict, 8, { at: later(90) })).not.toHaveProperty('reportKey');
    const superseded = { code: 'superseded' as const, detail: 'x' };
    expect(refused(again, superseded, { at: later(90) }, verdict)).not.toHaveProperty('reportKey');
    expect(refused(again, superseded, { at: later(90) })).toMatchObject({ reportKey: 'reports/1' });
  });

  test('what attempts may have left behind is all that they write to but what the upload names', () => {
    const { resourceId, uploadId } = under;
    const of = (...epochs: number[]) =>
      epochs.flatMap((epoch) => [
        `datasets/${resourceId}/${uploadId}/${epoch}.csv`,
        `reports/${uploadId}/${epoch}.csv`,
        `fixes/${uploadId}/${epoch}.csv`,
      ]);
    const told = { reportKey: `reports/${uploadId}/2.csv`, fixFileKey: `fixes/${uploadId}/2.csv` };
    expect(leftBehind(inState.accepted({ epoch: 2, ...told }), [])).toEqual(of(1));
    expect(leftBehind(inState.refused({ epoch: 2, reportKey: told.reportKey }), [])).toEqual(
      of(1, 2).filter((key) => key !== told.reportKey),
    );
    expect(leftBehind(inState.refused({ epoch: 0 }), [])).toEqual([]);
  });

  test('refused: why, and what was found', () => {
    const upload = StoredUpload.parse(
      refused(under, { code: 'header', detail: 'x' }, { at: later(90) }, { rows, violations }),
    );
    expect(upload).toMatchObject({
      state: 'refused',
      finishedAt: later(90),
      refusal: { code: 'header', detail: 'x' },
      rows,
      violations,
    });
    expect(upload).not.toHaveProperty('lookAgainAt');
  });
  test('refused for its header: with the findings, unless they are too many to be stored', () => {
    const header = (fields: number) => ({
      missing: Array.from({ length: fields }, () => '字段'),
      unknown: [],
      repeated: [],
      renames: [],
      found: [],
      needed: [],
    });
    expect(refused(under, { code: 'header', detail: 'x', header: header(3) }, { at: later(90) }).refusal).toEqual({
      code: 'header',
      detail: 'x',
      header: header(3),
    });
    expect(refused(under, { code: 'header', detail: 'x', header: header(50_000) }, { at: later(90) }).refusal).toEqual({
      code: 'header',
      detail: 'x',
    });
  });
  test('a thousand long-named fields that break every rule still make an item that can be stored', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({
      field: '字段'.repeat(50) + index,
      rule: 'required',
      count: 1,
      firstLine: 2,
    }));
    const upload = refused(
      under,
      { code: 'header', detail: '列'.repeat(1e6) },
      { at: later(90) },
      { rows, violations: many },
    );
    expect(Buffer.byteLength(JSON.stringify(upload))).toBeLessThan(400_000);
  });
  test('an older snapshot is superseded by a newer one, and by nothing else', () => {
    expect(superseded({ sequence: 4 }, { committedSequence: 5 })?.code).toBe('superseded');
    expect(superseded({ sequence: 4 }, { committedSequence: 3 })).toBeUndefined();
  });
  test('an expired one says what to do', () =>
    expect(expired(awaiting())).toEqual({ code: 'expired', detail: expect.stringContaining('again') }));
});

test.each(Object.entries(inState))('what tests build of one that is %s is what is stored', (_, build) => {
  expect(StoredUpload.parse(build())).toEqual(build());
});

test.each<[string, UploadChanges, boolean]>([
  ['of records, with the dataset that it made', {}, true],
  ['of records, without one', { datasetVersion: undefined }, false],
  ['of attachments, which make none', { content: 'attachments', datasetVersion: undefined }, true],
  ['of attachments, with one', { content: 'attachments' }, false],
  ['of attachments, to be profiled', { content: 'attachments', datasetVersion: undefined, unprofiled: 0 }, false],
])('an accepted upload %s', (_, changes, isOne) => {
  const given = JSON.parse(JSON.stringify(inState.accepted(changes))) as object;
  expect(StoredUpload.safeParse(given).success).toBe(isOne);
});
describe('what a provider sees', () => {
  test.each(Object.entries(inState))('of one that is %s: the contract and nothing internal', (_, build) => {
    const shown = present(
      build({
        unprofiled: 1,
        multipart: { id: 'm', parts: [{ bytes: 100, sha256 }] },
        reportKey: 'reports/x',
        fixFileKey: 'fixes/x',
      }),
    );
    expect(Upload.parse(shown)).toEqual(shown);
  });
});

describe('the parts of a multipart upload', () => {
  const part = (bytes: number) => ({ bytes, sha256 });
  const sent = (number: number, bytes = 9, digest = sha256) => ({ number, bytes, sha256: digest });
  test.each([
    ['all there', [sent(1), sent(2)], []],
    ['in another order', [sent(2), sent(1)], []],
    ['one absent', [sent(2)], [1]],
    ['one of another length', [sent(1), sent(2, 8)], [2]],
    ['one with another digest', [sent(1, 9, 'other'), sent(2)], [1]],
    ['none', [], [1, 2]],
    ['one too many', [sent(1), sent(2), sent(3)], []],
  ])('%s', (_, arrived, missing) => expect(missingParts([part(9), part(9)], arrived)).toEqual(missing));

  test('the refusal names the missing numbers, the first of many', () => {
    expect(missingDetail([3, 7])).toContain('3, 7');
    expect(missingDetail(Array.from({ length: 9000 }, (_, index) => index)).length).toBeLessThan(300);
  });
});

test.each([
  ['uploads/quality/01JD0000000000000000000500', '01JD0000000000000000000500'],
  ['uploads/quality/short', undefined],
  ['uploads/quality/deeper/01JD0000000000000000000500', undefined],
  ['other/quality/01JD0000000000000000000500', undefined],
  ['', undefined],
])('the key %s belongs to the upload %s', (key, uploadId) => expect(uploadIdOf(key)).toBe(uploadId));
