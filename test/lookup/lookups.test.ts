import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aHub, codeOf, firm, reason, type TestHub } from './hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await aHub();
  await hub.dataset(
    1,
    Array.from({ length: 5000 }, (_, i) => firm(i)),
  );
});
afterAll(() => hub.stop());

describe('a lookup', () => {
  test('answers the granted fields of one record, as NDJSON has them', async () => {
    const agreement = await hub.agree({
      fields: ['name', 'org_code', 'capital', 'approved_on', 'phone'],
      mask: { phone: 'last4' },
    });
    const { status, body } = await hub.lookUp(agreement, codeOf(1234));
    expect(status).toBe(200);
    expect(body).toMatchObject({ found: true, resourceId: 'legal-entities', datasetVersion: 1, at: hub.clock.now() });
    expect(Object.entries(body.record!)).toEqual([
      ['name', '第1234厂'],
      ['org_code', codeOf(1234)],
      ['capital', 1234.5],
      ['approved_on', '1994-05-04'],
      ['phone', '****1234'],
    ]);
  });

  test('gives numbers with the digits they came with, and null for what is missing', async () => {
    const agreement = await hub.agree({ fields: ['capital', 'name'] });
    const handler = hub.serve(hub.ports);
    const { eventOf } = await import('../support/memory/api-call.ts');
    const { routes } = await import('../../schemas/contracts/routes.ts');
    const ask = async (i: number) => {
      const body = { agreementId: agreement.agreementId, key: { org_code: codeOf(i) }, caseNumber: 'x', reason };
      return (await handler(eventOf({ as: 'tax', route: routes.lookUp, body }))).body;
    };
    expect(await ask(7)).toContain('"record":{"capital":7.50,"name":"第7厂"}');
    expect(await ask(10)).toContain('"record":{"capital":null,"name":"第10厂"}');
  });

  test('of several keys answers a result for each, in their order', async () => {
    const agreement = await hub.agree({ fields: ['name'], keys: 3 });
    const keys = [codeOf(3), '99999999-9', codeOf(1)].map((org_code) => ({ org_code }));
    const { body } = await hub.lookUp(agreement, { keys });
    expect(body).toMatchObject({
      results: [
        { found: true, record: { name: '第3厂' } },
        { found: false },
        { found: true, record: { name: '第1厂' } },
      ],
    });
    expect(await hub.list('tax', { agreementId: agreement.agreementId })).toMatchObject([{ keys: 3, found: 2 }]);
  });

  test.each<[string, string, object, number, string, string[]]>([
    ['the provider', 'quality', {}, 403, 'not-the-consumer', []],
    ['the authority, which is no party', 'eitc', {}, 403, 'not-the-consumer', []],
    ['a stranger', 'press', {}, 404, 'not-found', []],
    ['without a case number', 'tax', { caseNumber: undefined }, 400, 'malformed', ['/caseNumber invalid_type']],
    ['with a case number of blanks', 'tax', { caseNumber: '  ' }, 400, 'malformed', ['/caseNumber invalid_format']],
    ['for a reason of its own', 'tax', { reason: 'curiosity' }, 422, 'invalid-lookup', ['/reason not-agreed']],
    ['without a key', 'tax', { key: undefined }, 400, 'malformed', ['/key custom']],
    ['with key and keys', 'tax', { keys: [{ org_code: 'secret' }] }, 400, 'malformed', ['/key custom']],
    [
      'with more keys than agreed',
      'tax',
      { key: undefined, keys: [{ org_code: 'secret' }, { org_code: 'other' }] },
      422,
      'invalid-lookup',
      ['/keys too-many'],
    ],
    ['by another field', 'tax', { key: { name: 'secret' } }, 422, 'invalid-lookup', ['/key key']],
    ['by more than the key', 'tax', { key: { org_code: 'secret', name: 'x' } }, 422, 'invalid-lookup', ['/key key']],
    ['by a key that is missing', 'tax', { key: { org_code: '' } }, 422, 'invalid-lookup', ['/key/org_code required']],
  ])('is refused: %s', async (_who, as, body, status, code, violations) => {
    const agreement = await hub.agree();
    const reply = await hub.lookUp(agreement, 'secret', { as, body });
    expect(reply.body).toMatchObject({ status, code });
    expect((reply.body.violations ?? []).map(({ path, rule }) => `${path} ${rule}`)).toEqual(violations);
    expect(JSON.stringify(reply.body)).not.toContain('secret');
    expect(await hub.list('eitc', { agreementId: agreement.agreementId })).toEqual([]);
  });

  test.each([
    ['suspended', { state: 'suspended' }, {}],
    ['terminated', { state: 'terminated' }, {}],
    ['not filed', { state: 'signed' }, {}],
    ['not yet valid', {}, { validFrom: '2027-01-01' }],
    ['no longer valid', {}, { validFrom: '2020-01-01', validTo: '2026-11-30' }],
  ] as const)('is refused under an agreement that is %s', async (_how, changes, terms) => {
    const agreement = await hub.agree(terms, changes);
    expect((await hub.lookUp(agreement, codeOf(1))).body).toMatchObject({ status: 409, code: 'agreement-not-active' });
  });

  test('is refused under an agreement on deliveries, and to a session that is nobody’s', async () => {
    const agreement = await hub.agree();
    const [first] = agreement.terms;
    const {
      mode: _mode,
      key: _key,
      perDay: _day,
      perUserPerDay: _user,
      reasons: _reasons,
      keys: _keys,
      ...rest
    } = first!.terms as never as Record<string, unknown>;
    const { DeliveryTerms } = await import('../../schemas/contracts/terms.ts');
    const delivery = { ...agreement, terms: [{ ...first!, terms: DeliveryTerms.parse(rest) }] };
    await hub.put(delivery);
    expect((await hub.lookUp(agreement, codeOf(1))).body).toMatchObject({ status: 422, code: 'other-mode' });
    await hub.put(agreement);
    const nobody = await hub.lookUp(agreement, codeOf(1), { session: 'botocore-session-1796000000' });
    expect(nobody.body).toMatchObject({ status: 403, code: 'officer-unknown' });
  });
});

