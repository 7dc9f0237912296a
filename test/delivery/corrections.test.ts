import { describe, expect, test } from '@jest/globals';
import { correctionProblems } from '../../functions/delivery/domain/corrections.ts';
import type { Correction, ReportCorrectionBody } from '../../schemas/contracts/corrections.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import { aDefinition, anId, terms } from '../support/builders.ts';
import { aHub, csv, type TestHub } from './hub.ts';

const { schema } = aDefinition();
const report: ReportCorrectionBody = {
  key: { org_code: '002518057' },
  field: 'name',
  reason: 'wrong',
  proposed: '北京第二机床厂',
  words: 'the licence says otherwise',
};
const { key: _key, ...keyless } = report;
const secrets = ['002518057', '北京第二机床厂', 'the licence says otherwise', 'we looked it up'];

describe('a report', () => {
  const one = terms({ fields: ['org_code', 'name'] });
  const masked = terms({ fields: ['org_code', 'name'], mask: { org_code: 'last4' } });
  const hidden = terms({ fields: ['name', 'division'] });
  const composite = { ...schema, primaryKey: ['org_code', 'division'] };
  const { primaryKey: _primary, ...unkeyed } = schema;
  test.each<[string, ReportCorrectionBody, typeof one, typeof schema, readonly string[]]>([
    ['names the row by its key', report, one, schema, []],
    ['of a key that no row may have is taken alike', { ...report, key: { org_code: 'nonsense' } }, one, schema, []],
    ['without the key', keyless, one, schema, ['/key key']],
    ['with another field than the key', { ...report, key: { name: 'x' } }, one, schema, ['/key key']],
    ['with more than the key', { ...report, key: { org_code: 'x', name: 'y' } }, one, schema, ['/key key']],
    ['with a line where the key is delivered', { ...report, line: 2 }, one, schema, ['/line key-delivered']],
    [
      'with a part of a composite key',
      report,
      terms({ fields: ['org_code', 'division', 'name'] }),
      composite,
      ['/key key'],
    ],
    ['by line, where the key is masked', { ...keyless, line: 2 }, masked, schema, []],
    ['by line, where the key is not delivered', { ...keyless, line: 2 }, hidden, schema, []],
    ['by line, where a part of the key is not delivered', { ...keyless, line: 2 }, one, composite, []],
    ['by line, where there is no key', { ...keyless, line: 2 }, one, unkeyed, []],
    ['by a key that is masked', report, masked, schema, ['/key key-not-delivered', '/line required']],
    [
      'by a key whose name every object has',
      { ...report, key: { constructor: 'x' }, field: 'constructor' },
      terms({ fields: ['constructor'] }),
      { ...schema, primaryKey: ['constructor'] },
      [],
    ],
    ['of nothing that can be found', keyless, hidden, schema, ['/line required']],
    ['about a field that is not delivered', { ...report, field: 'phone' }, one, schema, ['/field not-delivered']],
    ['about a field that nobody has', { ...report, field: 'nonsense' }, one, schema, ['/field not-delivered']],
  ])('%s', (_case, body, agreed, pinned, problems) => {
    const found = correctionProblems(body, agreed, pinned);
    expect(found.map(({ path, rule }) => `${path} ${rule}`)).toEqual(problems);
    expect(JSON.stringify(found)).not.toContain('nonsense');
  });
});

/** `tax` received dataset 1 of `legal-entities` from `quality`. */
async function received(): Promise<TestHub> {
  const hub = aHub();
  hub.agree({});
  await hub.dispatch(hub.commit(1));
  await hub.deliver();
  return hub;
}
const about = (hub: TestHub) => ({ params: { deliveryId: hub.deliveries[0]!.deliveryId } });
const reportTo = (hub: TestHub, as = 'tax', body: object = report, more = {}) =>
  hub.call<Correction & Problem>('reportCorrection', as, { ...about(hub), body, ...more });
const answerTo = (hub: TestHub, correctionId: string, as = 'quality', decision = 'will-correct', more = {}) =>
  hub.call<Correction & Problem>('answerCorrection', as, {
    params: { correctionId },
    body: { decision, words: 'we looked it up' },
    ...more,
  });
const read = (hub: TestHub, correctionId: string, as = 'tax') =>
  hub.call<Correction & Problem>('readCorrection', as, { params: { correctionId } });

