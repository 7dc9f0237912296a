import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { instant, resource, sha256, terms } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { searched } from '../support/long.ts';
import { forgetDue } from '../support/marks.ts';
import { aHub, listCsv, records, type TestHub } from './hub.ts';
import { runsThatDie } from './runs-that-die.ts';

let aws: LocalAws;
let hub: TestHub;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());
afterEach(() => forgetDue(aws.table));
beforeEach(async () => {
  hub = await aHub(aws);
});

const verified =
  'org_code,name,own,_result,_differs,division\n' +
  '11-1,北京第一机床厂,a,match,,110105\n' +
  '11-2,王家商行,b,mismatch,name,\n' +
  '99-9,无名,c,absent,,\n' +
  '11-3,长安商贸,d,match,,110102\n';

describe('a list that has come', () => {
  test('is compared, and its result is a delivery like any other', async () => {
    await hub.dataset();
    const agreement = await hub.agree();
    const id = await hub.send(agreement);
    expect(hub.sent).toHaveLength(1);
    await hub.run(id);

    expect(await hub.read(id)).toMatchObject({
      state: 'done',
      rows: { read: 4, rejected: 0 },
      result: { hits: 2, counts: { match: 2, mismatch: 1, absent: 1, invalid: 0, repeated: 0 } },
      datasetVersion: 1,
      resourceVersion: 1,
    });
    expect(await hub.result(id)).toBe(verified);
    const delivery = (await hub.delivery(id))!;
    expect(delivery).toMatchObject({
      state: 'noticed',
      comparisonId: id,
      agreementId: agreement.agreementId,
      content: 'snapshot',
      format: 'csv',
      rows: 4,
      bytes: Buffer.byteLength(verified),
      position: expect.any(Number),
    });
    const notices = (await hub.mail()).filter(({ comparisonId }) => comparisonId === id);
    expect(notices).toMatchObject([{ type: 'delivery', deliveryId: delivery.deliveryId, purpose: 'tax registration' }]);
    expect(await hub.isListThere(id)).toBe(false);
    expect(await hub.holds()).toBe(0);
  });

  test.each([-1, 1])('has no result that is not stored byte for byte as it was made: %d', async (more) => {
    await hub.dataset();
    const id = await hub.send(await hub.agree());
    const { staging } = hub.ports;
    const send: typeof staging.send = async (path, key) => {
      const stored = await staging.send(path, key);
      return { ...stored, bytes: stored.bytes + more };
    };
    Object.assign(hub.ports, { staging: { ...staging, send } });
    await expect(hub.run(id)).rejects.toThrow('bytes were made and');
    expect([(await hub.read(id)).state, await hub.delivery(id)]).toEqual(['running', undefined]);
    Object.assign(hub.ports, { staging });
    await hub.run(id);
    expect(await hub.result(id)).toBe(verified);
  });

  test('leaves a proof of digests and counts, and nothing of its rows', async () => {
    await hub.dataset();
    const id = await hub.send(await hub.agree());
    await hub.run(id);
    const evidence = await hub.evidence(id);
    expect(evidence.map(({ act }) => act)).toEqual(['comparison-announced', 'comparison-run']);
    const { list } = (await hub.find(id))!;
    expect(evidence[1]).toMatchObject({
      actor: { department: 'hub', session: 'compare' },
      subject: { comparisonId: id, provider: 'quality', consumer: 'tax', datasetVersion: 1, termsVersion: 1 },
      digests: { list: list.sha256, result: (await hub.delivery(id))!.sha256 },
      figures: { rows: 4, rejected: 0, hits: 2 },
    });
    for (const [, name] of records) expect(JSON.stringify([evidence, hub.log.lines])).not.toContain(name);
  });

  test.each(['intersect', 'except', 'missing'] as const)(
    'is compared by the kind that was asked for: %s',
    async (kind) => {
      await hub.dataset();
      const agreement = await hub.agree({
        kinds: ['intersect', 'except', 'missing'],
        fields: ['org_code'],
        compare: [],
      });
      const id = await hub.send(agreement, 'org_code\n11-1\n99-9\n', { kind });
      await hub.run(id);
      const found = { intersect: ['11-1'], except: ['99-9'], missing: ['11-2', '11-3'] }[kind];
      expect(
        (await hub.result(id))
          .split('\n')
          .slice(1, -1)
          .map((row) => row.split(',')[0]),
      ).toEqual(found);
    },
  );

  test('names its columns as its department does', async () => {
    await hub.dataset();
    const text = listCsv.replace('org_code,name', '机构代码,机构名称');
    const id = await hub.send(await hub.agree(), text, { columns: { org_code: '机构代码', name: '机构名称' } });
    await hub.run(id);
    expect(await hub.read(id)).toMatchObject({ state: 'done', result: { hits: 2 } });
  });

  test('is compared with the records within the filter alone: others are as if they were not there', async () => {
    await hub.dataset();
    const filter = [{ field: 'division', op: 'eq' as const, value: '110105' }];
    const id = await hub.send(await hub.agree({ filter }));
    await hub.run(id);
    expect((await hub.result(id)).split('\n')[4]).toBe('11-3,长安商贸,d,absent,,');
  });

  test.each([
    ['without a column of the key', 'name\nx\n', 'header'],
    ['without a row', 'org_code,name\n', 'empty'],
    ['in another encoding', Buffer.from('org_code,name\n', 'utf8').toString('latin1') + '\u00ff\n', undefined],
  ])('%s is refused before anything runs', async (_, text, code) => {
    await hub.dataset();
    const id = await hub.send(await hub.agree(), text);
    await hub.run(id);
    const comparison = await hub.read(id);
    if (code !== undefined) expect(comparison).toMatchObject({ state: 'refused', refusal: { code } });
    else expect(['refused', 'done']).toContain(comparison.state);
    expect([await hub.isListThere(id), await hub.holds()]).toEqual([false, 0]);
  });

  test('with more rows than its terms allow is refused with the limit', async () => {
    await hub.dataset();
    const id = await hub.send(await hub.agree({ maxList: 3 }));
    await hub.run(id);
    expect(await hub.read(id)).toMatchObject({
      state: 'refused',
      refusal: { code: 'list-too-long', detail: expect.stringMatching(/3/) },
    });
    expect(await hub.told(id)).toMatchObject([{ to: 'tax', notice: { event: 'refused', state: 'refused' } }]);
  });
});

