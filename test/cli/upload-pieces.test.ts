import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Command } from 'commander';
import { progressLine } from '../../clients/cli/terminal/progress.ts';
import { typedLike } from '../../clients/cli/upload/command-line.ts';
import { complete } from '../../clients/cli/upload/completion.ts';
import { digestOf } from '../../clients/cli/upload/sending/digest.ts';
import { type Identity, Journal } from '../../clients/cli/upload/sending/journal.ts';
import { actsAfterUpload } from '../../clients/cli/upload/verdict/next-acts.ts';
import { partBytesFor } from '../../clients/cli/upload/sending/part-plan.ts';
import { PartAddresses } from '../../clients/cli/upload/sending/part-urls.ts';
import { persist } from '../../clients/cli/upload/sending/persist.ts';
import { StorageFault } from '../../clients/cli/upload/sending/put-bytes.ts';
import { firstRecords } from '../../clients/cli/upload/verdict/report-head.ts';
import { sendParts, type PartsTransfer } from '../../clients/cli/upload/sending/send-parts.ts';
import type { HubClient } from '../../clients/protocol/hub-client.ts';
import { RefusedError, UnreachableError } from '../../clients/protocol/refused.ts';
import type { Sent } from '../../clients/protocol/route-types.ts';
import type { Called } from '../../clients/protocol/routes.ts';
import { Desk } from './upload-desk.ts';

const MiB = 1024 ** 2;
const neverStopping = new AbortController().signal;
const impatient = { pauses: [0, 0, 0], signal: neverStopping };
const refusal = (status: number, code: string, detail = '') =>
  new RefusedError({ type: '', title: '', status, code, detail });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exchange-hub-pieces-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the parts of a file', () => {
  test.each([
    { bytes: 1, asked: undefined, part: undefined },
    { bytes: 64 * MiB, asked: undefined, part: undefined },
    { bytes: 64 * MiB + 1, asked: undefined, part: 16 * MiB },
    { bytes: 300 * 1024 * MiB, asked: undefined, part: 31 * MiB },
    { bytes: 10, asked: 5, part: 5 * MiB },
    { bytes: 50_000 * MiB, asked: 5, part: 5 * MiB },
  ])('a file of $bytes bytes, $asked MiB asked for, goes in parts of $part', ({ bytes, asked, part }) => {
    expect(partBytesFor(bytes, asked)).toBe(part);
  });

  test.each([
    { bytes: 10, asked: 4, needed: '--part-size 5' },
    { bytes: 50_001 * MiB, asked: 5, needed: '--part-size 6' },
  ])('parts of $asked MiB are refused for $bytes bytes, naming what would do', ({ bytes, asked, needed }) => {
    expect(() => partBytesFor(bytes, asked)).toThrow(
      expect.objectContaining({ text: expect.objectContaining({ next: [expect.stringContaining(needed)] }) }),
    );
  });

  test('have digests of their own, wherever the reads are cut', async () => {
    const desk = await Desk.of();
    const size = 2.5 * MiB;
    await desk.put('file', Buffer.alloc(size, 'abcdefg'));
    const file = join(desk.terminal.folder, 'file');
    const whole = await digestOf(file, undefined, () => {});
    const inParts = await digestOf(file, 700_001, () => {});
    const again = await Promise.all(
      inParts.parts.map(async ({ bytes }, index) => {
        const piece = Buffer.alloc(size, 'abcdefg').subarray(index * 700_001, index * 700_001 + bytes);
        await desk.put(`part-${index}`, piece);
        return (await digestOf(join(desk.terminal.folder, `part-${index}`), undefined, () => {})).sha256;
      }),
    );
    expect(inParts).toMatchObject({ bytes: size, sha256: whole.sha256 });
    expect(inParts.parts.map(({ sha256 }) => sha256)).toEqual(again);
    await desk.leave();
  });
});