describe('reporting', () => {
  test('opens a correction that both parties read, told to the provider, with evidence', async () => {
    const hub = await received();
    const { status, body } = await reportTo(hub);
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'open', provider: 'quality', consumer: 'tax', datasetVersion: 1, ...report });
    for (const as of ['tax', 'quality']) expect((await read(hub, body.correctionId, as)).body).toEqual(body);
    expect(hub.store.told).toMatchObject([
      {
        to: 'quality',
        notice: {
          type: 'correction',
          event: 'reported',
          by: 'tax',
          state: 'open',
          correctionId: body.correctionId,
          path: `/v1/corrections/${body.correctionId}`,
        },
      },
    ]);
    expect(hub.evidenceOf('correction-reported')).toMatchObject([
      {
        actor: { department: 'tax' },
        subject: { correctionId: body.correctionId, provider: 'quality', consumer: 'tax' },
      },
    ]);
  });
  test.each([
    ['the provider', 'quality', report, 403, 'not-the-consumer'],
    ['a stranger', 'press', report, 404, 'not-found'],
    ['the authority, which is no party', 'eitc', report, 404, 'not-found'],
    ['the consumer, of another field', 'tax', { ...report, field: 'phone' }, 422, 'invalid-correction'],
    ['the consumer, for a reason of its own', 'tax', { ...report, reason: 'because' }, 400, 'malformed'],
    ['the consumer, without words', 'tax', { ...report, words: '' }, 400, 'malformed'],
    ['the consumer, at length', 'tax', { ...report, words: 'x'.repeat(2001) }, 400, 'malformed'],
    ['the consumer, proposing at length', 'tax', { ...report, proposed: 'x'.repeat(501) }, 400, 'malformed'],
  ])('is refused: %s', async (_who, as, body, status, code) => {
    const hub = await received();
    expect((await reportTo(hub, as, body)).body).toMatchObject({ status, code });
    expect([hub.store.corrections.size, hub.store.told.length]).toEqual([0, 0]);
  });
  test('is refused before the release, and taken after the end of agreement and retention', async () => {
    const hub = aHub();
    hub.agree({});
    await hub.dispatch(hub.commit(1));
    expect((await reportTo(hub)).body).toMatchObject({ status: 409, code: 'not-released' });
    await hub.deliver();
    await hub.dispatch(hub.end(anId(1)));
    hub.clock.set('2028-12-01T01:00:00.000Z');
    await hub.sweep();
    expect((await reportTo(hub)).status).toBe(201);
  });
  test('says the same whether the row exists or not', async () => {
    const hub = await received();
    const of = async (org_code: string) => {
      const { status, body } = await reportTo(hub, 'tax', { ...report, key: { org_code } });
      const { correctionId: _id, key: _named, ...rest } = body;
      return [status, rest];
    };
    expect(await of('no-such-row')).toEqual(await of('002518057'));
    expect(hub.objects.reads()).toBe(1);
  });
  test('with an Idempotency-Key makes one correction', async () => {
    const hub = await received();
    const keyed = { headers: { 'Idempotency-Key': 'one' } };
    const answers = [await reportTo(hub, 'tax', report, keyed), await reportTo(hub, 'tax', report, keyed)];
    expect(answers[1]!.body).toEqual(answers[0]!.body);
    expect(hub.store.corrections.size).toBe(1);
  });
});

describe('answering', () => {
  test.each([
    ['will-correct', 'quality', 200, undefined],
    ['not-an-error', 'quality', 200, undefined],
    ['unclear', 'quality', 200, undefined],
    ['will-correct', 'tax', 403, 'not-the-provider'],
    ['will-correct', 'press', 404, 'not-found'],
    ['perhaps', 'quality', 400, 'malformed'],
  ])('%s by %s: %i %s', async (decision, as, status, code) => {
    const hub = await received();
    const { correctionId } = (await reportTo(hub)).body;
    const answer = await answerTo(hub, correctionId, as, decision);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    if (status !== 200) return;
    expect((await read(hub, correctionId)).body).toMatchObject({ state: 'answered', answer: { decision } });
    expect(hub.store.told.at(-1)).toMatchObject({ to: 'tax', notice: { event: 'answered', by: 'quality' } });
    expect(hub.evidenceOf('correction-answered')).toHaveLength(1);
  });
  test('is done once', async () => {
    const hub = await received();
    const { correctionId } = (await reportTo(hub)).body;
    const keyed = { headers: { 'Idempotency-Key': 'one' } };
    const first = await answerTo(hub, correctionId, 'quality', 'unclear', keyed);
    expect((await answerTo(hub, correctionId, 'quality', 'unclear', keyed)).body).toEqual(first.body);
    expect((await answerTo(hub, correctionId)).body).toMatchObject({ status: 409, code: 'wrong-state' });
  });
  test('of nothing is not found', async () => {
    const hub = await received();
    for (const correctionId of [anId(99), 'nonsense']) expect((await answerTo(hub, correctionId)).status).toBe(404);
  });
});

