import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { dynamoAgreements } from '../../functions/adapters/dynamodb/agreements/store.ts';
import { dynamoAnswers } from '../../functions/adapters/dynamodb/answers.ts';
import { dynamoResources } from '../../functions/adapters/dynamodb/catalog/resources.ts';
import { dynamoComparisons } from '../../functions/adapters/dynamodb/compare/comparisons.ts';
import { comparedFacts } from '../../functions/adapters/dynamodb/compare/facts.ts';
import { newsOf } from '../../functions/adapters/dynamodb/compare/watch-marks.ts';
import { dynamoReconciliations } from '../../functions/adapters/dynamodb/compare/reconciliations.ts';
import { dynamoWatches } from '../../functions/adapters/dynamodb/compare/watches.ts';
import { writeDataset } from '../../functions/adapters/dynamodb/datasets/store.ts';
import { dynamoDeliveries } from '../../functions/adapters/dynamodb/delivery/deliveries.ts';
import { dynamoExtracts } from '../../functions/adapters/dynamodb/delivery/extracts.ts';
import { dynamoOutbox } from '../../functions/adapters/dynamodb/messages.ts';
import { change } from '../../functions/adapters/dynamodb/table/change.ts';
import { fromItem, toItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { readItem } from '../../functions/adapters/dynamodb/table/reads.ts';
import { walk } from '../../functions/adapters/dynamodb/table/walk.ts';
import { commit, put } from '../../functions/adapters/dynamodb/table/write.ts';
import { athenaClient } from '../../functions/adapters/athena/client.ts';
import { athenaWarehouse } from '../../functions/adapters/athena/warehouse.ts';
import { representationKey } from '../../functions/datasets/representation/places.ts';
import { comparing } from '../../functions/adapters/duckdb/comparing.ts';
import { watching } from '../../functions/adapters/duckdb/watching.ts';
import { readObject } from '../../functions/adapters/s3/object-reader.ts';
import { kmsClient } from '../../functions/adapters/kms/client.ts';
import { kmsAttachmentMacs } from '../../functions/adapters/kms/macs.ts';
import { kmsRunKeys } from '../../functions/adapters/kms/run-keys.ts';
import { s3ListObjects } from '../../functions/adapters/s3/list-objects.ts';
import { s3Staging } from '../../functions/adapters/s3/staging.ts';
import { s3KeptObjects } from '../../functions/adapters/s3/kept-objects.ts';
import { sqsMailboxes } from '../../functions/adapters/sqs/mailboxes.ts';
import { entryOf } from '../../functions/catalog/domain/entry.ts';
import { compareHandler } from '../../functions/compare/compare.handler.ts';
import { compareEndpoints } from '../../functions/compare/endpoints.ts';
import { receiveHandler } from '../../functions/compare/receive.handler.ts';
import type { ReconciliationPorts } from '../../functions/compare/reconciliations/ports.ts';
import type { Compare } from '../../functions/compare/stores.ts';
import { sweepHandler } from '../../functions/compare/sweep.handler.ts';
import { lookHandler } from '../../functions/compare/watches/look.handler.ts';
import type { WatchPorts } from '../../functions/compare/watches/ports.ts';
import { api } from '../../functions/kernel/api/api.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { AnnounceComparisonBody, Comparison } from '../../schemas/contracts/comparisons.ts';
import type { InheritedTerms } from '../../schemas/contracts/derivations.ts';
import { Evidence } from '../../schemas/contracts/evidence.ts';
import type { ComparisonId, WatchId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { comparisonsRoutes } from '../../schemas/contracts/routes/comparisons.ts';
import type { reconciliationsRoutes } from '../../schemas/contracts/routes/reconciliations.ts';
import type { watchesRoutes } from '../../schemas/contracts/routes/watches.ts';
import type { StoredComparison } from '../../schemas/stored/comparisons.ts';
import { type StoredDataset, StoredRepresentation } from '../../schemas/stored/datasets.ts';
import { StoredDelivery, StoredExtract } from '../../schemas/stored/delivery.ts';
import type { StoredKeyWatch } from '../../schemas/stored/watches.ts';
import { mortal } from '../delivery/mortal.ts';
import {
  aDefinition,
  aResourceVersion,
  aStoredDataset,
  anAct,
  anAgreement,
  anId,
  comparisonTerms,
  department,
  instant,
  resource,
} from '../support/builders.ts';
import type { LocalAws } from '../support/local-aws.ts';
import { callApi, testHub, type ApiCall } from '../support/memory/api-call.ts';
import { countingIds, manualTimer, recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';
import { represented } from './represented.ts';

export const records = [
  ['11-1', '北京第一机床厂', '110105', '1000.50', '1994-05-04', '010-65001234'],
  ['11-2', '王记商行', '110102', '', '2001-02-28', '010-65009876'],
  ['11-3', '长安商贸', '110102', '5000', '2020-01-01', '010-65000000'],
] as const;

/** Four rows: one that matches, one that does not, one of nobody, one that matches under another filter only. */
export const listCsv = 'org_code,name,own\n11-1,北京第一机床厂,a\n11-2,王家商行,b\n99-9,无名,c\n11-3,长安商贸,d\n';

const sha256Of = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('base64');

let number = 0;
/** Seconds by which the tests of a file have moved time on: presigned URLs are valid by the clock of the endpoint. */
let ahead = 0;

/**
 * The capability on the embedded services, by its own handlers; sending, running and time are up to the test. Each hub has a
 * resource of `quality` of its own, `tax` compares.
 */
export async function aHub(aws: LocalAws, { mostBytesHere = Number.MAX_SAFE_INTEGER } = {}) {
  const hubNumber = ++number;
  const resourceId = resource(`compared-${hubNumber}`);
  const clock = testClock(new Date(Date.now() + ahead * 1000).toISOString());
  const timer = manualTimer();
  const log = recordingLog();
  const metrics = recordingMetrics();
  const { table, s3, buckets } = aws;
  const sent: StoredComparison[] = [];
  const toLookAt: WatchId[] = [];
  const mailbox = await aws.mailbox('tax');
  let inherited: readonly InheritedTerms[] = [];
  const life = mortal({
    facts: { ...comparedFacts(table), inherited: async () => inherited },
    comparisons: dynamoComparisons(table),
    lists: s3ListObjects(s3, buckets.intake),
    queue: {
      send: async (comparison: StoredComparison) => void sent.push(comparison),
      sendWatch: async ({ watchId }: StoredKeyWatch) => void toLookAt.push(watchId),
    },
    watches: dynamoWatches(table),
    reconciliations: dynamoReconciliations(table),
    kept: s3KeptObjects(s3, buckets.datasets),
    watching: watching({ memoryMb: 256, spillMb: 256, threads: 2 }),
    results: dynamoExtracts(table),
    staging: s3Staging(s3, buckets),
    warehouse: athenaWarehouse(athenaClient(), s3, {
      workgroup: 'hub-test',
      database: 'hub_test',
      bucket: buckets.intake,
    }),
    engine: comparing({ memoryMb: 256, spillMb: 256, threads: 2 }),
    attachmentMacs: kmsAttachmentMacs(kmsClient(), process.env['HUB_ATTACHMENTS_KEY']!),
    runKeys: kmsRunKeys(kmsClient(), process.env['HUB_COMPARISONS_KEY']!),
    mailboxes: sqsMailboxes(aws.sqs, mailbox.slice(0, -'tax'.length)),
    deliveries: dynamoDeliveries(table),
  });
  const ports: Compare & WatchPorts & ReconciliationPorts = {
    ...life.ports,
    mostBytesHere,
    clock,
    ids: countingIds(hubNumber * 10_000),
    log,
    metrics,
    timer,
    timeZone: 'Asia/Shanghai',
  };
  const handler = api(compareEndpoints(ports), {
    answers: dynamoAnswers(table),
    clock,
    log,
    metrics,
    identity: testHub,
  });
  const definition = aDefinition({ modes: ['delivery', 'comparison', 'lookup'] });
  const version = aResourceVersion({ resourceId, definition });
  await dynamoResources(table).publish({
    version,
    entry: entryOf(version),
    evidence: {
      evidenceId: anId(hubNumber * 10_000 + 9_999),
      at: instant,
      act: 'definition-published',
      actor: { department: department('quality'), session: 'x' },
      subject: { resourceId },
      digests: {},
    },
  });

  const hub = {
    resourceId,
    clock,
    timer,
    log,
    metrics,
    life,
    sent,
    definition,
    sha256: sha256Of('abc'),
    later(seconds: number): void {
      ahead += seconds;
      aws.advance(seconds);
      clock.set(new Date(Date.parse(clock.now()) + seconds * 1000).toISOString());
    },
    call: <T = Record<string, unknown>>(
      route: keyof typeof comparisonsRoutes | keyof typeof watchesRoutes | keyof typeof reconciliationsRoutes,
      as: string,
      more: Omit<ApiCall, 'as' | 'route'> = {},
    ) => callApi<T>(handler, { as, route: routes[route], ...more }),

    /** Filed, in force, with terms of mode `comparison`. */
    async agree(
      changes: Parameters<typeof comparisonTerms>[0] = {},
      more: Partial<Agreement> = {},
    ): Promise<Agreement> {
      const agreement = anAgreement({
        agreementId: anId(hubNumber * 10_000 + 5_000 + ++number),
        resourceId,
        state: 'active',
        terms: comparisonTerms({ fields: ['division'], ...changes }),
        ...(more as object),
      });
      await dynamoAgreements(table).add(anAct(agreement));
      return agreement;
    },
    /** An agreement on another resource, of which this hub's, or another one, is derived. */
    async source(derived = resourceId): Promise<Agreement> {
      const from = resource(`${resourceId}-source`);
      const agreement = await hub.agree({ reshare: 'derived' }, { resourceId: from });
      await commit(table, [put(table, toItem('pointer', keyOf.derivedOf(from, derived), { derived }))]);
      return agreement;
    },
    /** What the resource's data inherit of their sources from now on. */
    inherits(terms: readonly InheritedTerms[]): void {
      inherited = terms;
    },
    /** The agreement is otherwise from now on. */
    async change(agreement: Agreement, changes: Partial<Agreement>): Promise<void> {
      const agreements = dynamoAgreements(table);
      const { revision } = (await agreements.find(agreement.agreementId))!;
      await agreements.replace(anAct({ ...agreement, ...changes }, { lookAgainAt: clock.now() }), revision);
    },
    /** A dataset is in force, with its representation. */
    async dataset(
      rows: readonly (readonly string[])[] = records,
      datasetVersion = 1,
      changes: Partial<StoredDataset> = {},
    ): Promise<void> {
      const folder = await mkdtemp(join(tmpdir(), 'hub-represented-'));
      const file = await represented(folder, definition.schema, rows);
      const bytes = await readFile(file.path);
      await rm(folder, { recursive: true });
      const key = representationKey({ resourceId, datasetVersion, epoch: 1 });
      const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: buckets.datasets, Key: key, Body: bytes }));
      const object = { key, versionId: VersionId!, bytes: bytes.length, sha256: sha256Of(bytes) };
      const representation = StoredRepresentation.parse({
        resourceId,
        datasetVersion,
        form: 'parquet',
        epoch: 1,
        tail: { bytes: 1, sha256: object.sha256 },
        state: 'made',
        columns: file.columns,
        keyFields: ['org_code'],
        rows: file.rows,
        values: 'x',
        object,
        madeAt: instant,
        holds: 0,
      });
      await hub.datasetAlone(datasetVersion, changes);
      await hub.represent(representation);
    },
    /** One whose representation is not made yet. */
    async datasetAlone(datasetVersion = 1, changes: Partial<StoredDataset> = {}): Promise<void> {
      await commit(table, [
        ...writeDataset(table, aStoredDataset({ resourceId, datasetVersion, ...changes })),
        change(table, keyOf.resource(resourceId), { set: { datasetVersion } }),
      ]);
    },
    /** As it is where it has been made: whoever watches the resource's records is to hear of it. */
    represent: async (representation: StoredRepresentation): Promise<void> => {
      const { datasetVersion } = representation;
      await commit(table, [
        newsOf(table, { resourceId }, clock.now()),
        put(table, toItem('representation', keyOf.representation(resourceId, datasetVersion), representation)),
      ]);
    },
    async holds(datasetVersion = 1): Promise<number | undefined> {
      const item = await readItem(table, keyOf.representation(resourceId, datasetVersion));
      return item?.['holds'] as number | undefined;
    },

    async announce(agreement: Agreement, text: string = listCsv, more: Partial<AnnounceComparisonBody> = {}) {
      const body = {
        agreementId: agreement.agreementId,
        kind: 'verify',
        bytes: Buffer.byteLength(text),
        sha256: sha256Of(text),
        ...more,
      };
      return hub.call<{ comparisonId: ComparisonId; put: { url: string; headers: Record<string, string> } }>(
        'announceComparison',
        'tax',
        { body },
      );
    },
    /** Announced, sent through the presigned URL, and told of. Answers the comparison's id. */
    async send(agreement: Agreement, text: string = listCsv, more: Partial<AnnounceComparisonBody> = {}) {
      const { status, body } = await hub.announce(agreement, text, more);
      if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
      await hub.put(body.put, text);
      await hub.arrive(body.comparisonId);
      return body.comparisonId;
    },
    async put({ url, headers }: { readonly url: string; readonly headers: Record<string, string> }, text: string) {
      const { 'content-length': _length, ...rest } = headers;
      const answer = await fetch(url, { method: 'PUT', headers: rest, body: text });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    },
    /** S3 tells of the list. */
    arrive: async (id: ComparisonId): Promise<void> => hub.created((await ports.comparisons.find(id))!.key),
    run: (comparisonId: ComparisonId) => compareHandler(ports)({ comparisonId }),
    ports,
    toLookAt,
    /** S3 tells of an object. */
    async created(key: string): Promise<void> {
      const { size, versionId } = aws.created.findLast((created) => created.key === key)!;
      await receiveHandler(ports)({ detail: { object: { key, size, 'version-id': versionId } } });
    },
    look: (watchId: WatchId) => lookHandler(ports)({ watchId }),
    sweep: () => sweepHandler(ports)(),
    find: (id: ComparisonId) => dynamoComparisons(table).find(id),
    read: async (id: ComparisonId, as = 'tax') =>
      (await hub.call<Comparison>('readComparison', as, { params: { comparisonId: id } })).body,

    async delivery(id: ComparisonId): Promise<StoredDelivery | undefined> {
      const comparison = await hub.find(id);
      const deliveryId = comparison?.state === 'done' ? comparison.deliveryId : undefined;
      const item = deliveryId && (await readItem(table, keyOf.delivery(deliveryId)));
      return item ? fromItem(StoredDelivery, item) : undefined;
    },
    /** The bytes of the result, as text. */
    async result(id: ComparisonId): Promise<string> {
      const { extractId } = (await hub.delivery(id))!;
      const { object } = fromItem(StoredExtract, (await readItem(table, keyOf.extract(extractId)))!);
      const chunks: Uint8Array[] = [];
      for await (const chunk of await readObject(s3, buckets.deliveries, object.key, object.versionId))
        chunks.push(chunk);
      return Buffer.concat(chunks).toString('utf8');
    },
    async evidence(id: ComparisonId): Promise<Evidence[]> {
      const listing = {
        from: { list: `EVIDENCE#comparison#${id}`, keyOf: (position: string) => keyOf.evidence(position as never) },
      };
      const found: Evidence[] = [];
      for await (const { item } of walk(table, listing)) found.push(fromItem(Evidence, item));
      return found;
    },
    /** Whether the list can still be read. */
    isListThere: async (id: ComparisonId) => (await ports.lists.find((await hub.find(id))!.key)) !== undefined,
    /** Notices that are no deliveries, committed with what they tell of. */
    async told(id: ComparisonId): Promise<OutgoingNotice[]> {
      const outbox = dynamoOutbox(table);
      const found: OutgoingNotice[] = [];
      for await (const noticeId of outbox.due('9999')) {
        const told = await outbox.find(noticeId);
        if (told && 'comparisonId' in told.notice && told.notice.comparisonId === id) found.push(told);
      }
      return found;
    },
    /** All that waits in the mailbox, which the hubs of one suite share. */
    async mail(): Promise<Record<string, unknown>[]> {
      const asked = { QueueUrl: mailbox, MaxNumberOfMessages: 10 };
      const mail: Record<string, unknown>[] = [];
      for (;;) {
        const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand(asked));
        if (Messages.length === 0) return mail;
        mail.push(...Messages.map(({ Body }) => JSON.parse(Body ?? '{}') as Record<string, unknown>));
      }
    },
  };
  return hub;
}

export type TestHub = Awaited<ReturnType<typeof aHub>>;
