import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { Copy } from '../../clients/node/copy.ts';
import { Follower, type DeliverySource } from '../../clients/node/follow.ts';
import { rowsOf } from '../../clients/node/rows.ts';
import { nextOf, stepFor, type Followed } from '../../clients/protocol/following.ts';
import { SuspendedError } from '../../clients/protocol/withheld.ts';
import { anId } from '../support/builders.ts';

const delivery = (datasetVersion: number, baseDatasetVersion?: number, termsVersion = 1): Followed => ({
  deliveryId: anId(termsVersion * 1000 + datasetVersion),
  termsVersion,
  datasetVersion,
  content: baseDatasetVersion === undefined ? 'snapshot' : 'changes',
  ...(baseDatasetVersion !== undefined && { baseDatasetVersion }),
});
const at = (datasetVersion: number, termsVersion = 1) => ({ datasetVersion, termsVersion });

describe('what a delivery is to a copy', () => {
  test.each([
    ['a snapshot to none', 'apply', undefined, delivery(3)],
    ['a snapshot to an older one', 'apply', at(2), delivery(3)],
    ['the same snapshot again', 'drop', at(3), delivery(3)],
    ['an older snapshot', 'drop', at(4), delivery(3)],
    ['the result of a comparison', 'drop', at(3), { ...delivery(4), comparisonId: 'C' as never }],
    ['edits of what it is', 'apply', at(3), delivery(4, 3)],
    ['edits across versions that it never had', 'apply', at(3), delivery(9, 3)],
    ['edits that it has', 'drop', at(4), delivery(4, 3)],
    ['edits of what it was before', 'drop', at(5), delivery(4, 3)],
    ['edits of what it is not yet', 'hold', at(3), delivery(5, 4)],
    ['edits of an older version than it is', 'hold', at(4), delivery(6, 3)],
    ['edits to none', 'hold', undefined, delivery(4, 3)],
    ['a snapshot of later terms, though of the same dataset', 'apply', at(3), delivery(3, undefined, 2)],
    ['edits of later terms', 'hold', at(3), delivery(4, 3, 2)],
    ['a newer snapshot of earlier terms', 'drop', at(3, 2), delivery(4)],
  ] as const)('%s: %s', (_case, step, copy, one) => {
    expect(stepFor(copy, one)).toBe(step);
  });

  test.each([
    ['the newest snapshot, which spares what comes before', at(1), [delivery(2, 1), delivery(4), delivery(3)], 4],
    ['edits where there is no snapshot', at(1), [delivery(3, 2), delivery(2, 1)], 2],
    ['nothing where all wait or are had', at(1), [delivery(3, 2), delivery(1)], undefined],
  ] as const)('of several goes first %s', (_case, copy, held, first) => {
    expect(nextOf(copy, held)?.datasetVersion).toBe(first);
  });
});

async function* inPieces(text: string, size = 5): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

test.each([
  [
    'csv',
    '_op,id,name\nupsert,1,"Li, ""Sons"""\ndelete,2,\n',
    [
      ['upsert', '1', 'Li, "Sons"'],
      ['delete', '2', ''],
    ],
  ],
  ['csv', '_op,id,name\n', []],
  [
    'ndjson',
    '{"_op":"upsert","id":12345678901234567890.50,"name":"京\u2028\\n"}\n{"_op":"delete","id":2,"name":null}\n',
    [
      ['upsert', '12345678901234567890.50', '京\u2028\n'],
      ['delete', '2', null],
    ],
  ],
  ['ndjson', '', []],
] as const)('rows of %s come as they are written: %#', async (format, text, rows) => {
  const read: unknown[] = [];
  for await (const row of rowsOf(inPieces(text), ['_op', 'id', 'name'], format)) read.push(row);
  expect(read).toEqual(rows);
});

/** Contents by dataset version; what is in `released` is the history. */
function aHub(contents: Readonly<Record<number, string>>) {
  const receipts: string[] = [];
  const fetched: string[] = [];
  const hub = {
    released: [] as Followed[],
    receipts,
    fetched,
    broken: false,
    suspended: false,
    gone: new Set<string>(),
  };
  const source: DeliverySource = {
    async content(deliveryId) {
      if (hub.broken) throw new Error('no network');
      if (hub.suspended) throw new SuspendedError('suspended');
      fetched.push(deliveryId);
      if (hub.gone.has(deliveryId)) return { gone: 'replaced' };
      const text = contents[Number(deliveryId.slice(-3))] ?? '';
      return { sha256: createHash('sha256').update(text).digest('base64'), bytes: inPieces(text) };
    },
    receipt: async (deliveryId) => void receipts.push(deliveryId),
    async history(after = '0') {
      const items = hub.released.slice(Number(after), Number(after) + 2);
      return { items, ...(items.length > 0 && { cursor: String(Number(after) + items.length) }) };
    },
  };
  const copy = new Copy({ fields: ['id', 'name'], key: ['id'], format: 'csv' });
  return { hub, copy, source, follower: new Follower(copy, source) };
}

const contents = {
  1: 'id,name\n1,Li\n2,Wang\n',
  2: '_op,id,name\ndelete,2,\nupsert,3,Zhao\n',
  3: '_op,id,name\nupsert,1,Li Na\n',
  4: 'id,name\n9,Qian\n',
};
const [first, second, third] = [delivery(1), delivery(2, 1), delivery(3, 2)];
const rowsIn = (copy: Copy) => [...copy.rows].map((row) => row.join(' ')).toSorted();