describe('a result with fewer matches than its terms let be told', () => {
  test('is withheld: neither rows nor how many they are', async () => {
    await hub.dataset();
    const id = await hub.send(await hub.agree({ minResult: 3 }));
    await hub.run(id);
    const comparison = await hub.read(id);
    expect(comparison).toMatchObject({ state: 'done', withheld: true, rows: { read: 4 } });
    for (const reader of ['tax', 'quality', 'eitc'])
      expect(JSON.stringify(await hub.read(id, reader))).not.toMatch(/hits|counts|match|deliveryId/);
    expect(await hub.delivery(id)).toBeUndefined();
    expect(await hub.told(id)).toMatchObject([{ to: 'tax', notice: { event: 'withheld', state: 'done' } }]);
    expect((await hub.evidence(id))[1]?.figures).toEqual({ rows: 4, rejected: 0, withheld: 1 });
  });
});

describe('what is missing for a run', () => {
  test('a dataset refuses it', async () => {
    const id = await hub.send(await hub.agree());
    await hub.run(id);
    expect(await hub.read(id)).toMatchObject({ state: 'refused', refusal: { code: 'no-dataset' } });
  });
  test('a source of the data that is withdrawn refuses it', async () => {
    const source = await hub.agree({}, { resourceId: resource('population') });
    const restsOn = [{ agreementId: source.agreementId, termsVersion: 1 }];
    await hub.dataset(records, 1, { origin: { kind: 'derivation', run: sha256, inputs: {}, restsOn } });
    await hub.change(source, { state: 'suspended' });
    const id = await hub.send(await hub.agree());
    await hub.run(id);
    expect(await hub.read(id)).toMatchObject({ state: 'refused', refusal: { code: 'agreement-not-active' } });
  });
  test('a representation that is being made is waited for', async () => {
    await hub.datasetAlone();
    const id = await hub.send(await hub.agree());
    await hub.run(id);
    expect((await hub.read(id)).state).toBe('received');
    await hub.dataset(records, 2);
    hub.later(120);
    await hub.sweep();
    expect(hub.sent.filter(({ comparisonId }) => comparisonId === id)).toHaveLength(2);
    await hub.run(id);
    expect(await hub.read(id)).toMatchObject({ state: 'done', datasetVersion: 2 });
  });
  test('a dataset that never has one refuses it', async () => {
    await hub.datasetAlone();
    const of = { resourceId: hub.resourceId, datasetVersion: 1, form: 'parquet', epoch: 1 } as const;
    await hub.represent({ ...of, state: 'unfit', reason: 'too-large', foundAt: instant });
    const id = await hub.send(await hub.agree());
    await hub.run(id);
    expect(await hub.read(id)).toMatchObject({ state: 'refused', refusal: { code: 'not-comparable' } });
  });
});

