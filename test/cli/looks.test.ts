import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Failure } from '../../clients/cli/terminal/failure.ts';
import type { Look } from '../../clients/cli/terminal/look.ts';
import { progressLine } from '../../clients/cli/terminal/progress.ts';
import { count, duration, size } from '../../clients/words/quantity.ts';
import { qualityOfOneScreen, qualityScreen } from '../../clients/cli/reports/quality-screen.ts';
import { toldScreen } from '../../clients/cli/terminal/told-screen.ts';
import { watchEventLine } from '../../clients/cli/watch/event-screen.ts';
import { table } from '../../clients/cli/terminal/table.ts';
import { langOf, lookOf } from '../../clients/cli/terminal/terminal-context.ts';
import { fit, widthOf } from '../../clients/cli/terminal/text-width.ts';
import { told } from '../../clients/cli/terminal/told.ts';
import type { WatchEvent } from '../../clients/cli/watch/events.ts';
import type { Due } from '../../clients/cli/watch/order.ts';
import { RefusedError, UnreachableError } from '../../clients/protocol/refused.ts';
import type { Quality } from '../../schemas/contracts/quality.ts';

const pipe: Look = { lang: 'en', tty: false, color: false, columns: 80 };
const narrow: Look = { ...pipe, tty: true, columns: 30 };

const rows = [
  { id: 'streets', title: '乡镇街道行政区划代码', rows: 41_352 },
  { id: 'a', title: 'Police stations of the whole city', rows: 7 },
];
const columns = [
  { head: 'id', value: (row: (typeof rows)[0]) => row.id },
  { head: 'title', value: (row: (typeof rows)[0]) => row.title, flexible: true },
  { head: 'rows', value: (row: (typeof rows)[0]) => count(row.rows), right: true },
];

test('in a pipe, columns are as wide as their widest text, Chinese counted as it is shown', () => {
  expect(table(rows, columns, pipe)).toBe(
    [
      'id       title                                rows',
      'streets  乡镇街道行政区划代码               41,352',
      'a        Police stations of the whole city       7',
    ].join('\n'),
  );
});

test('on a narrow terminal flexible columns give way, and say that something is cut', () => {
  const lines = table(rows, columns, narrow).split('\n');
  expect(lines).toEqual([
    'id       title            rows',
    'streets  乡镇街道行政…  41,352',
    'a        Police stati…       7',
  ]);
  expect(lines.map(widthOf)).toEqual([30, 30, 30]);
});

test.each([
  ['fits', 10, 'fits'],
  ['does not fit', 8, 'does no…'],
  ['街道街道', 5, '街道…'],
  ['街道街道', 8, '街道街道'],
])('%s in %i columns', (text, width, shown) => {
  expect(fit(text, width)).toBe(shown);
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [9062, '8.8 KiB'],
  [5 * 1024 ** 3, '5.0 GiB'],
])('%i bytes are %s', (bytes, text) => expect(size(bytes)).toBe(text));