describe('a journal', () => {
  const identity: Identity = {
    api: 'http://hub',
    resourceId: 'streets',
    kind: { content: 'snapshot', format: 'csv', encoding: 'utf-8' },
    fixes: undefined,
    bytes: 9,
    sha256: 'digest-of-the-file',
    partBytes: 5,
  };

  test('tells the next run key, upload and parts, and nothing of a line that was cut', async () => {
    const place = join(folder, 'cut');
    const first = await Journal.open(place, identity);
    await first.announced('UPLOAD');
    for (const part of [3, 1]) await first.sent(part);
    const [file] = await readdir(place);
    await appendFile(join(place, file!), 'part 1');
    const second = await Journal.open(place, identity);
    expect(second).toMatchObject({ found: true, key: first.key, uploadId: 'UPLOAD', done: new Set([3, 1]) });
    await second.sent(12);
    expect((await Journal.open(place, identity)).done).toEqual(new Set([3, 1, 12]));
  });

  test.each([
    ['resource', { resourceId: 'villages' }],
    ['file', { sha256: 'another' }],
    ['encoding', { kind: { ...identity.kind, encoding: 'gb18030' } }],
    ['content', { kind: { ...identity.kind, content: 'changes' } }],
    ['sheet', { kind: { ...identity.kind, format: 'xlsx', sheet: '2026' } }],
    ['upload that is fixed', { fixes: 'OTHER' }],
    ['cut into parts', { partBytes: 6 }],
    ['hub', { api: 'http://other' }],
  ] as const)('is not found by a command with another %s', async (_, other) => {
    const place = join(folder, 'other');
    await (await Journal.open(place, identity)).announced('UPLOAD');
    expect((await Journal.open(place, { ...identity, ...other })).uploadId).toBeUndefined();
  });

  test('that is closed, or began anew, has another key', async () => {
    const place = join(folder, 'closed');
    const first = await Journal.open(place, identity);
    await first.close();
    const second = await Journal.open(place, identity);
    const third = await second.startAnew();
    expect(second.found).toBe(false);
    expect(new Set([first.key, second.key, third.key]).size).toBe(3);
  });
});

describe('a fault on the way', () => {
  test.each([
    ['no network', new UnreachableError('http://hub', 'ECONNRESET')],
    ['the hub is throttled', refusal(429, 'too-many-requests')],
    ['the hub fails', refusal(503, 'fault')],
    ['the storage fails', new StorageFault(500, '')],
  ])('is tried again: %s', async (_, fault) => {
    let tries = 0;
    const work = async () => {
      tries += 1;
      if (tries < 4) throw fault;
      return 'done';
    };
    expect(await persist(work, impatient)).toBe('done');
  });

  test('is thrown after the last pause', async () => {
    let tries = 0;
    const work = () => Promise.reject(new Error(`try ${(tries += 1)}`));
    await expect(persist(work, impatient)).rejects.toThrow('try 4');
  });

  test('that is a refusal is not tried again', async () => {
    let tries = 0;
    const work = () => {
      tries += 1;
      return Promise.reject(refusal(409, 'wrong-state'));
    };
    await expect(persist(work, impatient)).rejects.toThrow('wrong-state');
    expect(tries).toBe(1);
  });
});

