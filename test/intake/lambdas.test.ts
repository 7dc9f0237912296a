import { createHash } from 'node:crypto';
import type { Context, DynamoDBRecord, SQSEvent } from 'aws-lambda';
import { DeleteMessageCommand, ReceiveMessageCommand, type Message } from '@aws-sdk/client-sqs';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newestDataset } from '../../functions/adapters/dynamodb/datasets/store.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { readResourceHead } from '../../functions/adapters/dynamodb/catalog/resources.ts';
import { readObject } from '../../functions/adapters/s3/object-reader.ts';
import type { handler as api } from '../../functions/intake/api.lambda.ts';
import type { handler as check } from '../../functions/intake/check.lambda.ts';
import type { handler as receive } from '../../functions/intake/receive.lambda.ts';
import type { handler as sweep } from '../../functions/intake/sweep.lambda.ts';
import type { handler as follow } from '../../functions/intake/follow.lambda.ts';
import type { handler as router } from '../../functions/stream/route.lambda.ts';
import {
  MIN_PART_BYTES,
  type AnnouncedUpload,
  type PartUrls,
  type PostedRecords,
  type PresignedPut,
  type Upload,
} from '../../schemas/contracts/uploads.ts';
import type { z } from 'zod';
import type { QualityList } from '../../schemas/contracts/quality.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { isTooLong, traceOfInvocation } from '../../infra/local/runtime/lineage.ts';
import { aResource, aResourceVersion, resource } from '../support/builders.ts';
import { eventually } from '../support/city.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { searched } from '../support/long.ts';
import { callApi, type ApiCall } from '../support/memory/api-call.ts';
import { marksOf } from '../support/marks.ts';
import { toItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { digest } from './an-upload.ts';
import { createdEvent, definition, good, intolerable, tolerable } from './hub.ts';

/** The Lambda entries as they are deployed, on local AWS. */
interface Lambdas {
  readonly api: typeof api;
  readonly receive: typeof receive;
  readonly check: typeof check;
  readonly sweep: typeof sweep;
  readonly router: typeof router;
  readonly follow: typeof follow;
}
let aws: LocalAws;
let lambdas: Lambdas;
const context = { functionName: 'test', awsRequestId: 'request-1' } as Context;

beforeAll(async () => {
  aws = await startLocalAws();
  process.env['POWERTOOLS_DEV'] = 'false';
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
  const [api, receive, check, sweep, router, follow] = await Promise.all([
    import('../../functions/intake/api.lambda.ts'),
    import('../../functions/intake/receive.lambda.ts'),
    import('../../functions/intake/check.lambda.ts'),
    import('../../functions/intake/sweep.lambda.ts'),
    import('../../functions/stream/route.lambda.ts'),
    import('../../functions/intake/follow.lambda.ts'),
  ]);
  lambdas = {
    api: api.handler,
    receive: receive.handler,
    check: check.handler,
    sweep: sweep.handler,
    router: router.handler,
    follow: follow.handler,
  };
});
afterAll(() => aws.stop());

async function published(id: string, defined = definition) {
  const resourceId = resource(id);
  const version = aResourceVersion({ resourceId, definition: defined });
  for (const item of [
    toItem('resource', keyOf.resource(resourceId), aResource({ resourceId })),
    toItem('resource-version', keyOf.resourceVersion(resourceId, 1), {
      ...version,
      definition: JSON.stringify(version.definition),
    }),
  ])
    await aws.table.client.send(new PutCommand({ TableName: aws.table.name, Item: item }));
  return resourceId;
}

const call = async <T>(more: Omit<ApiCall, 'as'>) => {
  const reply = await callApi<T>((event) => lambdas.api(event, context), { as: 'quality', ...more });
  if (reply.status >= 400) throw new Error(JSON.stringify(reply.body));
  return reply.body;
};
const send = async ({ url, headers }: PresignedPut, content: Uint8Array | string) =>
  (await fetch(url, { method: 'PUT', headers, body: content as string })).status;
const read = (uploadId: string) => call<Upload>({ route: routes.readUpload, params: { uploadId } });

/** The events of these uploads, once all have come: S3 tells of an object some time after it has answered. */
async function eventsOf(...uploadIds: readonly string[]) {
  await eventually(
    async () => aws.created,
    (created) => uploadIds.every((id) => created.some(({ key }) => key.includes(id))),
  );
  return aws.created.splice(0).filter(({ key }) => key.startsWith('uploads/'));
}

/** What EventBridge would bring, in order. */
async function bringEvents(...uploadIds: readonly string[]): Promise<void> {
  for (const { key, size, versionId } of await eventsOf(...uploadIds))
    await lambdas.receive(createdEvent(key, size, versionId), context);
}

const sqsEvent = (messages: readonly Message[], queueUrl = aws.queues.intake): SQSEvent =>
  ({
    Records: messages.map((message) => ({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      eventSourceARN: `arn:aws:sqs:::${queueUrl.slice(queueUrl.lastIndexOf('/') + 1)}`,
      attributes: { ApproximateReceiveCount: message.Attributes?.ApproximateReceiveCount ?? '1' },
    })),
  }) as unknown as SQSEvent;

/** Runs a function as Lambda does, with the trace of what it is invoked with, which the SDK passes on. */
async function traced<T>(name: string, trace: string | undefined, act: () => Promise<T>): Promise<T> {
  process.env['AWS_LAMBDA_FUNCTION_NAME'] = name;
  process.env['_X_AMZN_TRACE_ID'] = traceOfInvocation([trace], name);
  try {
    return await act();
  } finally {
    delete process.env['_X_AMZN_TRACE_ID'];
  }
}

let toldUpTo = 0;
/** What the table's stream tells, which carries no trace, through the router to what follows. */
async function bringStream(): Promise<void> {
  await aws.streamed();
  const records = aws.stream.slice(toldUpTo) as unknown as DynamoDBRecord[];
  toldUpTo = aws.stream.length;
  const answer = await traced('router', undefined, () => lambdas.router({ Records: records } as never, context));
  expect(answer).toEqual({ batchItemFailures: [] });
  const QueueUrl = aws.queues['intake-follow'];
  for (let some = await nextOf(QueueUrl); some.length > 0; some = await nextOf(QueueUrl))
    await handled('intake-follow', lambdas.follow, QueueUrl, some);
}

async function nextOf(QueueUrl: string): Promise<readonly Message[]> {
  const asked = { QueueUrl, WaitTimeSeconds: 0, MessageSystemAttributeNames: ['All' as const] };
  return (await aws.sqs.send(new ReceiveMessageCommand({ ...asked, MaxNumberOfMessages: 1 }))).Messages ?? [];
}

/** What an event source mapping does with a message: it is deleted unless it is reported as failed. */
async function handled(
  name: string,
  handler: Lambdas['check'],
  QueueUrl: string,
  messages: readonly Message[],
): Promise<void> {
  const trace = messages[0]?.Attributes?.AWSTraceHeader;
  if (isTooLong(trace, name)) throw new Error('Lambda ends this chain of requests');
  const { batchItemFailures } = await traced(name, trace, () => handler(sqsEvent(messages, QueueUrl), context));
  if (batchItemFailures.length > 0) throw new Error('a message failed');
  for (const { ReceiptHandle } of messages) await aws.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
}

/** A message of either queue, and of which. */
async function received(): Promise<readonly [string, readonly Message[]]> {
  for (const QueueUrl of [aws.queues.intake, aws.queues.large]) {
    const messages = await nextOf(QueueUrl);
    if (messages.length > 0) return [QueueUrl, messages];
  }
  return [aws.queues.intake, []];
}

/** What the event source mappings do until the queues are empty: a batch of one, deleted unless reported as failed. */
async function drainQueue(): Promise<void> {
  for (;;) {
    await bringStream();
    const [QueueUrl, messages] = await received();
    if (messages.length === 0) return;
    await handled('check', lambdas.check, QueueUrl, messages);
  }
}

async function uploaded(resourceId: string, content: string): Promise<Upload> {
  const body = { resourceId, bytes: Buffer.byteLength(content), sha256: digest(content) };
  const { uploadId, put } = await call<AnnouncedUpload>({ route: routes.announceUpload, body });
  expect(await send(put as PresignedPut, content)).toBe(200);
  await bringEvents(uploadId);
  await drainQueue();
  return read(uploadId);
}

const contentOf = async (key: string, versionId: string) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await readObject(aws.s3, aws.buckets.datasets, key, versionId)) chunks.push(chunk);
  return Buffer.concat(chunks);
};