describe('an agreement that changes under a run', () => {
  const ends = (agreement: Agreement): Record<string, Partial<Agreement>> => ({
    suspended: { state: 'suspended' },
    terminated: { state: 'terminated' },
    amended: {
      termsVersion: 2,
      terms: [...agreement.terms, { ...agreement.terms[0]!, version: 2, terms: terms() }],
    },
  });

  test.each([
    ['suspended', 'agreement-not-active'],
    ['terminated', 'agreement-not-active'],
    ['amended', 'terms-replaced'],
  ])('%s before it: there is no result, and its consumer is told why', async (how, code) => {
    await hub.dataset();
    const agreement = await hub.agree();
    const id = await hub.send(agreement);
    await hub.change(agreement, ends(agreement)[how]!);
    await hub.run(id);
    expect(await hub.read(id)).toMatchObject({ state: 'refused', refusal: { code } });
    expect([await hub.isListThere(id), await hub.holds()]).toEqual([false, 0]);
  });

  test.each([
    ['suspended', 'agreement-not-active'],
    ['terminated', 'agreement-not-active'],
    ['amended', 'terms-replaced'],
  ])('%s in the middle of it, the same: the transaction has the last word', async (how, code) => {
    await hub.dataset();
    const agreement = await hub.agree();
    const id = await hub.send(agreement);
    hub.life.pauseWith(async (call) => {
      if (call === 'finish') await hub.change(agreement, ends(agreement)[how]!);
    });
    await hub.run(id);
    hub.life.pauseWith(undefined);
    expect(await hub.read(id)).toMatchObject({ state: 'refused', refusal: { code } });
    expect(await hub.delivery(id)).toBeUndefined();
    expect([await hub.isListThere(id), await hub.holds()]).toEqual([false, 0]);
  });
});

test('a source that is suspended in the middle of a run leaves no result of what was derived of it', async () => {
  const source = await hub.agree({}, { resourceId: resource('population') });
  const restsOn = [{ agreementId: source.agreementId, termsVersion: 1 }];
  await hub.dataset(records, 1, { origin: { kind: 'derivation', run: sha256, inputs: {}, restsOn } });
  const id = await hub.send(await hub.agree());
  hub.life.pauseWith(async (call) => {
    if (call === 'finish') await hub.change(source, { state: 'suspended' });
  });
  await hub.run(id);
  hub.life.pauseWith(undefined);
  const refusal = { code: 'agreement-not-active', detail: expect.stringContaining('derived of') };
  expect(await hub.read(id)).toMatchObject({ state: 'refused', refusal });
  expect(await hub.delivery(id)).toBeUndefined();
});