describe('a follower', () => {
  test('holds what overtook, and applies it when its turn comes; what comes again is dropped', async () => {
    const { hub, copy, follower } = aHub(contents);
    expect(await follower.take(third)).toBe('held');
    expect(await follower.take(second)).toBe('held');
    expect(hub.fetched).toEqual([]);
    expect(await follower.take(first)).toBe('applied');
    expect(rowsIn(copy)).toEqual(['1 Li Na', '3 Zhao']);
    expect(copy.standing).toEqual(at(3));
    expect([await follower.take(third), await follower.take(first), follower.held]).toEqual(['dropped', 'dropped', 0]);
    expect(hub.receipts).toEqual([first, second, third].map(({ deliveryId }) => deliveryId));
  });
  test('heals from the history what got lost, page after page, and reads no page twice', async () => {
    const { hub, copy, follower } = aHub(contents);
    hub.released.push(first, third);
    expect(await follower.heal()).toBe(false);
    expect([copy.standing, follower.held]).toEqual([at(1), 1]);
    hub.released.push(second);
    expect(await follower.heal()).toBe(true);
    expect(rowsIn(copy)).toEqual(['1 Li Na', '3 Zhao']);
    expect(hub.fetched).toHaveLength(3);
  });
  test('goes from the newest snapshot on, where it joins late', async () => {
    const { hub, copy, follower } = aHub(contents);
    hub.released.push(first, second, third, delivery(4));
    expect(await follower.heal()).toBe(true);
    expect(hub.fetched).toEqual([delivery(4).deliveryId]);
    expect(rowsIn(copy)).toEqual(['9 Qian']);
  });
  test('can be asked again where a content could not be fetched', async () => {
    const { hub, copy, follower } = aHub(contents);
    await follower.take(first);
    hub.broken = true;
    await expect(follower.take(second)).rejects.toThrow('no network');
    hub.broken = false;
    expect(await follower.take(second)).toBe('applied');
    expect(rowsIn(copy)).toEqual(['1 Li', '3 Zhao']);
  });
  test('keeps what waits while its agreement is suspended, and goes on afterwards', async () => {
    const { hub, copy, follower } = aHub(contents);
    await follower.take(first);
    hub.suspended = true;
    await expect(follower.take(second)).rejects.toThrow(SuspendedError);
    await expect(follower.take(third)).rejects.toThrow(SuspendedError);
    expect([copy.standing, follower.held]).toEqual([at(1), 2]);
    hub.suspended = false;
    expect(await follower.heal()).toBe(true);
    expect(copy.standing).toEqual(at(3));
  });
  test('drops what is gone, asks for it once, and is whole again with the next snapshot', async () => {
    const { hub, copy, follower } = aHub(contents);
    hub.gone.add(second.deliveryId);
    hub.released.push(first, second, third);
    expect(await follower.heal()).toBe(false);
    expect([copy.standing, follower.held]).toEqual([at(1), 1]);
    expect([await follower.take(second), await follower.heal()]).toEqual(['dropped', false]);
    expect(hub.fetched.filter((id) => id === second.deliveryId)).toHaveLength(1);
    expect(hub.receipts).toEqual([first.deliveryId]);
    hub.released.push(delivery(4));
    expect(await follower.heal()).toBe(true);
    expect(rowsIn(copy)).toEqual(['9 Qian']);
  });
  test('is not whole where the last one that was released is gone', async () => {
    const { hub, follower } = aHub(contents);
    hub.gone.add(second.deliveryId);
    hub.released.push(first, second);
    expect([await follower.heal(), follower.held]).toEqual([false, 0]);
  });
  test('begins anew with the snapshot of later terms, in their shape, and drops what was left of earlier ones', async () => {
    const { hub, source } = aHub({
      ...contents,
      4: 'name,id,street\nQian,9,East\n',
      5: '_op,name,id,street\ndelete,,9,\n',
    });
    const copy = new Copy((termsVersion) =>
      termsVersion === 1
        ? { fields: ['id', 'name'], key: ['id'], format: 'csv' }
        : { fields: ['name', 'id', 'street'], key: ['id'], format: 'csv' },
    );
    const follower = new Follower(copy, source);
    await follower.take(first);
    hub.gone.add(second.deliveryId);
    hub.released.push(first, second, delivery(4, undefined, 2));
    expect(await follower.heal()).toBe(true);
    expect([rowsIn(copy), copy.standing]).toEqual([['Qian 9 East'], at(4, 2)]);
    expect(hub.fetched).toEqual([first.deliveryId, delivery(4, undefined, 2).deliveryId]);
    expect([await follower.take(third), await follower.take(delivery(5, 4, 2))]).toEqual(['dropped', 'applied']);
    expect(copy.size).toBe(0);
  });
  test.each([
    ['an operation that there is not', '_op,id,name\ndelete,2,\nreplace,1,Li\n'],
    ['other columns', '_op,name,id\ndelete,,2\n'],
    ['a broken row', '_op,id,name\ndelete,2,\nupsert,1\n'],
  ])('leaves the copy as it was where edits have %s', async (_case, broken) => {
    const { copy, follower } = aHub({ ...contents, 2: broken });
    await follower.take(first);
    await expect(follower.take(second)).rejects.toThrow();
    expect([rowsIn(copy), copy.standing]).toEqual([['1 Li', '2 Wang'], at(1)]);
  });
});

test('a copy takes only what it is the turn of, and needs the whole key', async () => {
  const copy = new Copy({ fields: ['id'], key: ['id'], format: 'csv' });
  await expect(copy.apply(second, inPieces('_op,id\n'))).rejects.toThrow('not to be applied');
  expect(() => new Copy({ fields: ['name'], key: ['id'], format: 'csv' })).toThrow('without the whole key');
  expect(() => new Copy({ fields: ['name'], key: [], format: 'csv' })).toThrow('without the whole key');
});
