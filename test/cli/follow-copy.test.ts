import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { disk as realDisk, type Disk } from '../../clients/cli/follow/disk.ts';
import type { FollowEvent } from '../../clients/cli/follow/events.ts';
import { FileCopy } from '../../clients/cli/follow/file-copy.ts';
import { followEventLine } from '../../clients/cli/follow/event-screen.ts';
import { Copy, type CopyShape } from '../../clients/node/copy.ts';
import { Follower, type DeliverySource } from '../../clients/node/follow.ts';
import { rowsOf } from '../../clients/node/rows.ts';
import type { Followed } from '../../clients/protocol/following.ts';
import { anId } from '../support/builders.ts';
import { MemoryDisk } from './memory-disk.ts';

const delivery = (datasetVersion: number, baseDatasetVersion?: number): Followed => ({
  deliveryId: anId(datasetVersion),
  termsVersion: 1,
  datasetVersion,
  content: baseDatasetVersion === undefined ? 'snapshot' : 'changes',
  ...(baseDatasetVersion !== undefined && { baseDatasetVersion }),
});

type Format = CopyShape['format'];

/** The same deliveries in both formats, and what they make. */
const versions: Record<Format, { contents: Record<number, string>; result: string }> = {
  csv: {
    contents: {
      1: 'id,name\n1,Li\n2,"Wang, ""Sons"""\n3,Zhao\n',
      2: '_op,id,name\ndelete,2,\nupsert,4,"Qian\nSun"\n',
      3: '_op,id,name\n',
      4: '_op,id,name\nupsert,1,"Li, Na"\nupsert,2,Wang\n',
    },
    result: 'id,name\n1,"Li, Na"\n3,Zhao\n4,"Qian\nSun"\n2,Wang\n',
  },
  ndjson: {
    contents: {
      1: '{"id":1,"name":"Li"}\n{"id":2.50,"name":null}\n{"id":3,"name":"Zhao"}\n',
      2: '{"_op":"delete","id":2.50,"name":null}\n{"_op":"upsert","id":12345678901234567890,"name":"Qian\\nSun"}\n',
      3: '',
      4: '{"_op":"upsert","id":1,"name":"Li \\"Na\\""}\n{"_op":"upsert","id":2.50,"name":"Wang"}\n',
    },
    result:
      '{"id":1,"name":"Li \\"Na\\""}\n{"id":3,"name":"Zhao"}\n{"id":12345678901234567890,"name":"Qian\\nSun"}\n{"id":2.50,"name":"Wang"}\n',
  },
};
const released = [delivery(1), delivery(2, 1), delivery(3, 2), delivery(4, 3)];

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exchange-hub-copy-'));
  file = join(folder, 'copy');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function* inPieces(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

const shape = (format: Format): CopyShape => ({ fields: ['id', 'name'], key: ['id'], format });
const opened = (format: Format, disk: Disk = realDisk, agreementId = 'A') =>
  FileCopy.open({
    file,
    department: 'tax',
    agreementId,
    disk,
    shapeOf: (termsVersion) =>
      termsVersion === 1 ? Promise.resolve(shape(format)) : Promise.reject(new Error('no such terms')),
  });

function sourceOf(contents: Readonly<Record<number, string>>): DeliverySource {
  return {
    content: async (deliveryId) => {
      const text = contents[Number(deliveryId.slice(-3))] ?? '';
      return { sha256: createHash('sha256').update(text).digest('base64'), bytes: inPieces(text) };
    },
    receipt: () => Promise.resolve(),
    history: (after = '0') => {
      const items = released.slice(Number(after), Number(after) + 2);
      return Promise.resolve({ items, ...(items.length > 0 && { cursor: String(Number(after) + items.length) }) });
    },
  };
}

class Died extends Error {}

/** A disk on which the process dies at its nth step, before the step or after it. */
function mortal(disk: Disk, steps: number, after: boolean): Disk {
  let left = steps;
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    left -= 1;
    if (left === 0 && !after) throw new Died();
    const done = await work();
    if (left === 0) throw new Died();
    return done;
  };
  return {
    emptyFolder: (path) => step(() => disk.emptyFolder(path)),
    note: (path, text) => step(() => disk.note(path, text)),
    noted: (path) => disk.noted(path),
    move: (from, to, into) => step(() => disk.move(from, to, into)),
    read: (path) => disk.read(path),
    digest: (path) => disk.digest(path),
    create: (path) =>
      step(async () => {
        const target = await disk.create(path);
        return {
          write: (chunk) => step(async () => target.write(chunk)),
          close: async () => {
            await target.close();
            await step(() => Promise.resolve());
          },
        };
      }),
  };
}