describe('proof comes before the answer', () => {
  test('in one transaction with the counts, keyed digests instead of keys', async () => {
    const agreement = await hub.agree();
    const { body } = await hub.lookUp(agreement, codeOf(42), { session: 'Li.Wei' });
    const lookup = (await hub.ports.lookups.find(body.lookupId))!;
    expect(lookup).toMatchObject({ officer: 'li.wei', caseNumber: '(2026)执1024号', reason, keys: 1, found: 1 });
    const { createHash } = await import('node:crypto');
    const plain = createHash('sha256').update(codeOf(42)).digest('base64');
    const items = await hub.everything();
    const ofLookup = items.find(
      ({ kind, subject }) => kind === 'evidence' && (subject as { lookupId?: string }).lookupId === body.lookupId,
    );
    expect(ofLookup).toMatchObject({
      act: 'looked-up',
      actor: { department: 'tax', session: 'Li.Wei' },
      subject: { lookupId: body.lookupId, agreementId: agreement.agreementId, provider: 'quality', consumer: 'tax' },
      digests: { key1: lookup.lookedUp[0]!.digest },
      figures: { keys: 1, found: 1 },
    });
    const text = JSON.stringify(items);
    for (const secret of [codeOf(42), '第42厂', plain]) expect(text).not.toContain(secret);
  });

  test('so a commit that fails answers nothing', async () => {
    const agreement = await hub.agree();
    const lookups = { ...hub.ports.lookups, commit: () => Promise.reject(new Error('the table is away')) };
    const reply = await hub.lookUp(agreement, codeOf(7), { with: { lookups } });
    expect(reply.body).toMatchObject({ status: 500, code: 'fault' });
    expect(JSON.stringify(reply.body)).not.toContain('厂');
    expect(await hub.list('tax', { agreementId: agreement.agreementId })).toEqual([]);
  });

  test('and an agreement that ends between the reading and the commit is answered no more', async () => {
    const agreement = await hub.agree();
    const rows = {
      find: async (...asked: Parameters<typeof hub.ports.rows.find>) => {
        await hub.put({ ...agreement, state: 'terminated' });
        return hub.ports.rows.find(...asked);
      },
    };
    const reply = await hub.lookUp(agreement, codeOf(7), { with: { rows } });
    expect(reply.body).toMatchObject({ status: 409, code: 'agreement-not-active' });
    expect(await hub.list('eitc', { agreementId: agreement.agreementId })).toEqual([]);
  });
});

