import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HeadObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Context, DynamoDBRecord } from 'aws-lambda';
import { dynamoAgreements } from '../../functions/adapters/dynamodb/agreements/store.ts';
import { writeDataset } from '../../functions/adapters/dynamodb/datasets/store.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { dynamoDeliveries } from '../../functions/adapters/dynamodb/delivery/deliveries.ts';
import { dynamoExtracts } from '../../functions/adapters/dynamodb/delivery/extracts.ts';
import { dynamoResources } from '../../functions/adapters/dynamodb/catalog/resources.ts';
import { openObject } from '../../functions/adapters/s3/object-writer.ts';
import { entryOf } from '../../functions/catalog/domain/entry.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Correction } from '../../schemas/contracts/corrections.ts';
import type { DeliveryContent } from '../../schemas/contracts/deliveries.ts';
import type { StoredDelivery } from '../../schemas/stored/delivery.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import { DeliveryNotice } from '../../schemas/contracts/notices.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import {
  aResourceVersion,
  aStoredDataset,
  anAct,
  anAgreement,
  anId,
  department,
  instant,
  resource,
} from '../support/builders.ts';
import { sqsRecord } from '../support/events.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { step, STORY_MS } from '../support/step.ts';
import { callApi, testHub, type ApiCall, type ApiHandler } from '../support/memory/api-call.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';
import { csv } from './hub.ts';

type Handler = (event: unknown, context: Context) => Promise<unknown>;

let aws: LocalAws;
let lambda: Record<'api' | 'router' | 'dispatch' | 'deliver' | 'release' | 'sweep', Handler>;
const context = { functionName: 'test', awsRequestId: 'request-1' } as Context;
const resourceId = resource('legal-entities');
let drawn = 0;
const evidence = (): Evidence => ({
  evidenceId: anId(900_000 + ++drawn),
  at: instant,
  act: 'agreement-filed',
  actor: { department: 'hub', session: 'test' },
  subject: {},
  digests: {},
});

beforeAll(async () => {
  aws = await startLocalAws();
  const load = async (name: string) =>
    ((await import(`../../functions/${name}.lambda.ts`)) as { handler: Handler }).handler;
  lambda = {
    api: await load('delivery/api'),
    router: await load('stream/route'),
    dispatch: await load('delivery/dispatch'),
    deliver: await load('delivery/deliver'),
    release: await load('delivery/release'),
    sweep: await load('delivery/sweep'),
  };
  const version = aResourceVersion();
  await dynamoResources(aws.table).publish({
    version,
    entry: entryOf(version),
    evidence: evidence(),
  });
});
afterAll(() => aws.stop());

const call = <T>(route: keyof typeof routes, as: string, more: Omit<ApiCall, 'as' | 'route'>) => {
  const handler: ApiHandler = (event) =>
    lambda.api(
      { ...event, requestContext: { ...event.requestContext, accountId: testHub.account } },
      context,
    ) as ReturnType<ApiHandler>;
  return callApi<T>(handler, { as, route: routes[route], ...more });
};

const good = { batchItemFailures: [] };

/** Everything that the table's stream holds, through the router to dispatch; then everything queued, to deliver. */
async function work(): Promise<void> {
  await aws.streamed();
  expect(await lambda.router({ Records: aws.stream.splice(0) as unknown as DynamoDBRecord[] }, context)).toEqual(good);
  await drain(aws.queues.dispatch, lambda.dispatch);
  await drain(aws.queues.delivery, lambda.deliver);
}

async function drain(QueueUrl: string, consumer: Handler): Promise<void> {
  for (let some = await receive(QueueUrl); some.length > 0; some = await receive(QueueUrl)) {
    const Records = some.map(({ Body }) => ({ ...sqsRecord({}), body: Body }));
    expect(await consumer({ Records }, context)).toEqual(good);
    for (const { ReceiptHandle } of some) await aws.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
}

const receive = async (QueueUrl: string) =>
  (await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] })))
    .Messages ?? [];

async function put(agreement: Agreement): Promise<void> {
  const agreements = dynamoAgreements(aws.table);
  const lookAgainAt = new Date().toISOString();
  const stored = await agreements.find(agreement.agreementId);
  if (stored) await agreements.replace(anAct(agreement, { evidence: [evidence()], lookAgainAt }), stored.revision);
  else await agreements.add(anAct({ ...agreement, state: 'signed' }, { evidence: [evidence()] }));
  if (!stored) await put(agreement);
}