describe('an upload, from its announcement to its verdict', () => {
  test('is accepted as the next dataset version, with its report and without its rejected records', async () => {
    const resourceId = await published('accepted');
    const upload = await uploaded(resourceId, tolerable);
    expect(upload).toMatchObject({ state: 'accepted', datasetVersion: 1, rows: { read: 4, accepted: 3, rejected: 1 } });
    const dataset = await newestDataset(aws.table, resourceId);
    expect(dataset).toMatchObject({ datasetVersion: 1, uploadId: upload.uploadId, rows: 3 });
    const content = await contentOf(dataset?.objects[0]?.key ?? '', dataset?.objects[0]?.versionId ?? '');
    expect([digest(content), content.length]).toEqual([dataset?.sha256, dataset?.bytes]);
    const report = await fetch(upload.report?.url ?? '');
    expect(await report.text()).toBe('line,column,field,rule,value\n3,2,amount,type,many\n');
  });

  test('appears in the stream as a dataset, and is marked for whoever plans deliveries', async () => {
    const resourceId = await published('streamed');
    await uploaded(resourceId, good);
    const records = aws.stream.filter(
      ({ dynamodb: { NewImage } }) =>
        NewImage?.['kind']?.['S'] === 'dataset' && NewImage['resourceId']?.['S'] === resourceId,
    );
    expect(records).toMatchObject([{ eventName: 'INSERT' }]);
    expect(await marksOf(aws.table, 'dataset')).toContainEqual([keyOf.resource(resourceId).pk, expect.any(String)]);
  });

  test('is refused where too much is wrong, and the resource stays as it was', async () => {
    const resourceId = await published('refused');
    await uploaded(resourceId, good);
    expect(await uploaded(resourceId, intolerable)).toMatchObject({
      state: 'refused',
      refusal: { code: 'too-many-rejections' },
      report: { url: expect.any(String) },
    });
    expect(await readResourceHead(aws.table, resourceId)).toMatchObject({
      datasetVersion: 1,
      committedSequence: 1,
      lastSequence: 2,
    });
  });

  test('once finished is due for nothing', async () => {
    const { uploadId } = await uploaded(await published('finished'), good);
    expect((await marksOf(aws.table, 'upload')).has(keyOf.upload(uploadId).pk)).toBe(false);
  });

  test('with its event and its message lost is found by the sweeper', async () => {
    const resourceId = await published('swept');
    const body = { resourceId, bytes: good.length, sha256: digest(good) };
    const { uploadId, put } = await call<AnnouncedUpload>({ route: routes.announceUpload, body });
    await send(put as PresignedPut, good);
    aws.created.splice(0);
    const found = await dueNow(uploadId);
    await lambdas.sweep({}, context);
    await drainQueue();
    expect([found, (await read(uploadId)).state]).toEqual([true, 'accepted']);
  });

  /** Makes the upload due without waiting: the functions live by the process's clock. */
  async function dueNow(uploadId: string): Promise<boolean> {
    const { dynamoUploads } = await import('../../functions/adapters/dynamodb/intake/uploads.ts');
    const uploads = dynamoUploads(aws.table);
    const upload = await uploads.find(uploadId as Parameters<typeof uploads.find>[0]);
    return upload !== undefined && uploads.replace({ ...upload, lookAgainAt: '2020-01-01T00:00:00.000Z' }, upload);
  }
});