test('a dataset that is removed while it is asked gives way to the newer one', async () => {
  const agreement = await hub.agree();
  const { representations } = hub.ports;
  let asked = 0;
  const newest = async (...of: Parameters<typeof representations.newest>) => {
    const found = await representations.newest(...of);
    if (!found || asked++ > 0) return found;
    const { representation } = found;
    const object = { ...representation.object, versionId: '00000000000000000000000000000000' };
    return { ...found, representation: { ...representation, object } };
  };
  const reply = await hub.lookUp(agreement, codeOf(7), { with: { representations: { ...representations, newest } } });
  expect([reply.status, reply.body.found, asked]).toEqual([200, true, 2]);
  expect(await hub.list('tax', { agreementId: agreement.agreementId })).toHaveLength(1);
});

describe('a repeated call', () => {
  const keyed = { headers: { 'Idempotency-Key': 'case-1024' } };
  test('is the same lookup, counted once, read anew in the same dataset version', async () => {
    const agreement = await hub.agree({ fields: ['org_code', 'name'] });
    const first = await hub.lookUp(agreement, codeOf(8), keyed);
    hub.clock.set('2026-12-01T01:00:30.000Z');
    const again = await hub.lookUp(agreement, codeOf(8), keyed);
    expect(again.body).toEqual(first.body);
    expect(await hub.list('tax', { agreementId: agreement.agreementId })).toHaveLength(1);
    const other = await hub.lookUp(agreement, codeOf(9), keyed);
    expect(other.body).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    const items = await hub.everything();
    expect(JSON.stringify(items.filter(({ kind }) => kind === 'answer'))).not.toContain('第8厂');
  });
  test('is not answered to another officer, nor under other terms, nor once the data are gone', async () => {
    const agreement = await hub.agree();
    const keys = { headers: { 'Idempotency-Key': 'case-1025' } };
    await hub.lookUp(agreement, codeOf(8), { ...keys, session: 'one' });
    const another = await hub.lookUp(agreement, codeOf(8), { ...keys, session: 'other' });
    expect(another.body).toMatchObject({ status: 409, code: 'answer-not-kept' });
    const representations = { ...hub.ports.representations, of: async () => undefined };
    const gone = await hub.lookUp(agreement, codeOf(8), { ...keys, session: 'one', with: { representations } });
    expect(gone.body).toMatchObject({ status: 409, code: 'answer-not-kept' });
    await hub.put({ ...agreement, state: 'suspended' });
    const suspended = await hub.lookUp(agreement, codeOf(8), { ...keys, session: 'one' });
    expect(suspended.body).toMatchObject({ status: 409, code: 'agreement-not-active' });
  });
  test('at the same time has one effect', async () => {
    const agreement = await hub.agree();
    const keys = { headers: { 'Idempotency-Key': 'case-1026' } };
    const replies = await Promise.all(Array.from({ length: 6 }, () => hub.lookUp(agreement, codeOf(11), keys)));
    expect(new Set(replies.map(({ status, body }) => `${status} ${body.lookupId}`)).size).toBe(1);
    expect(await hub.list('tax', { agreementId: agreement.agreementId })).toHaveLength(1);
  });
});