test.each([
  [59.4, '59 s'],
  [61, '1 min 1 s'],
  [3_725, '1 h 2 min'],
])('%d seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text));

test.each([
  [{ done: 0, total: 1_048_576, seconds: 1 }, 'streets ░░░░░░░░░░░░░░░░░░░░ 0 %  0 B of 1.0 MiB, 0 B/s'],
  [
    { done: 524_288, total: 1_048_576, seconds: 2 },
    'streets ██████████░░░░░░░░░░ 50 %  512.0 KiB of 1.0 MiB, 256.0 KiB/s, 2 s left',
  ],
  [{ done: 10, total: 10, seconds: 5 }, 'streets ████████████████████ 100 %  10 B of 10 B, 2 B/s'],
  [{ done: 0, total: 0, seconds: 0 }, 'streets ████████████████████ 100 %  0 B of 0 B, 0 B/s'],
  [{ done: 0, total: undefined, seconds: 61 }, 'streets … 1 min 1 s'],
])('progress %j', (state, line) => expect(progressLine({ title: 'streets', ...state })).toBe(line));

test.each([
  [{ HUB_LANG: 'zh', LANG: 'en_US.UTF-8' }, 'zh'],
  [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
  [{}, 'en'],
])('the language of %j is %s', (env, lang) => expect(langOf(env)).toBe(lang));

const stream = (isTTY: boolean) => ({ isTTY, columns: 100 });
test.each([
  ['a terminal', stream(true), {}, true],
  ['NO_COLOR', stream(true), { NO_COLOR: '1' }, false],
  ['a dumb terminal', stream(true), { TERM: 'dumb' }, false],
  ['a pipe', stream(false), {}, false],
])('colours on %s', (_, output, env, color) => expect(lookOf(output, env, 'en').color).toBe(color));

const problem = {
  type: 'x',
  title: 'Terms cannot be used',
  status: 422,
  code: 'invalid-terms',
  detail: 'The terms break rules.',
  violations: [
    { path: '/terms/fields/1', rule: 'unknown-field', message: 'name one of its fields' },
    { path: '/terms', rule: 'dates', message: 'the last day is before the first' },
  ],
};

test.each([
  ['a refusal', new RefusedError(problem), 1, 'invalid-terms'],
  ['a hub that is not there', new UnreachableError('http://h', 'ECONNREFUSED'), 3, 'unreachable'],
  ['a failure of the tool', new Failure({ what: 'No.', exit: 2, code: 'usage' }), 2, 'usage'],
  ['a fault of the system', Object.assign(new Error('no space left'), { code: 'ENOSPC' }), 1, 'ENOSPC'],
  ['whatever was thrown', 'text', 1, 'fault'],
])('%s has its exit code', (_, fault, exit, code) => expect(told(fault)).toMatchObject({ exit, code }));

test('a refusal on the screen: what, why, each violation, what next', () => {
  expect(toldScreen(told(new RefusedError(problem)), pipe)).toBe(
    [
      'hub: Terms cannot be used. (422 invalid-terms)',
      '  why   The terms break rules.',
      '    /terms/fields/1  name one of its fields [unknown-field]',
      '    /terms           the last day is before the first [dates]',
      '  next  hub resources show ID lists the fields with their types; mend the terms and propose again.',
    ].join('\n'),
  );
});

const delivery = { deliveryId: 'D', agreementId: 'A', resourceId: 'streets', datasetVersion: 7 } as Pick<
  Due,
  'deliveryId' | 'agreementId' | 'resourceId' | 'datasetVersion'
>;
test.each<[WatchEvent, string]>([
  [
    { event: 'processed', file: 'in/7.csv', rows: 1234, seconds: 0.4, ...delivery },
    'processed  streets 7  D  in/7.csv  (1,234 rows, 0.4 s)',
  ],
  [{ event: 'receipt', ...delivery }, 'confirmed  streets 7  D'],
  [
    { event: 'skipped', reason: 'older', ...delivery },
    'skipped    streets 7  D  a newer dataset was processed already',
  ],
  [
    { event: 'skipped', reason: 'ended', ...delivery },
    'skipped    streets 7  D  its agreement is not in force any more',
  ],
  [
    { event: 'failed', reason: 'The program ended with 1', tries: 2, retryInSeconds: 20, ...delivery },
    'failed     streets 7  D  The program ended with 1 (try 2, again in 20 s)',
  ],
  [
    { event: 'waiting', reason: 'The hub cannot be reached.', retryInSeconds: 10 },
    'waiting    The hub cannot be reached. (again in 10 s)',
  ],
])('a watch tells %j', (event, line) => expect(watchEventLine(event, pipe)).toBe(line));

const quality = {
  resourceId: 'streets',
  uploadId: 'U',
  sequence: 3,
  resourceVersion: 1,
  content: 'snapshot',
  state: 'held',
  at: '2026-12-01T02:00:00.000Z',
  rows: { read: 3_000_000, accepted: 2_999_999, rejected: 1 },
  violations: [
    { field: 'seats', rule: 'maximum', severity: 'warning', count: 300_000, firstLine: 2 },
    { field: '', rule: 'columns', count: 1, firstLine: 9 },
  ],
  datasetRows: 2_999_999,
  drift: -0.5,
  held: { reason: 'row-count', previousRows: 6_000_000, rows: 2_999_999, limit: 0.2 },
} as unknown as Quality;

test('the quality of an upload: what is rare is not told as nothing, and what is held has no fields', () => {
  const lines = qualityOfOneScreen(quality, undefined, pipe).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'rejected  1  (< 0.001 %)',
      'drift     −50 %',
      'held      6,000,000 → 2,999,999, > 20 %',
      'seats     maximum  warning   300,000       10 %',
      '(record)  columns  rejected        1  < 0.001 %',
    ]),
  );
  expect(lines.at(-1)).toContain('columns');
});

test('while its fields are looked at, that is said; where no rule was broken, too', () => {
  const screen = qualityOfOneScreen({ ...quality, state: 'accepted', violations: [] }, undefined, pipe);
  expect(screen).toMatch(/No rule was broken\.\n\nIts fields are being looked at\.$/);
  expect(qualityScreen({ items: [], newest: undefined, definition: undefined }, pipe)).toMatch(/^Nothing was uploaded/);
});

test('times show their zone', () => {
  const zones = ['Asia/Shanghai', 'Asia/Kolkata', 'UTC', 'America/St_Johns'];
  const script = `const { moment } = await import('./clients/words/quantity.ts');
    for (const zone of ${JSON.stringify(zones)}) { process.env.TZ = zone; console.log(moment('2026-12-01T02:00:04.120Z')); }`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: join(import.meta.dirname, '../..'),
    encoding: 'utf8',
  });
  expect(said.trimEnd().split('\n')).toEqual([
    '2026-12-01 10:00:04+08',
    '2026-12-01 07:30:04+05:30',
    '2026-12-01 02:00:04+00',
    '2026-11-30 22:30:04-03:30',
  ]);
});