describe('records that are posted', () => {
  const post = (resourceId: string, records: readonly object[]) =>
    call<PostedRecords>({ route: routes.postRecords, params: { resourceId }, body: { records } });

  test('become the next dataset version, without any event, and its columns are told', async () => {
    const resourceId = await published('posted');
    await uploaded(resourceId, good);
    const { uploadId } = await post(resourceId, [
      { code: 'A1', amount: 7 },
      { code: 'N1' },
      { _op: 'delete', code: 'A2' },
    ]);
    await drainQueue();
    expect(await read(uploadId)).toMatchObject({ state: 'accepted', content: 'changes', datasetVersion: 2 });
    const { key = '', versionId = '' } = (await newestDataset(aws.table, resourceId))?.objects[0] ?? {};
    expect((await contentOf(key, versionId)).toString()).toBe('code,amount,phone\nA1,7,\nA3,3,\nA4,4,\nN1,,\n');
    const { items } = await call<z.infer<typeof QualityList>>({ route: routes.readQuality, params: { resourceId } });
    expect(items).toMatchObject([
      { sequence: 2, content: 'changes', datasetVersion: 2, datasetRows: 4, drift: 0, fields: expect.any(Array) },
      { sequence: 1, content: 'snapshot', datasetVersion: 1, datasetRows: 4, fields: expect.any(Array) },
    ]);
  });

  test('at once are merged one after the other as they were numbered', async () => {
    const resourceId = await published('posted-at-once');
    const posted = await Promise.all(
      Array.from({ length: 8 }, (_, amount) => post(resourceId, [{ code: 'A1', amount }, { code: `N${amount}` }])),
    );
    await drainQueue();
    const ends = await Promise.all(posted.map(({ uploadId }) => read(uploadId)));
    expect(ends.map(({ state }) => state)).toEqual(ends.map(() => 'accepted'));
    const inOrder = [...ends].sort((a, b) => a.sequence - b.sequence);
    expect(inOrder.map(({ datasetVersion }) => datasetVersion)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

/** More than Lambda lets run in a chain. */
const CALLS = searched(20, 60);
test(`${CALLS} calls with a record each are accepted in their order, without a chain that Lambda would end`, async () => {
  const resourceId = await published('in-a-row');
  const post = (n: number) =>
    call<PostedRecords>({
      route: routes.postRecords,
      params: { resourceId },
      body: { records: [{ code: `C${n % 7}`, amount: n }] },
    });
  const posted: PostedRecords[] = [];
  for (let n = 0; n < CALLS; n++) posted.push(await post(n));
  await drainQueue();
  const ends = await Promise.all(posted.map(({ uploadId }) => read(uploadId)));
  expect(ends.map(({ state, datasetVersion }) => [state, datasetVersion])).toEqual(
    ends.map((_, index) => ['accepted', index + 1]),
  );
});

describe('an upload that is held', () => {
  test('is put in force by its provider’s word', async () => {
    const resourceId = await published('held', { ...definition, drift: { rowCount: 0.5 } });
    await uploaded(resourceId, good);
    const { uploadId, state } = await uploaded(resourceId, 'code,amount,phone\nB1,1,\n');
    expect(state).toBe('held');
    const params = { uploadId };
    await call<Upload>({ route: routes.decideUpload, params, body: { decision: 'accept' } });
    await drainQueue();
    expect(await read(uploadId)).toMatchObject({ state: 'accepted', datasetVersion: 2 });
  });
});

describe('two uploads of one resource', () => {
  test('the older one, checked last, is superseded', async () => {
    const resourceId = await published('crossing');
    const announce = (content: string) =>
      call<AnnouncedUpload>({
        route: routes.announceUpload,
        body: { resourceId, bytes: content.length, sha256: digest(content) },
      });
    const older = await announce(good);
    expect((await uploaded(resourceId, tolerable)).state).toBe('accepted');
    await send(older.put as PresignedPut, good);
    await bringEvents(older.uploadId);
    await drainQueue();
    expect(await read(older.uploadId)).toMatchObject({ state: 'refused', refusal: { code: 'superseded' } });
    expect(await readResourceHead(aws.table, resourceId)).toMatchObject({ datasetVersion: 1, committedSequence: 2 });
  });

  test('announced at once take different sequence numbers', async () => {
    const resourceId = await published('racing');
    const body = { resourceId, bytes: 5, sha256: digest('12345') };
    const announced = await Promise.all(
      [1, 2, 3, 4].map(() => call<AnnouncedUpload>({ route: routes.announceUpload, body })),
    );
    const sequences = await Promise.all(announced.map(async ({ uploadId }) => (await read(uploadId)).sequence));
    expect(sequences.sort((a, b) => a - b)).toEqual([1, 2, 3, 4]);
  });

  test('checked at once, twice each, become one version each at most, and the newest is in force', async () => {
    const resourceId = await published('at-once');
    const uploads: string[] = [];
    for (const content of [good, tolerable]) {
      const { uploadId, put } = await call<AnnouncedUpload>({
        route: routes.announceUpload,
        body: { resourceId, bytes: content.length, sha256: digest(content) },
      });
      await send(put as PresignedPut, content);
      uploads.push(uploadId);
    }
    const events = await eventsOf(...uploads);
    await Promise.all(
      [...events, ...events].map(({ key, size, versionId }) =>
        lambdas.receive(createdEvent(key, size, versionId), context),
      ),
    );
    await Promise.all(
      [...uploads, ...uploads].map((uploadId) =>
        lambdas.check(
          sqsEvent([{ MessageId: uploadId, ReceiptHandle: 'none', Body: JSON.stringify({ uploadId }) }]),
          context,
        ),
      ),
    );
    await drainQueue();
    const [first, second] = await Promise.all(uploads.map(read));
    expect(second?.state).toBe('accepted');
    expect([first?.state, first?.refusal?.code]).toEqual(
      first?.state === 'accepted' ? ['accepted', undefined] : ['refused', 'superseded'],
    );
    const head = await readResourceHead(aws.table, resourceId);
    expect(head).toMatchObject({ committedSequence: 2, datasetVersion: second?.datasetVersion });
  });
});

describe('a multipart upload', () => {
  test('is sent part by part through fresh URLs, completed twice, and accepted', async () => {
    const resourceId = await published('multipart');
    const rows = Array.from({ length: 600_000 }, (_, index) => `M${index},${index},\n`);
    const content = Buffer.from(`code,amount,phone\n${rows.join('')}`);
    const sizes = [MIN_PART_BYTES, content.length - MIN_PART_BYTES];
    const pieces = [content.subarray(0, sizes[0]), content.subarray(sizes[0])];
    const body = {
      resourceId,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('base64'),
      parts: pieces.map((piece) => ({ bytes: piece.length, sha256: digest(piece) })),
    };
    const { uploadId } = await call<AnnouncedUpload>({ route: routes.announceUpload, body });
    const params = { uploadId };
    const { items } = await call<PartUrls>({ route: routes.listParts, params });
    expect(await send(items[1] as PresignedPut, pieces[1] as Buffer)).toBe(200);
    await expect(call({ route: routes.completeUpload, params })).rejects.toThrow('parts-missing');
    const again = await call<PartUrls>({ route: routes.listParts, params });
    expect(await send(again.items[0] as PresignedPut, pieces[0] as Buffer)).toBe(200);
    expect(await call<Upload>({ route: routes.completeUpload, params })).toMatchObject({ state: 'received' });
    expect(await call<Upload>({ route: routes.completeUpload, params })).toMatchObject({ state: 'received' });
    await bringEvents(uploadId);
    await drainQueue();
    expect(await read(uploadId)).toMatchObject({
      state: 'accepted',
      rows: { read: 600_000, accepted: 600_000, rejected: 0 },
    });
    const open = await aws.s3.send(new ListMultipartUploadsCommand({ Bucket: aws.buckets.intake }));
    expect(open.Uploads ?? []).toEqual([]);
  });
});

describe('a message that fails', () => {
  test('is reported, and comes back after seconds instead of after the visibility timeout', async () => {
    const upload = await call<AnnouncedUpload>({
      route: routes.announceUpload,
      body: { resourceId: await published('failing'), bytes: good.length, sha256: digest(good) },
    });
    await send(upload.put as PresignedPut, good);
    await bringEvents(upload.uploadId);
    const receive = async (seconds: number) =>
      (await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl: aws.queues.intake, WaitTimeSeconds: seconds })))
        .Messages ?? [];
    const messages = await receive(1);
    expect(
      await lambdas.check(sqsEvent(messages.map((message) => ({ ...message, Body: 'not json' }))), context),
    ).toEqual({ batchItemFailures: [{ itemIdentifier: messages[0]?.MessageId }] });
    expect(await receive(10)).toHaveLength(1);
  });
});