describe('sending parts', () => {
  const recording = (put: PartsTransfer['put']) => {
    const asked: string[] = [];
    const sent: number[] = [];
    const transfer: PartsTransfer = {
      address: async (part, renew) => {
        asked.push(`${part}${renew ? ' anew' : ''}`);
        return { url: `http://storage/${part}`, headers: {} };
      },
      put,
      sent: async (part) => void sent.push(part),
    };
    return { asked, sent, transfer };
  };

  test('tries a part again with a fresh URL, and each part is noted once', async () => {
    const failed = new Set<number>();
    const { asked, sent, transfer } = recording(async (part) => {
      if (part % 2 === 0 && !failed.has(part)) {
        failed.add(part);
        throw new StorageFault(403, '<Code>AccessDenied</Code>');
      }
    });
    await sendParts([1, 2, 3, 4, 5, 6], transfer, impatient);
    expect(new Set(sent)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    expect(sent).toHaveLength(6);
    expect(asked.toSorted()).toEqual(['1', '2', '2 anew', '3', '4', '4 anew', '5', '6', '6 anew']);
  });

  test('sends a few at once, never all', async () => {
    let now = 0;
    let most = 0;
    const { transfer } = recording(async () => {
      most = Math.max(most, (now += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
      now -= 1;
    });
    await sendParts(
      Array.from({ length: 20 }, (_, index) => index + 1),
      transfer,
      impatient,
    );
    expect(most).toBe(4);
  });

  test('stops the others when one does not get through, and throws its fault', async () => {
    const { sent, transfer } = recording(async (part, _to, signal) => {
      if (part === 2) throw new Error('part 2 does not get through');
      if (part > 4) throw new Error('sent after the fault');
      await new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    });
    await expect(sendParts([1, 2, 3, 4, 5, 6], transfer, impatient)).rejects.toThrow('part 2 does not get through');
    expect(sent).toEqual([]);
  });
});

test('part URLs come a page at a time, whoever asks, and anew where one is wanted anew', async () => {
  const asked: unknown[] = [];
  const page = (from: number) =>
    [from, from + 1].map((number) => ({ number, url: `http://storage/${number}?${asked.length}`, headers: {} }));
  const call = async (_: Called<'listParts'>, { query }: Sent<'listParts'>) => {
    asked.push(query?.from);
    return { items: page(Number(query?.from)) };
  };
  const client = { call } as unknown as HubClient;
  const addresses = new PartAddresses(client, 'UPLOAD');
  const [one, two] = await Promise.all([addresses.of(1, false), addresses.of(2, false)]);
  expect([one.url, two.url, asked]).toEqual(['http://storage/1?1', 'http://storage/2?1', [1]]);
  expect((await addresses.of(2, true)).url).toBe('http://storage/2?2');
});

test.each([
  ['3 of the declared parts have not arrived: 2, 5, 9. GET the parts again for fresh URLs and send those.', [2, 5, 9]],
  ['1 of the declared parts has not arrived: 7. GET the parts again for fresh URLs and send those.', [7]],
  ['22 of the declared parts have not arrived: 1, 2, 3 …. GET the parts again.', [1, 2, 3]],
])('the hub names missing parts: %s', async (detail, parts) => {
  const client = { call: () => Promise.reject(refusal(409, 'parts-missing', detail)) };
  expect(await complete(client, 'UPLOAD')).toEqual(parts);
});

describe('the first records of a report', () => {
  const head = 'line,column,field,rule,value\n';
  const reading = async (text: string, count: number, cut = 7) => {
    const bytes = Buffer.from(head + text);
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += cut) yield bytes.subarray(at, at + cut);
    }
    return firstRecords(pieces(), count);
  };

  test.each([
    ['nothing', '', []],
    [
      'one fault',
      '2,1,code,pattern,12\n',
      [{ line: 2, faults: [{ column: 1, field: 'code', rule: 'pattern', value: '12' }] }],
    ],
    [
      'warnings, which rejected nothing',
      '2,1,code,pattern,12,warning\n3,1,code,required,,error\n3,2,name,enum,x,warning\n',
      [{ line: 3, faults: [{ column: 1, field: 'code', rule: 'required', value: '' }] }],
    ],
    [
      'quotes, line ends and commas in a value',
      '2,1,"a,b",enum,"x ""y""\nz,"\n',
      [{ line: 2, faults: [{ column: 1, field: 'a,b', rule: 'enum', value: 'x "y"\nz,' }] }],
    ],
    [
      'a rule of the record',
      '9,,,columns,\n',
      [{ line: 9, faults: [{ column: undefined, field: '', rule: 'columns', value: '' }] }],
    ],
    [
      'several faults of a record',
      '2,1,a,type,ä汉\n2,2,b,required,\n3,1,a,type,q\n',
      [
        {
          line: 2,
          faults: [
            { column: 1, field: 'a', rule: 'type', value: 'ä汉' },
            { column: 2, field: 'b', rule: 'required', value: '' },
          ],
        },
        { line: 3, faults: [{ column: 1, field: 'a', rule: 'type', value: 'q' }] },
      ],
    ],
  ])('are read: %s', async (_, text, records) => {
    for (const cut of [1, 7, 1_000]) expect(await reading(text, 10, cut)).toEqual(records);
  });

  test('are no more than asked for, and the rest is not read', async () => {
    let read = 0;
    async function* endless() {
      yield Buffer.from(head);
      for (let line = 2; ; line += 1) {
        read += 1;
        yield Buffer.from(`${line},1,code,type,x\n`);
      }
    }
    expect((await firstRecords(endless(), 3)).map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(read).toBe(4);
  });
});

test.each([
  [['--profile', 'tax'], ['check', 'streets.csv'], 'hub --profile tax check streets.csv'],
  [[], ['check', '2026 街道.csv', '--version', 3], "hub check '2026 街道.csv' --version 3"],
  [['--lang', 'zh'], ['check', '街道.csv'], 'hub --lang zh check 街道.csv'],
  [
    ['--api', 'https://hub.example/prod'],
    ['check', "it's.csv"],
    String.raw`hub --api https://hub.example/prod check 'it'\''s.csv'`,
  ],
])('with %j the next command %j is printed so that it can be typed', async (globals, words, line) => {
  const program = new Command('hub')
    .option('--api <url>')
    .option('--profile <name>')
    .option('--lang <l>')
    .option('--json');
  program.command('check').action(() => {});
  await program.parseAsync(['--json', ...globals, 'check'], { from: 'user' });
  expect(typedLike(program)(...words)).toBe(line);
});

test.each([
  ['from the beginning', undefined, '50 %  5.0 MiB of 10.0 MiB, 1.0 MiB/s, 5 s left'],
  ['from where an earlier run stopped', 4 * MiB, '50 %  5.0 MiB of 10.0 MiB, 204.8 KiB/s, 25 s left'],
])('progress tells the rate of what is being sent, and the time that the rest takes at it: %s', (_, from, says) => {
  const state = { title: 'sending', done: 5 * MiB, total: 10 * MiB, seconds: 5, ...(from !== undefined && { from }) };
  expect(progressLine(state)).toContain(says);
});

describe('what to type next after a refusal', () => {
  const acts = (code: string, more: object = {}) =>
    actsAfterUpload(
      {
        typed: (...words) => words.filter((word) => word !== undefined).join(' '),
        lang: 'en',
        judged: { state: 'refused', resourceId: 'streets', refusal: { code: code as 'empty', detail: '' } },
        file: 'in/streets.csv',
        encoding: 'gb18030',
        said: [],
        otherEncoding: undefined,
        against: ['--resource', 'streets'],
        mended: false,
        fixes: undefined,
        ...more,
      },
      { uploadId: 'ID', hasReport: false, hasFixFile: false, savedFixFile: undefined },
    ).map(({ command }) => command);
  const check = 'check in/streets.csv --resource streets --encoding gb18030';
  const send = 'upload in/streets.csv --resource streets --encoding gb18030';

  test.each([
    ['header', {}, [check, send]],
    ['too-many-rejections', {}, [check, send]],
    ['too-many-rejections', { mended: true, fixes: 'OLD' }, [`${check} --mended`, `${send} --fixes OLD`]],
    ['encoding', { otherEncoding: 'utf-8' }, ['check in/streets.csv --resource streets']],
    ['superseded', {}, ['uploads --resource streets']],
    ['expired', {}, [send]],
    ['digest-mismatch', {}, [send]],
    ['declined', {}, [send]],
    [
      'header',
      { said: ['--sheet', '2026'] },
      [
        `check in/streets.csv --resource streets --sheet 2026 --encoding gb18030`,
        `upload in/streets.csv --resource streets --sheet 2026 --encoding gb18030`,
      ],
    ],
    [
      'snapshot-needed',
      { said: ['--content', 'changes', '--format', 'ndjson'] },
      ['upload in/streets.csv --resource streets --format ndjson --encoding gb18030'],
    ],
  ])('%s %j', (code, more, commands) => expect(acts(code, more)).toEqual(commands));
});

test.each([
  ['streets.csv', 'streets-fixes.csv'],
  ['in/街道.txt', '街道-fixes.csv'],
  ['streets-fixes.csv', 'streets-fixes-2.csv'],
  ['streets-fixes-9.csv', 'streets-fixes-10.csv'],
])('the fix-file of %s is %s: what was mended is never overwritten', (file, fixFile) => {
  const [get] = actsAfterUpload(
    {
      typed: (...words) => words.join(' '),
      lang: 'en',
      judged: { state: 'accepted', resourceId: 'streets' },
      file,
      encoding: 'utf-8',
      said: [],
      otherEncoding: undefined,
      against: [],
      mended: false,
      fixes: undefined,
    },
    { uploadId: 'ID', hasReport: true, hasFixFile: true, savedFixFile: undefined },
  );
  expect(get?.command).toBe(`uploads show ID --fix-file ${fixFile}`);
});