describe('closing', () => {
  const other = csv.replace('机床', '车床');
  async function answered(decision = 'will-correct'): Promise<readonly [TestHub, string]> {
    const hub = await received();
    const { correctionId } = (await reportTo(hub)).body;
    await answerTo(hub, correctionId, 'quality', decision);
    return [hub, correctionId];
  }

  test('is done by the next dataset that differs, told to both, once', async () => {
    const [hub, id] = await answered();
    const told = hub.store.told.length;
    const next = hub.commit(2, { text: other });
    await hub.dispatch(next, next);
    expect((await read(hub, id)).body).toMatchObject({
      state: 'closed',
      closedByDatasetVersion: 2,
      answer: { decision: 'will-correct' },
    });
    expect(hub.store.told.slice(told)).toMatchObject([
      { to: 'quality', notice: { event: 'closed', state: 'closed' } },
      { to: 'tax', notice: { event: 'closed', state: 'closed' } },
    ]);
    expect(hub.evidenceOf('correction-closed')).toMatchObject([{ actor: { department: 'hub', session: 'dispatch' } }]);
    await hub.dispatch(hub.commit(3));
    expect((await read(hub, id)).body.closedByDatasetVersion).toBe(2);
  });
  test('waits for a dataset that differs from what was delivered', async () => {
    const [hub, id] = await answered();
    await hub.dispatch(hub.commit(2));
    expect((await read(hub, id)).body.state).toBe('answered');
    await hub.dispatch(hub.commit(3, { text: other }));
    expect((await read(hub, id)).body).toMatchObject({ state: 'closed', closedByDatasetVersion: 3 });
  });
  test('is not done by a dataset that was there when it was promised', async () => {
    const hub = await received();
    const { correctionId } = (await reportTo(hub)).body;
    const late = hub.commit(2, { text: other });
    await answerTo(hub, correctionId);
    await hub.dispatch(late);
    expect((await read(hub, correctionId)).body.state).toBe('answered');
  });
  test.each(['not-an-error', 'unclear'])('never follows %s', async (decision) => {
    const [hub, id] = await answered(decision);
    await hub.dispatch(hub.commit(2, { text: other }));
    expect((await read(hub, id)).body.state).toBe('answered');
  });
  test('never precedes an answer', async () => {
    const hub = await received();
    const { correctionId } = (await reportTo(hub)).body;
    await hub.dispatch(hub.commit(2, { text: other }));
    expect((await read(hub, correctionId)).body.state).toBe('open');
  });
  test('is made good where its event was lost or its run was killed, and delivers all the same', async () => {
    const [undisturbed] = await answered();
    undisturbed.life.revive();
    await undisturbed.dispatch(undisturbed.commit(2, { text: other }));
    for (let write = 1; write <= undisturbed.life.writes(); write++)
      for (const when of ['before', 'after'] as const) {
        const [hub, id] = await answered();
        hub.life.killAt(write, when);
        await hub.dispatch(hub.commit(2, { text: other }));
        hub.life.revive();
        await hub.settle();
        expect((await read(hub, id)).body).toMatchObject({ state: 'closed', closedByDatasetVersion: 2 });
        expect(hub.evidenceOf('correction-closed')).toHaveLength(1);
        expect(hub.mailboxes.notices.map(({ datasetVersion }) => datasetVersion)).toEqual([1, 2]);
      }
  });
});

describe('a list', () => {
  test('has what a department reported or received, by role and state, complete in pages', async () => {
    const hub = await received();
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) ids.push((await reportTo(hub)).body.correctionId);
    await answerTo(hub, ids[1]!, 'quality', 'unclear');
    const list = async (as: string, query = {}) => {
      const seen: string[] = [];
      for (let cursor: string | undefined; seen.length < 50;) {
        const { body } = await hub.call<{ items: Correction[]; cursor?: string }>('listCorrections', as, {
          query: { limit: 2, ...query, ...(cursor !== undefined && { cursor }) },
        });
        seen.push(...body.items.map(({ correctionId }) => correctionId));
        cursor = body.cursor;
        if (cursor === undefined) break;
      }
      return seen;
    };
    expect(await list('tax')).toEqual(ids);
    expect(await list('quality', { role: 'provider' })).toEqual(ids);
    expect(await list('tax', { role: 'provider' })).toEqual([]);
    expect(await list('quality', { state: 'answered' })).toEqual([ids[1]]);
    expect(await list('tax', { role: 'consumer', state: 'open' })).toEqual(ids.filter((one) => one !== ids[1]));
    expect(await list('press')).toEqual([]);
  });
  test('and a correction are nobody’s but the parties’', async () => {
    const hub = await received();
    const { correctionId } = (await reportTo(hub)).body;
    for (const as of ['press', 'eitc']) expect((await read(hub, correctionId, as)).status).toBe(404);
    expect((await read(hub, correctionId, 'auditor')).body.code).toBe('role-not-permitted');
  });
});

test('key, values and words are in no evidence, notice or log', async () => {
  const hub = await received();
  const { correctionId } = (await reportTo(hub)).body;
  await answerTo(hub, correctionId);
  await hub.dispatch(hub.commit(2, { text: csv.replace('机床', '车床') }));
  const told = JSON.stringify([hub.store.journal.evidence, hub.store.told, hub.log.lines]);
  for (const secret of secrets) expect(told).not.toContain(secret);
});
