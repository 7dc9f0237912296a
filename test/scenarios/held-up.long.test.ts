import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { factsOf, putFile } from '../../clients/node/file.ts';
import { routes } from '../../clients/protocol/routes.ts';
import { assemblyWith } from '../support/assembly.ts';
import { aDefinition } from '../support/builders.ts';
import { City, eventually } from '../support/city.ts';
import { HubRecords } from '../support/hub-records.ts';
import { startHub, type RunningHub } from '../support/hub.ts';

/** What each department may call of the API: so little that any machine can flood it. */
const SHARE = { callsPerSecond: 5, atOnce: 60 };
/** docs/operations.md, "When a function is killed". */
const TAKEN_UP_WITHIN_SECONDS = 75;

let assembly: string;
let running: RunningHub;
let city: City;
let records: HubRecords;
beforeAll(async () => {
  assembly = await assemblyWith({
    HUB_DEPARTMENT_RATE: SHARE.callsPerSecond,
    HUB_DEPARTMENT_BURST: SHARE.atOnce,
  });
  running = await startHub({ assembly });
  city = await City.of(running);
  records = new HubRecords(running);
});
afterAll(async () => {
  await running?.stop();
  await city?.leave();
  if (assembly) rmSync(assembly, { recursive: true });
});

test('a department that floods the API is told when to come back; others have all of their share meanwhile', async () => {
  const statuses = new Map<number, number>();
  const refusals: { readonly retryAfter: string | null; readonly problem: unknown }[] = [];
  const flooding = new AbortController();
  const press = city.as('press');
  const flood = Promise.all(
    Array.from({ length: 8 }, async () => {
      while (!flooding.signal.aborted) {
        const reply = await press.ask(routes.listDepartments, {});
        statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
        if (!reply.ok) refusals.push({ retryAfter: reply.headers.get('retry-after'), problem: reply.problem });
      }
    }),
  );
  await eventually(
    async () => refusals.length,
    (count) => count >= SHARE.atOnce,
  );
  const others: number[] = [];
  for (let call = 0; call < SHARE.atOnce; call++)
    others.push((await city.as('health').ask(routes.listDepartments, {})).status);
  flooding.abort();
  await flood;

  expect(new Set(others)).toEqual(new Set([200]));
  expect(new Set(statuses.keys())).toEqual(new Set([200, 429]));
  expect(statuses.get(200)).toBeGreaterThanOrEqual(SHARE.atOnce);
  for (const refusal of refusals)
    expect(refusal).toEqual({ retryAfter: '1', problem: expect.objectContaining({ status: 429, code: 'throttled' }) });
  await running.advance(1);
  expect((await press.ask(routes.listDepartments, {})).status).toBe(200);
});

const definition = (provider: string) =>
  aDefinition({
    provider,
    schema: { primaryKey: ['id'], fields: ['id', 'words'].map((name) => ({ name, type: 'string' })) },
  } as never);
/** So much that its check and its delivery have a middle. */
const ROWS = 250_000;
const rows = (word: string) =>
  `id,words\n${Array.from({ length: ROWS }, (_, row) => `${row},${word} and more words behind it`).join('\n')}\n`;

/** Announces the file and sends it; what becomes of it is looked up in the table, which counts as nobody's call. */
async function send(provider: string, resourceId: string, content: string): Promise<string> {
  const file = await city.file(content);
  const body = { resourceId, ...(await factsOf(file)) };
  const announced = await city.as(provider).call(routes.announceUpload, { body });
  await putFile(announced.put!, file);
  return announced.uploadId;
}

const stateOf = async (uploadId: string) => (await records.item(`UPLOAD#${uploadId}`))?.['state'];
const accepted = (uploadId: string) =>
  eventually(
    () => stateOf(uploadId),
    (state) => state === 'accepted',
  );

/** Something that a function does about an upload, looked at from outside. */
interface Work {
  readonly functionName: string;
  readonly begin: () => Promise<string>;
  readonly isAtIt: (uploadId: string) => Promise<boolean>;
  readonly isOver: (uploadId: string) => Promise<boolean>;
}