/** The whole file; undefined where there is none. */
async function textOn(disk: Disk): Promise<string | undefined> {
  if ((await disk.digest(file)) === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of disk.read(file)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** The file after each delivery, where nothing goes wrong. */
async function eachVersion(format: Format): Promise<Record<number, string>> {
  const disk = new MemoryDisk();
  const copy = await opened(format, disk);
  const found: Record<number, string> = {};
  for (const one of released) {
    await copy.apply(one, inPieces(versions[format].contents[one.datasetVersion] ?? ''));
    found[one.datasetVersion] = (await textOn(disk)) ?? '';
  }
  return found;
}

/** One life of a process that follows; whether it came to the end. */
async function live(format: Format, disk: Disk): Promise<boolean> {
  try {
    const copy = await opened(format, disk);
    expect(copy.lost).toBeUndefined();
    return await new Follower(copy, sourceOf(versions[format].contents)).heal();
  } catch (fault) {
    if (fault instanceof Died) return false;
    throw fault;
  }
}

describe.each(['csv', 'ndjson'] as const)('a copy of %s', (format) => {
  const { contents, result } = versions[format];

  test('is, after each delivery, what its rows say: replaced in their places, new ones behind', async () => {
    expect(await live(format, realDisk)).toBe(true);
    expect(await readFile(file, 'utf8')).toBe(result);
    expect((await opened(format)).standing).toMatchObject({ termsVersion: 1, datasetVersion: 4 });
  });

  test.each([false, true])(
    'is exact though the process dies at each of its steps (after the step: %s)',
    async (after) => {
      const versionsOf = await eachVersion(format);
      let deaths = 0;
      for (let step = 1; ; step += 1) {
        const disk = new MemoryDisk();
        const died = !(await live(format, mortal(disk, step, after)));
        if (died) deaths += 1;
        // Whatever stands there is a whole version, and known as such.
        const { standing } = await opened(format, disk);
        expect(await textOn(disk)).toBe(standing && versionsOf[standing.datasetVersion]);
        expect(await live(format, disk)).toBe(true);
        expect(await textOn(disk)).toBe(result);
        if (!died) break;
      }
      // Four deliveries, each written, closed, noted twice and moved.
      expect(deaths).toBeGreaterThan(16);
    },
  );

  test('that died at every step, one after another, still comes to its end', async () => {
    for (let step = 2; !(await live(format, mortal(realDisk, step, true))); step += 1);
    expect(await readFile(file, 'utf8')).toBe(result);
  });

  test('that was changed or removed by something else is lost, and made anew', async () => {
    await live(format, realDisk);
    for (const [spoil, lost] of [
      [() => writeFile(file, 'other'), 'changed'],
      [() => rm(file), 'missing'],
    ] as const) {
      await spoil();
      const copy = await opened(format);
      expect([copy.lost, copy.standing]).toEqual([lost, undefined]);
      expect(await new Follower(copy, sourceOf(contents)).heal()).toBe(true);
      expect(await readFile(file, 'utf8')).toBe(result);
    }
  });

  test('takes no edits when it was changed while it is followed', async () => {
    const copy = await opened(format);
    await copy.apply(released[0]!, inPieces(contents[1]!));
    await writeFile(file, contents[1]!.replace('Zhao', 'Zhou'));
    await expect(copy.apply(released[1]!, inPieces(contents[2]!))).rejects.toThrow('changed by something else');
    expect(copy.standing).toBeUndefined();
    expect(await new Follower(copy, sourceOf(contents)).heal()).toBe(true);
    expect(await readFile(file, 'utf8')).toBe(result);
  });

  test('stays as it is where edits cannot be read', async () => {
    const copy = await opened(format);
    await copy.apply(released[0]!, inPieces(contents[1]!));
    const broken = format === 'csv' ? '_op,id,name\nreplace,1,Li\n' : '{"id":1,"_op":"upsert","name":"Li"}\n';
    await expect(copy.apply(released[1]!, inPieces(broken))).rejects.toThrow(/edits/);
    expect([await readFile(file, 'utf8'), copy.standing]).toMatchObject([contents[1], { datasetVersion: 1 }]);
  });

  test('holds, through any edits, the rows that the copy in memory holds', async () => {
    const id = fc.integer({ min: 0, max: 12 }).map(String);
    const name = fc.oneof(fc.constantFrom('', 'Li', 'a,b', 'say "x"'), fc.string({ maxLength: 6 }));
    const row = fc.tuple(
      id,
      name.map((text) => text.replaceAll(/[\r\n\0]/g, '')),
    );
    const rows = fc.uniqueArray(row, { selector: ([key]) => key, maxLength: 13 });
    const edits = fc.uniqueArray(fc.tuple(row, fc.boolean()), { selector: ([[key]]) => key, maxLength: 13 });
    await fc.assert(
      fc.asyncProperty(rows, fc.array(edits, { maxLength: 4 }), async (first, later) => {
        const disk = new MemoryDisk();
        const [copy, memory] = [await opened(format, disk), new Copy(shape(format))];
        const texts = [
          written(
            format,
            first.map(([key, text]) => [
              ['id', key],
              ['name', text],
            ]),
          ),
          ...later.map((some) =>
            written(
              format,
              some.map(([[key, text], gone]) => [
                ['_op', gone ? 'delete' : 'upsert'],
                ['id', key],
                ['name', gone ? '' : text],
              ]),
              ['_op', 'id', 'name'],
            ),
          ),
        ];
        for (const [index, text] of texts.entries()) {
          const one = index === 0 ? delivery(1) : delivery(index + 1, index);
          await copy.apply(one, inPieces(text));
          await memory.apply(one, inPieces(text));
        }
        const found: string[] = [];
        for await (const one of rowsOf(inPieces((await textOn(disk)) ?? ''), ['id', 'name'], format))
          found.push(JSON.stringify(one));
        expect(found.toSorted()).toEqual([...memory.rows].map((one) => JSON.stringify(one)).toSorted());
      }),
      { numRuns: 40 },
    );
  });
});

type Cells = readonly (readonly [name: string, value: string])[];
const written = (format: Format, rows: readonly Cells[], columns = ['id', 'name']): string =>
  format === 'csv'
    ? [columns, ...rows.map((row) => row.map(([, value]) => `"${value.replaceAll('"', '""')}"`))]
        .map((cells) => `${cells.join(',')}\n`)
        .join('')
    : rows.map((row) => `${JSON.stringify(Object.fromEntries(row))}\n`).join('');

describe.each<[string, () => Disk]>([
  ['the real one', () => realDisk],
  ['the one in memory', () => new MemoryDisk()],
])('a disk: %s', (_, make) => {
  test('keeps what was noted, created and moved, and tells what is not there', async () => {
    const disk = make();
    const [work, target] = [join(folder, 'work'), join(folder, 'work', 'new')];
    await disk.emptyFolder(work);
    expect([await disk.noted(file), await disk.digest(file)]).toEqual([undefined, undefined]);
    await disk.note(file, 'a note');
    expect(await disk.noted(file)).toBe('a note');
    const created = await disk.create(target);
    for (const chunk of ['a ', 'copy']) await created.write(Buffer.from(chunk));
    await created.close();
    await disk.move(target, file, folder);
    expect([await textOn(disk), await disk.digest(target)]).toEqual(['a copy', undefined]);
    expect(await disk.digest(file)).toBe(createHash('sha256').update('a copy').digest('base64'));
    await (await disk.create(target)).close();
    await disk.emptyFolder(work);
    expect([await disk.digest(target), await textOn(disk)]).toEqual([undefined, 'a copy']);
    await expect(disk.move(target, file, folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a file', () => {
  test('that hub follow did not make is not overwritten', async () => {
    await writeFile(file, 'precious');
    await expect(opened('csv')).rejects.toMatchObject({ text: { code: 'file-taken', exit: 2 } });
    expect(await readFile(file, 'utf8')).toBe('precious');
  });
  test('belongs to one agreement', async () => {
    await live('csv', realDisk);
    await expect(opened('csv', realDisk, 'B')).rejects.toMatchObject({ text: { code: 'file-taken' } });
  });
  test('whose note cannot be understood is told, with what to do', async () => {
    await live('csv', realDisk);
    await writeFile(join(`${file}.hub`, 'copy.json'), '{');
    await expect(opened('csv')).rejects.toMatchObject({ text: { code: 'bad-journal' } });
  });
});

const look = { lang: 'en', tty: false, color: false, columns: 80 } as const;
type Applied = Extract<FollowEvent, { event: 'applied' }>;
const deliveryId = 'D' as Applied['deliveryId'];
const about = { deliveryId, datasetVersion: 7, file: 'streets.csv', seconds: 0.4 } as const;
test.each<[FollowEvent, string]>([
  [{ event: 'applied', content: 'snapshot', rows: 1234, ...about }, 'applied  7  D  snapshot, 1,234 rows, 0.4 s'],
  [
    { event: 'applied', content: 'changes', changes: { inserted: 1, updated: 2000, deleted: 0 }, ...about },
    'applied  7  D  1 inserted, 2,000 updated, 0 deleted, 0.4 s',
  ],
  [{ event: 'held', deliveryId, datasetVersion: 7, baseDatasetVersion: 6 }, 'held     7  D  waits for 6'],
  [{ event: 'lost', reason: 'missing', file: 'streets.csv' }, 'lost     streets.csv  it is gone, and is made anew'],
  [{ event: 'suspended', agreementId: 'A' }, 'suspended  A  nothing is given out until it is in force again'],
  [
    { event: 'gone', deliveryId, reason: 'replaced' },
    'gone     D  an amendment replaced its terms; their snapshot follows',
  ],
  [
    { event: 'gone', deliveryId, reason: 'retention-over' },
    'gone     D  its terms do not let it be kept any longer; the next snapshot makes up for it',
  ],
  [{ event: 'current', datasetVersion: 7, file: 'streets.csv' }, 'current  7  streets.csv'],
  [{ event: 'waiting', reason: 'No hub.', retryInSeconds: 10 }, 'waiting  No hub. (again in 10 s)'],
])('following tells %j', (event, line) => expect(followEventLine(event, look)).toBe(line));
