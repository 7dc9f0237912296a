import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aHub, codeOf, firm, type TestHub } from './hub.ts';

/** What a consumer may try that wants to learn more than its terms grant. */
let hub: TestHub;
beforeAll(async () => {
  hub = await aHub();
  await hub.dataset(
    1,
    Array.from({ length: 5000 }, (_, i) => firm(i * 2)),
  );
});
afterAll(() => hub.stop());

const inXicheng = { filter: [{ field: 'division', op: 'eq' as const, value: '110102' }] };

describe('a record outside the terms is one that does not exist', () => {
  test('in status, headers, body, reads, counts and what is written of it', async () => {
    const filter = [{ field: 'name', op: 'prefix', value: '第8' }] as never;
    const agreement = await hub.agree({ fields: ['name'], filter });
    const ask = async (code: string) => {
      hub.reads.length = 0;
      const { status, headers, body } = await hub.lookUp(agreement, code);
      const { lookupId, ...rest } = body;
      const lookup = await hub.ports.lookups.find(lookupId);
      const { lookupId: _id, lookedUp, ...kept } = lookup!;
      return {
        status,
        headers,
        rest,
        length: JSON.stringify(body).length,
        reads: [...hub.reads],
        kept,
        found: lookedUp[0]!.found,
      };
    };
    // There, and outside the filter · not there, beside one that is within · before the first · behind the last.
    const [outside, ...absent] = await Promise.all([codeOf(1000), codeOf(801), '0', '~'].map(ask));
    for (const one of absent) expect(one).toEqual(outside);
    expect(outside).toMatchObject({ status: 200, rest: { found: false }, found: false });
    expect((await ask(codeOf(800))).rest).toMatchObject({ found: true, record: { name: '第800厂' } });
  });

  test('with one read of the store either way, of the same columns', async () => {
    const agreement = await hub.agree({ fields: ['name'], ...inXicheng });
    const ranges: string[] = [];
    const { S3Client, GetObjectCommand } = await import('@aws-sdk/client-s3');
    const client = new S3Client({});
    client.middlewareStack.add(
      (next) => async (args) => {
        ranges.push(String((args.input as InstanceType<typeof GetObjectCommand>['input']).Range).replace(/\d+/g, '#'));
        return next(args);
      },
      { step: 'initialize' },
    );
    const { s3Rows } = await import('../../functions/adapters/parquet/s3-rows.ts');
    const rows = s3Rows(client, hub.aws.buckets.datasets);
    const readsOf = async (code: string) => {
      ranges.length = 0;
      await hub.lookUp(agreement, code, { with: { rows } });
      return ranges.length;
    };
    expect(await readsOf(codeOf(2))).toBe(2);
    const others = [codeOf(4), codeOf(6), codeOf(7), '0', '~', 'Ω'];
    for (const code of others) expect(await readsOf(code)).toBe(1);
    client.destroy();
  });

  test('also where a mask, a missing value or the condition’s own field would tell', async () => {
    const agreement = await hub.agree({
      fields: ['org_code', 'capital'],
      filter: [{ field: 'capital', op: 'min', value: 0 }] as never,
    });
    const found = async (i: number) => (await hub.lookUp(agreement, codeOf(i))).body.found;
    // Its capital is missing, and a missing value never matches.
    expect([await found(10), await found(11), await found(12)]).toEqual([false, false, true]);
  });
});