describe('a run that dies', () => {
  test('at any of its writes is taken up again, and has one result', async () => {
    await hub.dataset();
    const agreement = await hub.agree({ runsPerDay: 100 });
    const deaths = await runsThatDie(
      hub,
      searched(3, 1),
      () => hub.send(agreement),
      async (id) => {
        for (let minute = 0; minute < 4; minute++) {
          hub.later(120);
          await hub.sweep();
          await hub.run(id);
        }
        expect(await hub.read(id)).toMatchObject({ state: 'done', result: { hits: 2 } });
        expect(await hub.result(id)).toBe(verified);
        expect([await hub.isListThere(id), await hub.holds()]).toEqual([false, 0]);
        expect((await hub.evidence(id)).filter(({ act }) => act === 'comparison-run')).toHaveLength(1);
      },
    );
    expect(deaths).toBeGreaterThan(searched(1, 5));
  });

  test('loses its lease to the next attempt, and its result with it', async () => {
    await hub.dataset();
    const id = await hub.send(await hub.agree());
    let other: Promise<void> | undefined;
    hub.life.pauseWith(async (call) => {
      if (call !== 'finish' || other) return;
      hub.later(41);
      other = hub.run(id);
      await other;
    });
    await hub.run(id);
    hub.life.pauseWith(undefined);
    expect(await hub.read(id)).toMatchObject({ state: 'done' });
    expect(await hub.find(id)).toMatchObject({ epoch: 2 });
    expect((await hub.evidence(id)).filter(({ act }) => act === 'comparison-run')).toHaveLength(1);
    expect(hub.log.lines.some(({ about }) => (about as { outcome?: string }).outcome === 'stale')).toBe(true);
  });

  test('while another lives, is left to that one', async () => {
    await hub.dataset();
    const id = await hub.send(await hub.agree());
    let refused: unknown;
    hub.life.pauseWith(async (call) => {
      if (call === 'run' && refused === undefined) refused = await hub.run(id).catch((fault: unknown) => fault);
    });
    await hub.run(id);
    hub.life.pauseWith(undefined);
    expect(refused).toMatchObject({ message: expect.stringMatching(/is held by attempt 1/) });
    expect(await hub.read(id)).toMatchObject({ state: 'done' });
  });
});

describe('a run that takes longer than its lease', () => {
  test('renews it again and again, and ends with its result', async () => {
    await hub.dataset();
    const id = await hub.send(await hub.agree());
    hub.life.pauseWith(async (call) => {
      if (call !== 'run') return;
      for (let renewals = 0; renewals < 5; renewals++) {
        hub.later(10);
        hub.timer.tick();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    });
    await hub.run(id);
    hub.life.pauseWith(undefined);
    expect(await hub.read(id)).toMatchObject({ state: 'done' });
    expect(await hub.holds()).toBe(0);
  });
});

describe('a comparison that is cancelled in the middle of its run', () => {
  test('has no result; the run ends with its next renewal', async () => {
    await hub.dataset();
    const id = await hub.send(await hub.agree());
    hub.life.pauseWith(async (call) => {
      if (call !== 'finish') return;
      const { status } = await hub.call('cancelComparison', 'tax', { params: { comparisonId: id } });
      expect(status).toBe(200);
    });
    await hub.run(id);
    hub.life.pauseWith(undefined);
    expect(await hub.read(id)).toMatchObject({ state: 'cancelled' });
    expect(await hub.delivery(id)).toBeUndefined();
    expect(await hub.holds()).toBe(0);
    await hub.sweep();
    expect(await hub.isListThere(id)).toBe(false);
  });
});

describe('what is announced and never comes to a run', () => {
  test('expires, and is told of', async () => {
    const { body } = await hub.announce(await hub.agree());
    hub.later(5 * 3600);
    await hub.sweep();
    expect(await hub.read(body.comparisonId)).toMatchObject({ state: 'expired' });
    expect(await hub.told(body.comparisonId)).toMatchObject([{ to: 'tax', notice: { event: 'expired' } }]);
  });
  test('a list whose arrival nobody told of is found', async () => {
    await hub.dataset();
    const { body } = await hub.announce(await hub.agree());
    await hub.put(body.put, listCsv);
    hub.later(120);
    await hub.sweep();
    expect((await hub.read(body.comparisonId)).state).toBe('received');
    expect(hub.sent.map(({ comparisonId }) => comparisonId)).toContain(body.comparisonId);
  });
  test('a list that comes after its comparison has ended is removed', async () => {
    const { body } = await hub.announce(await hub.agree());
    await hub.call('cancelComparison', 'tax', { params: { comparisonId: body.comparisonId } });
    await hub.put(body.put, listCsv);
    await hub.arrive(body.comparisonId);
    expect(await hub.isListThere(body.comparisonId)).toBe(false);
  });
});
