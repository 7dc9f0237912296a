import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { aHub, listCsv, records, type TestHub } from './hub.ts';

let aws: LocalAws;
let hub: TestHub;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  hub = await aHub(aws);
});

const list = (...codes: readonly string[]) => ['org_code', ...codes, ''].join('\n');
const [one, two, three] = records.map(([code]) => code) as [string, string, string];

describe('a consumer that wants to know more than it is granted', () => {
  test('by lists of a single row: nothing of them is told, and after the day’s runs nothing is run', async () => {
    await hub.dataset();
    const agreement = await hub.agree({ kinds: ['intersect'], compare: [], minResult: 3, runsPerDay: 3 });
    const seen: unknown[] = [];
    for (const code of [one, two, '99-9']) {
      const id = await hub.send(agreement, list(code), { kind: 'intersect' });
      await hub.run(id);
      const {
        comparisonId: _id,
        announcedAt: _at,
        receivedAt: _came,
        finishedAt: _end,
        list: _own,
        ...rest
      } = (await hub.read(id)) as unknown as Record<string, unknown>;
      seen.push(rest);
    }
    expect(seen[0]).toMatchObject({ state: 'done', withheld: true });
    // Whether the row is in the register or not.
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect((await hub.announce(agreement, list(three), { kind: 'intersect' })).status).toBe(429);
  });

  test('by the difference of two lists: each may be told, and both are in the evidence and seen by the provider', async () => {
    await hub.dataset();
    const agreement = await hub.agree({ kinds: ['intersect'], compare: [], minResult: 2 });
    const ids = [];
    for (const text of [list(one, two), list(one, two, three)]) {
      const id = await hub.send(agreement, text, { kind: 'intersect' });
      await hub.run(id);
      ids.push(id);
    }
    const proofs = await Promise.all(ids.map(async (id) => (await hub.evidence(id))[1]));
    expect(proofs.map((proof) => proof?.figures)).toMatchObject([
      { rows: 2, hits: 2 },
      { rows: 3, hits: 3 },
    ]);
    expect(new Set(proofs.map((proof) => proof?.digests['list'])).size).toBe(2);
    const query = { agreementId: agreement.agreementId };
    const { body } = await hub.call<{ items: { rows: object; result: object }[] }>('listComparisons', 'quality', {
      query,
    });
    expect(body.items.map(({ rows, result }) => [rows, result])).toEqual([
      [{ read: 3, rejected: 0 }, { hits: 3 }],
      [{ read: 2, rejected: 0 }, { hits: 2 }],
    ]);
  });

  test('by a filter that leaves a record out: it is told as if the record were not there', async () => {
    await hub.dataset();
    const filter = [{ field: 'division', op: 'eq' as const, value: '110105' }];
    const agreement = await hub.agree({ filter, fields: ['division'] });
    const results: string[] = [];
    for (const code of [two, '99-9']) {
      const id = await hub.send(agreement, `org_code,name\n${code},王记商行\n`);
      await hub.run(id);
      results.push((await hub.result(id)).replaceAll(code, 'CODE'));
    }
    expect(results[1]).toBe(results[0]);
  });

  test('by what refusals say: no value of the list or of the register is in them', async () => {
    await hub.dataset();
    const agreement = await hub.agree({ runsPerDay: 20 });
    for (const text of [
      'name\n甲乙丙丁\n',
      '"org_code,name\n甲乙丙丁,x\n',
      'org_code,org_code,name\n甲乙丙丁,b,c\n',
      '甲乙丙丁,王记商行\n',
    ]) {
      const id = await hub.send(agreement, text);
      await hub.run(id);
      const { state, refusal } = (await hub.find(id)) as { state: string; refusal?: { detail?: string } };
      expect(state).toBe('refused');
      expect(JSON.stringify([await hub.told(id), await hub.evidence(id), hub.log.lines])).not.toContain('甲乙丙丁');
      expect(refusal?.detail).not.toMatch(/机床厂|长安商贸/);
    }
  });
});

describe('a provider that wants to know the list', () => {
  test('learns neither its digest nor that of the result, with which a short list could be tried out', async () => {
    await hub.dataset();
    const id = await hub.send(await hub.agree(), listCsv);
    await hub.run(id);
    const { list: own } = (await hub.find(id))!;
    const delivery = (await hub.delivery(id))!;
    const told = JSON.stringify([await hub.read(id, 'quality'), await hub.told(id)]);
    for (const secret of [own.sha256, delivery.sha256!, 'columns', 'counts']) expect(told).not.toContain(secret);
  });
});
