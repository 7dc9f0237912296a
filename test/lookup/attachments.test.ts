import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamoAttachments } from '../../functions/adapters/dynamodb/attachments/written.ts';
import { dynamoUploads } from '../../functions/adapters/dynamodb/intake/uploads.ts';
import { s3CheckedObjects } from '../../functions/adapters/s3/checked-objects.ts';
import { digestsOf } from '../../functions/datasets/attachments/references.ts';
import { keepAttachment } from '../../functions/intake/attachments/keep-attachment.ts';
import { toItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { commit, put } from '../../functions/adapters/dynamodb/table/write.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { AttachmentContent } from '../../schemas/contracts/attachments.ts';
import type { TableSchema } from '../../schemas/contracts/definition.ts';
import type { ResourceId, UploadId } from '../../schemas/contracts/ids.ts';
import { inState } from '../intake/an-upload.ts';
import { jpeg } from '../records/attachments/pictures.ts';
import { aResourceVersion, anId } from '../support/builders.ts';
import { createHash } from 'node:crypto';
import { aHub, codeOf, definition, firm, type TestHub } from './hub.ts';

let hub: TestHub;
const resourceId = 'legal-entities' as ResourceId;
const picture = jpeg({ width: 77 });
const sha256 = createHash('sha256').update(picture).digest('base64');
let uploads = 0;

/** A picture comes into force; `names` of firms. */
async function attach(name: string, content: Buffer | undefined): Promise<void> {
  uploads += 1;
  const uploadId = anId(7000 + uploads) as UploadId;
  const claimed = inState.checking({
    uploadId,
    resourceId,
    sequence: uploads,
    epoch: 1,
    content: 'attachments',
    format: 'auto',
  });
  const ports = {
    attachments: dynamoAttachments(hub.aws.table),
    checked: s3CheckedObjects(hub.aws.s3, hub.aws.buckets.datasets),
  };
  const digest = (await digestsOf(hub.ports.attachmentMacs, resourceId))(name);
  await keepAttachment(ports, claimed, digest, content && { type: 'jpeg', content, sha256 });
  const accepted = inState.accepted({
    uploadId,
    resourceId,
    sequence: uploads,
    epoch: 1,
    content: 'attachments',
    format: 'auto',
    datasetVersion: undefined,
  });
  await commit(hub.aws.table, [put(hub.aws.table, toItem('upload', keyOf.upload(uploadId), accepted))]);
  expect(await dynamoUploads(hub.aws.table).find(uploadId)).toMatchObject({ state: 'accepted' });
}

beforeAll(async () => {
  hub = await aHub();
  const fields = definition.schema.fields.map((field) =>
    field.name === 'phone' ? { ...field, reference: 'attachment' as const } : field,
  );
  const schema: TableSchema = { ...definition.schema, fields };
  const version = aResourceVersion({ definition: { ...definition, schema } });
  await commit(hub.aws.table, [
    put(
      hub.aws.table,
      toItem('resource-version', keyOf.resourceVersion(resourceId, 1), {
        ...version,
        definition: JSON.stringify(version.definition),
      }),
    ),
  ]);
  await hub.dataset(
    1,
    Array.from({ length: 50 }, (_, i) => firm(i)),
  );
  await attach(firm(7)['phone']!, picture);
});
afterAll(() => hub.stop());

const terms = { fields: ['name', 'phone'], perDay: 100, perUserPerDay: 100, keys: 5 };
const ask = async (agreement: Agreement, i: number, more = {}) => {
  const { body } = await hub.lookUp(agreement, codeOf(i), more);
  return { lookupId: body.lookupId, reference: body.record?.['phone'] as string };
};
const read = (lookupId: string, reference: string, as = 'tax', more: object = {}) =>
  hub.call<AttachmentContent>('readLookupAttachment', as, { params: { lookupId, reference }, ...more });
const code = async (reply: ReturnType<typeof read>) => {
  const { body } = await reply;
  return [body.status, body.code];
};

describe('a record that is looked up', () => {
  test('has a reference in the place of the name, and by it there is the picture', async () => {
    const agreement = await hub.agree(terms);
    const { lookupId, reference } = await ask(agreement, 7);
    expect(reference).toMatch(/^[A-Za-z0-9_-]{22}$/);
    const { status, body } = await read(lookupId, reference);
    expect({ status, body }).toMatchObject({ status: 200, body: { type: 'jpeg', bytes: picture.length, sha256 } });
    const asked = new URL(body.url).searchParams;
    expect(asked.get('response-content-type')).toBe('image/jpeg');
    expect(asked.get('response-content-disposition')).toBe('attachment; filename="attachment.jpeg"');
    expect(asked.get('versionId')).not.toBeNull();
    expect(body.url).toMatch(/X-Amz-Expires=60/);
    const proofs = (await hub.everything()).filter(({ act }) => act === 'attachment-requested');
    const own = proofs.filter((proof) => (proof['subject'] as { lookupId?: unknown }).lookupId === lookupId);
    expect(own).toMatchObject([{ subject: { consumer: 'tax' }, digests: { attachment: sha256 } }]);
  });

  test('gives another reference in each lookup, and each leads from its own alone', async () => {
    const agreement = await hub.agree(terms);
    const [one, two] = [await ask(agreement, 7), await ask(agreement, 7)];
    expect(one.reference).not.toBe(two.reference);
    expect((await read(two.lookupId, two.reference)).status).toBe(200);
    expect(await code(read(one.lookupId, two.reference))).toEqual([404, 'not-found']);
  });

  test('has the same reference when it is answered again', async () => {
    const agreement = await hub.agree(terms);
    const headers = { 'Idempotency-Key': 'once' };
    const [one, two] = [await ask(agreement, 7, { headers }), await ask(agreement, 7, { headers })];
    expect(two).toEqual(one);
  });

  test('without a picture is told like a reference that was made up', async () => {
    const agreement = await hub.agree(terms);
    const { lookupId, reference } = await ask(agreement, 8);
    const replies = await Promise.all(
      [reference, 'A'.repeat(22), 'B'.repeat(21) + 'A'].map((each) => read(lookupId, each)),
    );
    for (const { status, body } of replies) expect({ status, body }).toEqual({ status: 404, body: replies[0]!.body });
    // The last character of 22 has four bits too many: another text of the same block is no reference.
    expect(await code(read(lookupId, `${reference.slice(0, -1)}${reference.endsWith('A') ? 'B' : 'z'}`))).toEqual([
      404,
      'not-found',
    ]);
    expect(await code(read(lookupId, 'x'))).toEqual([404, 'not-found']);
  });

  test('that is masked has no picture', async () => {
    const agreement = await hub.agree({ ...terms, mask: { phone: 'last4' } });
    expect((await ask(agreement, 7)).reference).toMatch(/^\*{4}/);
  });

  test('is the officer’s who looked it up, and of its consumer alone', async () => {
    const agreement = await hub.agree(terms);
    const { lookupId, reference } = await ask(agreement, 7);
    expect(await code(read(lookupId, reference, 'tax', { session: 'another.officer' }))).toEqual([
      409,
      'answer-not-kept',
    ]);
    expect(await code(read(lookupId, reference, 'quality'))).toEqual([403, 'not-the-consumer']);
    expect(await code(read(lookupId, reference, 'press'))).toEqual([404, 'not-found']);
    expect(await code(read(anId(1), reference))).toEqual([404, 'not-found']);
  });

  test('gives its picture no longer than the agreement is in force, and lets be kept', async () => {
    const agreement = await hub.agree({ ...terms, duties: { disposal: { retainDays: 1 } } });
    const { lookupId, reference } = await ask(agreement, 7);
    await hub.put({ ...agreement, state: 'suspended' });
    expect(await code(read(lookupId, reference))).toEqual([409, 'agreement-not-active']);
    await hub.put({ ...agreement, state: 'terminated' });
    expect(await code(read(lookupId, reference))).toEqual([409, 'agreement-not-active']);
    await hub.put({
      ...agreement,
      termsVersion: 2,
      terms: [...agreement.terms, { ...agreement.terms[0]!, version: 2 }],
    });
    expect(await code(read(lookupId, reference))).toEqual([409, 'agreement-not-active']);
    await hub.put(agreement);
    expect((await read(lookupId, reference)).status).toBe(200);
    const now = hub.clock.now();
    hub.clock.set(new Date(Date.parse(now) + 25 * 3_600_000).toISOString());
    expect(await code(read(lookupId, reference))).toEqual([409, 'retention-over']);
    hub.clock.set(now);
  });

  test('gives what is in force when it is asked for: a newer picture, or none any more', async () => {
    const agreement = await hub.agree(terms);
    const { lookupId, reference } = await ask(agreement, 9);
    await attach(firm(9)['phone']!, picture);
    expect((await read(lookupId, reference)).status).toBe(200);
    await attach(firm(9)['phone']!, undefined);
    expect(await code(read(lookupId, reference))).toEqual([404, 'not-found']);
  });
});

test('neither names nor references stand in the table or the log', async () => {
  const agreement = await hub.agree(terms);
  const { lookupId, reference } = await ask(agreement, 7);
  await read(lookupId, reference);
  const kept = JSON.stringify([await hub.everything(), hub.log.lines]);
  expect(kept).not.toContain(reference);
  expect(kept).not.toContain(firm(7)['phone']);
});