describe('enumeration', () => {
  test('ends at the quota of the officer, and shows', async () => {
    const agreement = await hub.agree({ perUserPerDay: 12, perDay: 1000 });
    const replies = [];
    for (let i = 0; i < 15; i++) replies.push(await hub.lookUp(agreement, codeOf(3000 + i), { session: 'zhang.san' }));
    expect(replies.map(({ status }) => status)).toEqual([...Array<number>(12).fill(200), 429, 429, 429]);
    const [refused] = replies.slice(-1);
    expect(refused!.body).toMatchObject({ code: 'quota-exceeded' });
    // Until midnight in Shanghai.
    expect(refused!.headers['retry-after']).toBe(15 * 3600);
    const query = { agreementId: agreement.agreementId };
    const [day] = await hub.watch('quality', query);
    expect(day).toMatchObject({ day: '2026-12-01', lookups: 12, keys: 12, refused: 3, misses: 6, consecutive: 11 });
    expect(day!.signs).toEqual(expect.arrayContaining(['consecutive', 'over-quota']));
    expect(day!.officer).toBeUndefined();
    expect(await hub.watch('eitc', query)).toMatchObject([{ officer: 'zhang.san', officerRef: day!.officerRef }]);
    expect(await hub.watch('tax', query)).toEqual([]);
    expect(await hub.watch('press', query)).toEqual([]);
    expect(await hub.watch('quality', { ...query, sign: 'misses' })).toEqual([]);
    expect(await hub.watch('quality', { ...query, sign: 'any' })).toHaveLength(1);
  });

  test('by other users ends at the quota of the agreement, whoever they say they are', async () => {
    const agreement = await hub.agree({ perDay: 7, perUserPerDay: 3 });
    const statuses = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        hub.lookUp(agreement, codeOf(100 + i), { session: `user-${i}` }).then(({ status }) => status),
      ),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(7);
    expect(statuses.filter((status) => status === 429)).toHaveLength(13);
    expect(await hub.list('quality', { agreementId: agreement.agreementId })).toHaveLength(7);
  });

  test('in other letters of a name is the same user', async () => {
    const agreement = await hub.agree({ perUserPerDay: 2 });
    const statuses = [];
    for (const session of ['Li.Wei', 'li.wei', 'LI.WEI'])
      statuses.push((await hub.lookUp(agreement, codeOf(1), { session })).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  test('all at once by one user is counted one by one, exactly', async () => {
    const agreement = await hub.agree({ perUserPerDay: 6 });
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, i) => hub.lookUp(agreement, codeOf(2000 + i), { session: 'fast' })),
    );
    const statuses = replies.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(6);
    expect(statuses.every((status) => [200, 429, 409].includes(status))).toBe(true);
    const [day] = await hub.watch('quality', { agreementId: agreement.agreementId });
    expect(day).toMatchObject({ keys: 6 });
    expect(day!.consecutive).toBeGreaterThanOrEqual(3);
  });

  test('by many keys a call counts each of them, and none of a call that has no room', async () => {
    const agreement = await hub.agree({ perUserPerDay: 5, keys: 3 });
    const ask = async (...numbers: number[]) => {
      const keys = numbers.map((i) => ({ org_code: codeOf(i) }));
      return (await hub.lookUp(agreement, { keys })).status;
    };
    expect([await ask(1, 2, 3), await ask(4, 5, 6), await ask(4, 5), await ask(6)]).toEqual([200, 429, 200, 429]);
  });

  test('of keys that miss shows as a run, and at night as such', async () => {
    const agreement = await hub.agree();
    hub.clock.set('2026-12-01T18:30:00.000Z');
    for (let i = 0; i < 6; i++) await hub.lookUp(agreement, `miss ${'x'.repeat(i + 1)}`);
    hub.clock.set('2026-12-01T01:00:00.000Z');
    const [day] = await hub.watch('eitc', { agreementId: agreement.agreementId });
    expect(day).toMatchObject({ day: '2026-12-02', misses: 6, longestMissRun: 6, oddHours: 6 });
    expect(day!.signs).toEqual(['misses', 'odd-hours']);
  });

  test('after midnight begins with a new quota', async () => {
    const agreement = await hub.agree({ perDay: 1 });
    const ask = async () => (await hub.lookUp(agreement, codeOf(1))).status;
    expect([await ask(), await ask()]).toEqual([200, 429]);
    hub.clock.set('2026-12-01T16:00:00.000Z');
    expect([await ask(), await ask()]).toEqual([200, 429]);
    hub.clock.set('2026-12-01T01:00:00.000Z');
  });

  test('by repeating one call for ever learns nothing new, and is counted once', async () => {
    const agreement = await hub.agree({ perDay: 1, fields: ['org_code', 'name'] });
    const keyed = { headers: { 'Idempotency-Key': 'again-and-again' } };
    const replies = [];
    for (let i = 0; i < 4; i++) replies.push(await hub.lookUp(agreement, codeOf(1), keyed));
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    // A newer dataset does not come through that door.
    await hub.dataset(2, [{ ...firm(1), name: '新名' }]);
    expect((await hub.lookUp(agreement, codeOf(1), keyed)).body).toEqual(replies[0]!.body);
    expect((await hub.lookUp(agreement, codeOf(1))).status).toBe(429);
    await hub.dataset(
      3,
      Array.from({ length: 5000 }, (_, i) => firm(i * 2)),
    );
  });
});

