import { createHash } from 'node:crypto';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { credentialsOf } from '../../clients/node/local-hub.ts';
import { HubClient } from '../../clients/protocol/hub-client.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { AnnouncedUpload, Upload } from '../../schemas/contracts/uploads.ts';
import { aDefinition } from '../support/builders.ts';
import { eventually } from '../support/city.ts';
import type { Place } from '../support/place.ts';
import { problemOf } from '../support/refusal.ts';

const bytes = Buffer.from('id\nA1\nA2\n');
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('base64');
const announcement = { resourceId: 'permits-signed', bytes: bytes.length, sha256: sha256(bytes) };

/** Who is let in to the API, presigned URLs, queues and storage, and what a stranger sees. */
export function authentication(at: Place): void {
  let agreement: Agreement;
  let accepted: Upload;
  let deliveryId: string;

  /** A resource with an agreement on it, a dataset, and what was delivered of it. */
  const exchanged = async (resourceId: string) => {
    const definition = aDefinition({
      provider: 'housing',
      schema: { fields: [{ name: 'id', type: 'string' }] },
    } as never);
    await at.city.publish('housing', resourceId, definition);
    const agreement = await at.city.agree('surveying', 'housing', resourceId, { fields: ['id'] });
    const accepted = await at.city.upload('housing', resourceId, bytes);
    const [delivered] = await at.city.receive('surveying');
    return { agreement, accepted, deliveryId: delivered!.notice.deliveryId };
  };
  beforeAll(async () => {
    ({ agreement, accepted, deliveryId } = await exchanged('permits-signed'));
  });

  describe('a call to the API', () => {
    const denied = async (client: HubClient) => (await client.ask(routes.me, {})).status;
    const client = async (change: object) =>
      new HubClient({
        api: at.hub.api,
        region: at.hub.region,
        credentials: { ...(await credentialsOf(at.hub, 'surveying')()), ...change },
      });

    test('that is signed by a department is answered, and says who it is', async () => {
      expect(await at.city.as('surveying').call(routes.me, {})).toMatchObject({
        department: 'surveying',
        roles: ['department'],
      });
    });

    test('without a signature is refused as problem+json', async () => {
      const answer = await fetch(`${at.hub.api}/v1/me`);
      expect(answer.status).toBe(403);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject({ status: 403 });
    });

    test.each([
      ['an unknown access key', { accessKeyId: 'AKIAUNKNOWNUNKNOWN00' }],
      ['another secret', { secretAccessKey: 'not the secret of this key' }],
    ])('with %s is refused', async (_, change) => {
      expect(await denied(await client(change))).toBe(403);
    });

    test('with the key of one department and the secret of another is refused', async () => {
      const other = await credentialsOf(at.hub, 'command-flood')();
      expect(await denied(await client({ secretAccessKey: other.secretAccessKey }))).toBe(403);
    });

    test('that is changed after signing is refused', async () => {
      let captured: RequestInit | undefined;
      const real = globalThis.fetch;
      globalThis.fetch = (async (_url: unknown, init: RequestInit) => {
        captured = init;
        return new Response('{}');
      }) as typeof fetch;
      await at.city
        .as('surveying')
        .ask(routes.listAgreements, { query: { limit: 1 } })
        .finally(() => {
          globalThis.fetch = real;
        });
      expect((await fetch(`${at.hub.api}/v1/agreements?limit=1`, captured)).status).toBe(200);
      expect((await fetch(`${at.hub.api}/v1/agreements?limit=2`, captured)).status).toBe(403);
      expect((await fetch(`${at.hub.api}/v1/deliveries?limit=1`, captured)).status).toBe(403);
    });

    test('of the auditor reads and never writes', async () => {
      const auditor = at.city.as('auditor');
      expect((await auditor.ask(routes.readAgreement, { params: { agreementId: agreement.agreementId } })).status).toBe(
        200,
      );
      const send = at.city.raw('auditor');
      expect((await send('POST', '/v1/agreements', { body: {} })).status).toBe(403);
      expect((await send('PUT', '/v1/resources/mine', { body: {} })).status).toBe(403);
    });
  });

  describe('a presigned PUT', () => {
    const announce = () => at.city.as('housing').call(routes.announceUpload, { body: announcement });
    const state = async ({ uploadId }: AnnouncedUpload) =>
      (await at.city.as('housing').call(routes.readUpload, { params: { uploadId } })).state;
    const send = (url: string, headers: Record<string, string>, body: Uint8Array) => {
      const { 'content-length': _, ...others } = headers;
      return fetch(url, { method: 'PUT', headers: others, body });
    };

    test('takes exactly the announced bytes', async () => {
      const announced = await announce();
      expect((await send(announced.put!.url, announced.put!.headers, bytes)).status).toBe(200);
      expect(
        await eventually(
          () => state(announced),
          (now) => now === 'accepted',
        ),
      ).toBe('accepted');
      // Its consumer takes what comes of it, so that nothing is left for other tests.
      await at.city.receive('surveying');
    });

    test.each([
      ['one wrong byte', Buffer.from('id\nA1\nA3\n')],
      ['one byte too many', Buffer.concat([bytes, Buffer.from('\n')])],
      ['one byte too few', bytes.subarray(0, -1)],
      ['nothing', Buffer.alloc(0)],
    ])('refuses %s, and nothing has arrived', async (_, wrong) => {
      const announced = await announce();
      const answer = await send(announced.put!.url, announced.put!.headers, wrong);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(await state(announced)).toBe('awaiting');
    });

    test('refuses a header that declares another digest', async () => {
      const { put } = await announce();
      const wrong = Buffer.from('id\nA1\nA3\n');
      expect((await send(put!.url, { ...put!.headers, 'x-amz-checksum-sha256': sha256(wrong) }, wrong)).status).toBe(
        403,
      );
    });

    test('refuses another key, another method and a broken signature', async () => {
      const { put } = await announce();
      const other = new URL(put!.url);
      other.pathname = other.pathname.replace(/.$/, (character) => (character === 'A' ? 'B' : 'A'));
      expect((await send(other.href, put!.headers, bytes)).status).toBe(403);
      expect((await fetch(put!.url)).status).toBe(403);
      const broken = new URL(put!.url);
      broken.searchParams.set('X-Amz-Signature', '0'.repeat(64));
      expect((await send(broken.href, put!.headers, bytes)).status).toBe(403);
    });
  });

  describe('another department', () => {
    test('sees an agreement of others exactly like one that does not exist', async () => {
      const foreign = await at.city
        .as('command-flood')
        .ask(routes.readAgreement, { params: { agreementId: agreement.agreementId } });
      const absent = await at.city
        .as('command-flood')
        .ask(routes.readAgreement, { params: { agreementId: '01JDBV0H7N6Z8W3Q5X9R2T4YKM' } });
      expect(foreign.status).toBe(404);
      expect(problemOf(foreign)).toEqual(problemOf(absent));
      expect(await at.city.as('command-flood').call(routes.listAgreements, {})).toEqual({ items: [] });
    });

    test('cannot act on it', async () => {
      const params = { agreementId: agreement.agreementId };
      const flood = at.city.as('command-flood');
      const acceptance = { params, body: { termsVersion: 1 } };
      expect((await flood.ask(routes.acceptAgreement, acceptance)).status).toBe(404);
      const termination = { params, body: { reason: 'none of my business' } };
      expect((await flood.ask(routes.terminateAgreement, termination)).status).toBe(404);
    });

    test('sees no upload of others', async () => {
      expect(
        (await at.city.as('command-flood').ask(routes.readUpload, { params: { uploadId: accepted.uploadId } })).status,
      ).toBe(404);
      expect(
        (await at.city.as('surveying').ask(routes.readUpload, { params: { uploadId: accepted.uploadId } })).status,
      ).toBe(404);
      expect(await at.city.as('command-flood').call(routes.listUploads, {})).toEqual({ items: [] });
    });

    test('cannot upload to a resource of others or publish over it', async () => {
      expect(await at.city.as('command-flood').ask(routes.announceUpload, { body: announcement })).toMatchObject({
        status: 403,
        problem: { code: 'not-the-provider' },
      });
      const takeover = aDefinition({
        provider: 'command-flood',
        schema: { fields: [{ name: 'id', type: 'string' }] },
      } as never);
      expect(
        await at.city
          .as('command-flood')
          .ask(routes.publishResource, { params: { resourceId: 'permits-signed' }, body: takeover }),
      ).toMatchObject({
        status: 403,
      });
    });

    test('sees no delivery, no content and no dataset of others', async () => {
      const flood = at.city.as('command-flood');
      expect((await flood.ask(routes.readDelivery, { params: { deliveryId } })).status).toBe(404);
      expect((await flood.ask(routes.readContent, { params: { deliveryId } })).status).toBe(404);
      const params = { resourceId: 'permits-signed' };
      expect((await flood.ask(routes.listDatasets, { params })).status).toBe(404);
      expect((await at.city.as('command-flood').call(routes.listDeliveries, {})).items).toEqual([]);
    });

    test('the provider sees the delivery but not its content', async () => {
      expect((await at.city.as('housing').ask(routes.readDelivery, { params: { deliveryId } })).status).toBe(200);
      expect(await at.city.as('housing').ask(routes.readContent, { params: { deliveryId } })).toMatchObject({
        status: 403,
        problem: { code: 'not-the-consumer' },
      });
    });
  });

  describe('the queues and the storage', () => {
    const as = (department: string) => ({
      endpoint: at.hub.aws,
      region: at.hub.region,
      credentials: credentialsOf(at.hub, department),
    });

    test('a department polls its own mailbox and no other, and sends to none', async () => {
      const { mailbox } = await at.city.as('surveying').call(routes.me, {});
      const own = new SQSClient(as('surveying'));
      const other = new SQSClient(as('command-flood'));
      await expect(own.send(new ReceiveMessageCommand({ QueueUrl: mailbox.queueUrl }))).resolves.toBeDefined();
      await expect(other.send(new ReceiveMessageCommand({ QueueUrl: mailbox.queueUrl }))).rejects.toThrow(
        /not authorized/,
      );
      await expect(
        other.send(new GetQueueAttributesCommand({ QueueUrl: mailbox.queueUrl, AttributeNames: ['All'] })),
      ).rejects.toThrow(/not authorized/);
      await expect(own.send(new SendMessageCommand({ QueueUrl: mailbox.queueUrl, MessageBody: '{}' }))).rejects.toThrow(
        /not authorized/,
      );
    });

    test('a department reads no bucket and no table', async () => {
      const s3 = new S3Client({ ...as('surveying'), forcePathStyle: true });
      const content = await at.city.as('surveying').call(routes.readContent, { params: { deliveryId } });
      const [, bucket, ...key] = new URL(content.url).pathname.split('/');
      await expect(s3.send(new GetObjectCommand({ Bucket: bucket, Key: key.join('/') }))).rejects.toMatchObject({
        name: 'AccessDenied',
      });
      await expect(s3.send(new ListObjectsV2Command({ Bucket: bucket }))).rejects.toMatchObject({
        name: 'AccessDenied',
      });
      await expect(
        new DynamoDBClient(as('surveying')).send(
          new GetItemCommand({ TableName: 'hub-dev', Key: { pk: { S: 'AGREEMENT#1' }, sk: { S: 'HEAD' } } }),
        ),
      ).rejects.toThrow(/not authorized/);
      expect((await fetch(content.url.split('?')[0]!)).status).toBe(403);
    });

    test('the identity of a department’s key is its role', async () => {
      const identity = await new STSClient(as('surveying')).send(new GetCallerIdentityCommand({}));
      expect(identity.Arn).toMatch(/:assumed-role\/hub-dev-dept-surveying\//);
    });

    test('a content URL works for a minute and not longer', async () => {
      const content = await at.city.as('surveying').call(routes.readContent, { params: { deliveryId } });
      expect((await fetch(content.url)).status).toBe(200);
      await at.hub.advance(61);
      expect((await fetch(content.url)).status).toBe(403);
    });

    test('content is refused as soon as the agreement has ended, also with the notice in hand', async () => {
      const ended = await exchanged('permits-ended');
      await at.city.as('housing').call(routes.terminateAgreement, {
        params: { agreementId: ended.agreement.agreementId },
        body: { reason: 'purpose fulfilled' },
      });
      expect(
        await at.city.as('surveying').ask(routes.readContent, { params: { deliveryId: ended.deliveryId } }),
      ).toMatchObject({
        status: 409,
        problem: { code: 'agreement-not-active' },
      });
    });
  });
}