/**
 * Begins something and kills who does it, again if it was done before it could be stopped. The function is frozen first, so
 * that what is looked at then is where it dies.
 */
async function killedWhile({ functionName, begin, isAtIt, isOver }: Work): Promise<{ begun: string; killedAt: Date }> {
  for (;;) {
    const begun = await begin();
    // Without a pause: the middle of something is short.
    while (!(await isAtIt(begun)) && !(await isOver(begun)));
    if (await isOver(begun)) continue;
    const goOn = await running.freeze(functionName);
    if (await isAtIt(begun)) {
      await running.killFunction(functionName);
      return { begun, killedAt: await running.now() };
    }
    goOn();
  }
}

/** What a function said of an upload with this word. */
async function saidOf(functionName: string, message: string, uploadId: string) {
  return (await running.functionLogs(functionName))
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { message: string; uploadId?: string; timestamp: string; seconds: number })
    .filter((line) => line.message === message && line.uploadId === uploadId);
}

/** When a run began that ended with this word about this upload: by its log, which says how long it took. */
async function beganOf(functionName: string, message: string, uploadId: string): Promise<Date> {
  const told = await saidOf(functionName, message, uploadId);
  expect(told).toHaveLength(1);
  return new Date(Date.parse(told[0]!.timestamp) - told[0]!.seconds * 1_000);
}

test('check and deliver are killed in the middle: both are taken up again in time, by the very messages that they held', async () => {
  await city.publish('quality', 'checked', definition('quality'));
  await city.publish('housing', 'delivered', definition('housing'));
  await city.agree('tax', 'housing', 'delivered', { fields: ['id'] });

  const isDelivering = async () => (await records.watched('EXTRACT')).some(({ kind }) => kind === 'extract-attempt');
  const deliver = await killedWhile({
    functionName: 'deliver',
    begin: () => send('housing', 'delivered', rows('delivered')),
    isAtIt: isDelivering,
    isOver: async (uploadId) => (await saidOf('deliver', 'dataset delivered', uploadId)).length > 0,
  });
  const check = await killedWhile({
    functionName: 'check',
    begin: () => send('quality', 'checked', rows('checked')),
    isAtIt: async (uploadId) => (await stateOf(uploadId)) === 'checking',
    isOver: async (uploadId) => (await stateOf(uploadId)) === 'accepted',
  });

  await accepted(check.begun);
  expect(await records.item(`UPLOAD#${check.begun}`)).toMatchObject({ epoch: 2, rows: { accepted: ROWS } });
  const [delivered] = await city.receive('tax');
  expect(delivered!.text.split('\n')).toHaveLength(ROWS + 2);
  for (const queue of ['hub-dev-intake-large.fifo', 'hub-dev-delivery-large'])
    await eventually(
      async () => records.receivesIn(queue),
      (receives) => receives.length === 0,
    );
  for (const [began, { killedAt }] of [
    [await beganOf('check', 'upload checked', check.begun), check],
    [await beganOf('deliver', 'dataset delivered', deliver.begun), deliver],
  ] as const)
    expect((began.getTime() - killedAt.getTime()) / 1_000).toBeLessThan(TAKEN_UP_WITHIN_SECONDS);
});

test('check is killed before it could hold its message: the sweeper has the upload checked within two minutes, hidden message or not', async () => {
  await city.publish('quality', 'checked-again', definition('quality'));
  // Its process is there, at rest, to be frozen.
  await accepted(await send('quality', 'checked-again', 'id,words\n1,few\n'));
  await running.freeze('check');
  const uploadId = await send('quality', 'checked-again', rows('checked again'));
  while (!records.receivesIn('hub-dev-intake-large.fifo').some((receives) => receives > 0)) await pause(1);
  await running.killFunction('check');
  await running.advance(120);
  await accepted(uploadId);
});