describe('what others see', () => {
  test('is their own: no department another’s, no provider key, case or officer', async () => {
    const agreement = await hub.agree();
    await hub.lookUp(agreement, codeOf(77 * 2), { session: 'wang.wu' });
    const query = { agreementId: agreement.agreementId };
    const [own] = await hub.list('tax', query);
    expect(own).toMatchObject({ officer: 'wang.wu', caseNumber: '(2026)执1024号', found: 1 });
    const [provided] = await hub.list('quality', query);
    expect(provided).toEqual((({ officer: _officer, caseNumber: _case, ...rest }) => rest)(own!));
    for (const as of ['eitc', 'auditor']) expect(await hub.list(as, query)).toEqual([own]);
    expect(await hub.list('press', query)).toEqual([]);
    expect(await hub.list('tax', { ...query, role: 'provider' })).toEqual([]);
    for (const text of [own, provided].map((one) => JSON.stringify(one))) expect(text).not.toContain(codeOf(154));
  });

  test('of the person looked up, for the authority alone: every lookup of that key, and that this was asked', async () => {
    const code = codeOf(4444);
    const agreements = [await hub.agree(), await hub.agree({ purpose: '查找被执行人 <b>' })];
    for (const agreement of agreements) await hub.lookUp(agreement, code);
    await hub.lookUp(agreements[0]!, codeOf(4446));
    for (const as of ['tax', 'quality', 'press', 'auditor'])
      expect((await hub.report(code, as)).body).toMatchObject({ status: 403, code: 'role-not-permitted' });
    const { status, body } = await hub.report(code);
    expect(status).toBe(200);
    expect(body.items.map(({ agreementId, department, found }) => [agreementId, department, found])).toEqual([
      [agreements[1]!.agreementId, 'tax', true],
      [agreements[0]!.agreementId, 'tax', true],
    ]);
    expect(body.items[0]).toMatchObject({
      reason: 'enforcement',
      caseNumber: '(2026)执1024号',
      legalBasis: expect.any(String),
      filingNumber: 'BJ-2026-0117',
    });
    expect((await hub.report(codeOf(9999))).body.items).toEqual([]);
    const proofs = (await hub.everything()).filter(({ act }) => act === 'lookups-reported');
    expect(proofs.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify([body, proofs])).not.toContain(code);
    const page = await hub.report(code, 'eitc', { query: { format: 'html', language: 'en' } });
    expect(page.headers['content-type']).toMatch('text/html');
    expect(JSON.stringify(page.body)).toContain('&lt;b&gt;');
    expect(JSON.stringify(page.body)).not.toContain(code);
  });

  test('of errors and logs is nothing of keys, cases and records', async () => {
    const agreement = await hub.agree();
    await hub.lookUp(agreement, codeOf(88));
    await hub.lookUp(agreement, { key: { name: codeOf(88) } });
    const said = JSON.stringify([hub.log.lines, (await hub.everything()).map(({ pk, sk }) => [pk, sk])]);
    for (const secret of [codeOf(88), '第88厂', '执1024']) expect(said).not.toContain(secret);
  });
});

test('an amendment that is filed between reading and commit is not answered under the old terms', async () => {
  const agreement = await hub.agree({ fields: ['org_code', 'name', 'phone'] });
  const amended = {
    ...agreement,
    termsVersion: 2,
    terms: [...agreement.terms, { ...agreement.terms[0]!, version: 2 }],
  };
  const rows = {
    find: async (...asked: Parameters<typeof hub.ports.rows.find>) => {
      await hub.put(amended);
      return hub.ports.rows.find(...asked);
    },
  };
  const reply = await hub.lookUp(agreement, codeOf(2), { with: { rows } });
  expect(reply.body).toMatchObject({ status: 409, code: 'agreement-not-active' });
});
