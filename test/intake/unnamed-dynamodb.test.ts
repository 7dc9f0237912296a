import { createHash } from 'node:crypto';
import { PutObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dynamoAttachmentMarks } from '../../functions/adapters/dynamodb/attachments/marks.ts';
import { attachmentsInForce } from '../../functions/adapters/dynamodb/attachments/in-force.ts';
import { dynamoAttachments } from '../../functions/adapters/dynamodb/attachments/written.ts';
import { dynamoAgreements } from '../../functions/adapters/dynamodb/agreements/store.ts';
import { dynamoResources } from '../../functions/adapters/dynamodb/catalog/resources.ts';
import { writeDataset } from '../../functions/adapters/dynamodb/datasets/store.ts';
import { dynamoQualities } from '../../functions/adapters/dynamodb/intake/quality.ts';
import { intakeResources } from '../../functions/adapters/dynamodb/intake/resources.ts';
import { dynamoUploads } from '../../functions/adapters/dynamodb/intake/uploads.ts';
import { change } from '../../functions/adapters/dynamodb/table/change.ts';
import { fromItem, toItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { walk } from '../../functions/adapters/dynamodb/table/walk.ts';
import { commit, put } from '../../functions/adapters/dynamodb/table/write.ts';
import { kmsClient } from '../../functions/adapters/kms/client.ts';
import { kmsAttachmentMacs } from '../../functions/adapters/kms/macs.ts';
import { s3CheckedObjects } from '../../functions/adapters/s3/checked-objects.ts';
import { entryOf } from '../../functions/catalog/domain/entry.ts';
import { digestsOf } from '../../functions/datasets/attachments/references.ts';
import { keepAttachment } from '../../functions/intake/attachments/keep-attachment.ts';
import { lookForUnnamed } from '../../functions/intake/attachments/unnamed/look.handler.ts';
import { qualityOf } from '../../functions/intake/domain/quality.ts';
import { Evidence } from '../../schemas/contracts/evidence.ts';
import type { ResourceId, UploadId } from '../../schemas/contracts/ids.ts';
import { jpeg } from '../records/attachments/pictures.ts';
import {
  aDefinition,
  anAct,
  anAgreement,
  anId,
  aResourceVersion,
  aStoredDataset,
  instant,
  resource,
} from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { countingIds, recordingLog, testClock } from '../support/memory/kernel.ts';
import { inState } from './an-upload.ts';

let aws: LocalAws;
let on: ReturnType<typeof anOffice>;
beforeAll(async () => {
  aws = await startLocalAws();
  on = anOffice();
});
afterAll(() => aws.stop());

const content = jpeg({ width: 9 });
const sha256Of = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('base64');
const schema = {
  primaryKey: ['code'],
  fields: [
    { name: 'code', type: 'string' as const },
    { name: 'photo', type: 'string' as const, reference: 'attachment' as const },
  ],
};

/** What intake and the catalog do, as far as a look at attachments meets it. */
function anOffice() {
  const { table, s3, buckets } = aws;
  const clock = testClock();
  const ids = countingIds(70_000);
  const ports = {
    uploads: dynamoUploads(table),
    resources: intakeResources(table),
    qualities: dynamoQualities(table),
    checked: s3CheckedObjects(s3, buckets.datasets),
    attachments: dynamoAttachments(table),
    attachmentMacs: kmsAttachmentMacs(kmsClient(), process.env['HUB_ATTACHMENTS_KEY']!),
    attachmentMarks: dynamoAttachmentMarks(table),
    clock,
    ids,
    log: recordingLog(),
  };
  const digestOf = async (resourceId: ResourceId, name: string) =>
    (await digestsOf(ports.attachmentMacs, resourceId))(name);
  return {
    look: (resourceId: ResourceId) => lookForUnnamed(ports)({ resourceId }),
    later: (days: number) => clock.set(new Date(Date.parse(clock.now()) + days * 86_400_000).toISOString()),
    async publish(resourceId: ResourceId): Promise<void> {
      const version = aResourceVersion({ resourceId, definition: aDefinition({ schema }) });
      const evidence = {
        evidenceId: ids.next() as never,
        at: instant,
        act: 'definition-published' as const,
        actor: { department: 'quality' as never, session: 'x' },
        subject: { resourceId },
        digests: {},
      };
      await dynamoResources(table).publish({ version, entry: entryOf(version), evidence });
    },
    async pictures(resourceId: ResourceId, uploadId: UploadId, sequence: number, ...names: string[]): Promise<void> {
      const of = { uploadId, resourceId, sequence, epoch: 1, content: 'attachments', format: 'auto' } as const;
      const checking = inState.checking(of);
      await commit(table, [put(table, toItem('upload', keyOf.upload(uploadId), checking))]);
      const picture = { type: 'jpeg', content, sha256: sha256Of(content) } as const;
      for (const name of names) await keepAttachment(ports, checking, await digestOf(resourceId, name), picture);
      const accepted = inState.accepted({ ...of, datasetVersion: undefined });
      const { state, epoch } = checking;
      const isAccepted = await ports.uploads.replace(
        accepted,
        { state, epoch },
        { quality: qualityOf(accepted, { at: instant }) },
      );
      expect(isAccepted).toBe(true);
    },
    async records(resourceId: ResourceId, datasetVersion: number, ...names: string[]): Promise<void> {
      const body = `code,photo\n${names.map((name, i) => `A${i},${name}\n`).join('')}`;
      const key = `datasets/${resourceId}/${datasetVersion}.csv`;
      const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: buckets.datasets, Key: key, Body: body }));
      const object = { key, versionId: VersionId!, bytes: body.length, sha256: sha256Of(body) };
      const { sha256, bytes } = object;
      const more = { resourceId, datasetVersion, rows: names.length, columns: ['code', 'photo'], objects: [object] };
      await commit(table, [
        ...writeDataset(table, aStoredDataset({ ...more, sha256, bytes })),
        change(table, keyOf.resource(resourceId), { set: { datasetVersion } }),
      ]);
    },
    inForce: async (resourceId: ResourceId, name: string) =>
      attachmentsInForce(table).inForce(resourceId, await digestOf(resourceId, name)),
    objects: async (resourceId: ResourceId) =>
      (await s3.send(new ListObjectsV2Command({ Bucket: buckets.datasets, Prefix: `attachments/${resourceId}/` })))
        .KeyCount,
    async dueAt(resourceId: ResourceId): Promise<boolean> {
      for await (const id of ports.attachmentMarks.due(clock.now())) if (id === resourceId) return true;
      return false;
    },
    async disposals(resourceId: ResourceId): Promise<Evidence[]> {
      const from = { list: `EVIDENCE#resource#${resourceId}`, keyOf: (at: string) => keyOf.evidence(at as never) };
      const found: Evidence[] = [];
      for await (const { item } of walk(table, { from })) found.push(fromItem(Evidence, item));
      return found.filter(({ act }) => act === 'attachments-disposed');
    },
  };
}