async function arrive(datasetVersion: number, text = csv): Promise<void> {
  const writer = openObject(aws.s3, aws.buckets.datasets, `datasets/legal-entities/${anId(datasetVersion)}/1.csv`);
  await writer.write(Buffer.from(text));
  const { key, versionId } = await writer.close();
  const written = { bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('base64') };
  const objects = [{ key, versionId, ...written }];
  await commit(aws.table, [
    ...writeDataset(
      aws.table,
      aStoredDataset({ datasetVersion, committedAt: new Date().toISOString(), ...written, objects }),
    ),
    {
      Update: {
        TableName: aws.table.name,
        Key: keyOf.resource(resourceId),
        UpdateExpression: 'SET datasetVersion = :v',
        ExpressionAttributeValues: { ':v': datasetVersion },
      },
    },
  ]);
}

const extractVersions = async () => {
  const { Versions = [], DeleteMarkers = [] } = await aws.s3.send(
    new ListObjectVersionsCommand({ Bucket: aws.buckets.deliveries }),
  );
  return [...Versions, ...DeleteMarkers].length;
};

const long = { validFrom: '2020-01-01', validTo: '2099-12-31' } as const;

/** `health` and `emergency` hold grants on one object; its versions are looked at one by one. */
async function sharing(datasetVersion: number): Promise<readonly [Agreement, Agreement]> {
  const terms = { ...long, fields: ['org_code', 'division'] };
  const [one, two] = [
    anAgreement({ state: 'active', agreementId: anId(10), consumer: department('health'), terms }),
    anAgreement({ state: 'active', agreementId: anId(11), consumer: department('emergency'), terms }),
  ];
  for (const each of [one, two]) {
    await aws.mailbox(each.consumer);
    await put(each);
  }
  await arrive(datasetVersion);
  await work();
  return [one, two];
}

const deliveriesOf = async (agreement: Agreement): Promise<StoredDelivery[]> => {
  const found: StoredDelivery[] = [];
  for await (const delivery of dynamoDeliveries(aws.table).ofAgreement(agreement.agreementId)) found.push(delivery);
  return found;
};
const versionsOf = async ({ extractId }: StoredDelivery) => {
  const { Versions = [], DeleteMarkers = [] } = await aws.s3.send(
    new ListObjectVersionsCommand({ Bucket: aws.buckets.deliveries, Prefix: `extracts/${extractId}/` }),
  );
  return Versions.length + DeleteMarkers.length;
};