test('a picture that no record names goes with item, object and evidence; another’s of the same name stays', async () => {
  const [own, other] = [resource('with-photos'), resource('with-others')];
  for (const id of [own, other]) await on.publish(id);
  await on.pictures(own, anId(801), 1, 'a', 'b', ...Array.from({ length: 90 }, (_, i) => `c${i}`));
  await on.pictures(own, anId(802), 2, 'd');
  await on.pictures(other, anId(803), 1, 'b');
  await on.records(own, 1, 'a', 'd');
  await on.records(other, 1, 'b');
  expect(await on.dueAt(own)).toBe(false);
  on.later(8);
  // Attachments that come later do not put the look off.
  await on.pictures(own, anId(804), 3, 'd');
  expect(await on.dueAt(own)).toBe(true);
  await on.look(own);
  expect(await on.dueAt(own)).toBe(false);
  await dynamoAgreements(aws.table).add(
    anAct(anAgreement({ agreementId: anId(805), resourceId: own, state: 'active' })),
  );
  on.later(390);
  await on.look(own);
  expect(await on.objects(own)).toBe(94);
  on.later(6);
  await on.look(own);
  expect([await on.objects(own), await on.objects(other)]).toEqual([3, 1]);
  expect([await on.inForce(own, 'b'), await on.inForce(own, 'c7')]).toEqual([undefined, undefined]);
  expect([await on.inForce(own, 'a'), await on.inForce(own, 'd'), await on.inForce(other, 'b')]).toEqual(
    Array.from({ length: 3 }, () => expect.objectContaining({ type: 'jpeg' })),
  );
  const figures = (await on.disposals(own)).map((evidence) => evidence.figures?.['attachments']);
  expect([figures.toSorted((a = 0, b = 0) => a - b), await on.disposals(other)]).toEqual([[11, 40, 40], []]);
});