/** Datasets of one resource follow one another, so each step begins where the one before it ended. */
test(
  'deliveries on the hub’s own storage, from a dataset to a correction',
  async () => {
    await step('from a dataset to a receipt, and to nothing once the agreement has ended', async () => {
      const mailbox = await aws.mailbox('tax');
      const agreement = anAgreement({
        state: 'active',
        terms: { ...long, mask: { phone: 'last4' }, fields: ['org_code', 'phone'], format: 'ndjson' },
      });
      await put(agreement);
      await arrive(1);
      await work();

      const [message] = await receive(mailbox);
      const notice = DeliveryNotice.parse(JSON.parse(message!.Body!));
      expect(notice).toMatchObject({
        agreementId: agreement.agreementId,
        datasetVersion: 1,
        rows: 2,
        format: 'ndjson',
      });
      expect(
        Object.fromEntries(
          Object.entries(message!.MessageAttributes!).map(([name, { StringValue }]) => [name, StringValue]),
        ),
      ).toEqual({ type: 'delivery', resourceId: 'legal-entities', agreementId: agreement.agreementId });

      const about = { params: { deliveryId: notice.deliveryId } };
      const { status, body: content } = await call<DeliveryContent>('readContent', 'tax', about);
      expect(status).toBe(200);
      expect(content.url).toContain('X-Amz-Expires=60');
      const bytes = Buffer.from(await (await fetch(content.url)).arrayBuffer());
      expect(createHash('sha256').update(bytes).digest('base64')).toBe(notice.sha256);
      expect(bytes).toHaveLength(content.bytes);
      expect(bytes.toString()).not.toContain('010-6500');
      expect((await call('giveReceipt', 'tax', { ...about, body: { sha256: notice.sha256 } })).status).toBe(200);
      expect(
        (await call<{ items: unknown[] }>('listDeliveries', 'tax', { query: { receipt: 'none' } })).body.items,
      ).toEqual([]);
      expect((await call('readContent', 'quality', about)).status).toBe(403);

      expect(await extractVersions()).toBe(1);
      await put({ ...agreement, state: 'terminated' });
      expect((await call('readContent', 'tax', about)).status).toBe(409);
      await work();
      expect(await extractVersions()).toBe(0);
      expect((await fetch(content.url)).status).toBe(404);
      expect((await call<{ items: unknown[] }>('listDeliveries', 'tax', {})).body.items).toHaveLength(1);
    });

    await step('what events lost is done by the sweeper, and slower frequencies by release', async () => {
      const mailbox = await aws.mailbox('press');
      const agreement = anAgreement({
        state: 'active',
        agreementId: anId(2),
        consumer: 'press' as never,
        terms: { ...long, frequency: 'hourly', at: '00:00' },
      });
      await put(agreement);
      await aws.streamed();
      aws.stream.splice(0);
      await lambda.sweep({}, context);
      await lambda.release({}, context);
      for (const { Body } of await receive(aws.queues.delivery))
        await lambda.deliver({ Records: [{ ...sqsRecord({}), body: Body }] }, context);
      expect(
        (await receive(mailbox)).map(({ Body }) => DeliveryNotice.parse(JSON.parse(Body!)).datasetVersion),
      ).toEqual([1]);
    });

    await step('what a pass that was cut off left is cleared away by the sweeper', async () => {
      const [extractId, key] = [anId(3), `extracts/${anId(3)}/${anId(4)}`];
      const extracts = dynamoExtracts(aws.table);
      const writer = openObject(aws.s3, aws.buckets.deliveries, key);
      await writer.write(Buffer.from(csv));
      await writer.close();
      await extracts.begin([{ extractId, key }], '2020-01-01T00:00:00.000Z');
      await lambda.sweep({}, context);
      await expect(aws.s3.send(new HeadObjectCommand({ Bucket: aws.buckets.deliveries, Key: key }))).rejects.toThrow();
      expect(await extracts.giveUp({ extractId, key })).toBe(false);
    });

    await step(
      'a shared object stays while another agreement holds a grant; after the last one no version of it is there',
      async () => {
        const [one, two] = await sharing(2);
        const shared = (await deliveriesOf(one)).find(({ datasetVersion }) => datasetVersion === 2)!;
        expect(await versionsOf(shared)).toBe(1);
        await put({ ...one, state: 'terminated' });
        await work();
        expect(await versionsOf(shared)).toBe(1);
        const other = (await deliveriesOf(two)).find(({ datasetVersion }) => datasetVersion === 2);
        expect((await call('readContent', 'emergency', { params: { deliveryId: other!.deliveryId } })).status).toBe(
          200,
        );
        await put({ ...two, state: 'expired' });
        await work();
        for (const delivery of [...(await deliveriesOf(one)), ...(await deliveriesOf(two))])
          expect(await versionsOf(delivery)).toBe(0);
      },
    );

    await step(
      'a delivery whose retention is over is gone with all its versions, though its agreement goes on',
      async () => {
        const terms = { ...long, fields: ['division'], duties: { disposal: { retainDays: 1 } } };
        const agreement = anAgreement({
          state: 'active',
          agreementId: anId(12),
          consumer: department('culture'),
          terms,
        });
        await aws.mailbox('culture');
        await put(agreement);
        await work();
        const [delivery] = await deliveriesOf(agreement);
        expect(delivery?.state).toBe('noticed');
        expect(await versionsOf(delivery!)).toBe(1);
        await dynamoDeliveries(aws.table).postpone(delivery!, '2020-01-01T00:00:00.000Z');
        await lambda.sweep({}, context);
        expect(await versionsOf(delivery!)).toBe(0);
        expect(
          (await call('readContent', 'culture', { params: { deliveryId: delivery!.deliveryId } })).body,
        ).toMatchObject({
          status: 409,
          code: 'retention-over',
        });
        const { body } = await call<{ items: StoredDelivery[] }>('listDeliveries', 'culture', {});
        expect(body.items).toMatchObject([{ deliveryId: delivery!.deliveryId, retentionEndedAt: expect.any(String) }]);
      },
    );

    await step('a correction goes from report to closing', async () => {
      const agreement = anAgreement({
        state: 'active',
        agreementId: anId(13),
        consumer: department('planning'),
        terms: long,
      });
      await aws.mailbox('planning');
      await put(agreement);
      await work();
      const [delivery] = await deliveriesOf(agreement);
      const body = { key: { org_code: '002518057' }, field: 'name', reason: 'wrong', words: 'it has another name' };
      const reported = await call<Correction>('reportCorrection', 'planning', {
        params: { deliveryId: delivery!.deliveryId },
        body,
      });
      expect(reported.status).toBe(201);
      const params = { correctionId: reported.body.correctionId };
      const answer = { decision: 'will-correct', words: 'thank you' };
      expect((await call('answerCorrection', 'quality', { params, body: answer })).status).toBe(200);
      await arrive(delivery!.datasetVersion + 1, csv.replace('机床', '车床'));
      await work();
      expect((await call<Correction>('readCorrection', 'planning', { params })).body).toMatchObject({
        state: 'closed',
        closedByDatasetVersion: delivery!.datasetVersion + 1,
      });
      expect((await call<{ items: Correction[] }>('listCorrections', 'quality', {})).body.items).toMatchObject([
        { ...body, state: 'closed' },
      ]);
    });
  },
  STORY_MS,
);
