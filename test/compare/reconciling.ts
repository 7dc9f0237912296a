import { createHash } from 'node:crypto';
import { ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { dynamoResources } from '../../functions/adapters/dynamodb/catalog/resources.ts';
import { listNewsOf } from '../../functions/adapters/dynamodb/compare/watch-marks.ts';
import { writeDataset } from '../../functions/adapters/dynamodb/datasets/store.ts';
import { dynamoOutbox } from '../../functions/adapters/dynamodb/messages.ts';
import { change } from '../../functions/adapters/dynamodb/table/change.ts';
import { fromItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { readItem } from '../../functions/adapters/dynamodb/table/reads.ts';
import { walk } from '../../functions/adapters/dynamodb/table/walk.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';
import { addDays, dayIn } from '../../functions/kernel/time.ts';
import { entryOf } from '../../functions/catalog/domain/entry.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Comparison } from '../../schemas/contracts/comparisons.ts';
import { Evidence } from '../../schemas/contracts/evidence.ts';
import type { ComparisonId, ReconciliationId } from '../../schemas/contracts/ids.ts';
import type { EventNotice } from '../../schemas/contracts/notices.ts';
import type { Reconciliation } from '../../schemas/contracts/reconciliations.ts';
import type { StoredDataset } from '../../schemas/stored/datasets.ts';
import {
  aDefinition,
  aResourceVersion,
  aStoredDataset,
  anId,
  department,
  instant,
  resource,
} from '../support/builders.ts';
import type { LocalAws } from '../support/local-aws.ts';
import type { TestHub } from './hub.ts';

const sha256Of = (bytes: string): string => createHash('sha256').update(bytes).digest('base64');
const ownFields = ['org_code', 'name', 'own'].map((name) => ({
  name,
  type: 'string' as const,
  sensitivity: 'public' as const,
}));
let made = 0;

/** What tests of standing orders do with a hub: `tax` has a resource of its own, `taxpayers`. */
export async function reconcilingOn(hub: TestHub, aws: LocalAws) {
  const { table, s3, buckets } = aws;
  const list = resource(`${hub.resourceId}-own`);
  const definition = aDefinition({
    provider: 'tax',
    modes: ['delivery'],
    schema: { primaryKey: ['org_code'], fields: ownFields },
  });
  const version = aResourceVersion({ resourceId: list, provider: department('tax'), definition });
  await dynamoResources(table).publish({
    version,
    entry: entryOf(version),
    evidence: {
      evidenceId: anId(90_000_000 + ++made),
      at: instant,
      act: 'definition-published',
      actor: { department: department('tax'), session: 'x' },
      subject: { resourceId: list },
      digests: {},
    },
  });

  const retried: ComparisonId[] = [];
  const on = {
    list,
    /** The taxpayers are these from now on, in as many pieces as are given. */
    async taxpayers(datasetVersion: number, pieces: string | readonly string[], changes: Partial<StoredDataset> = {}) {
      const texts = typeof pieces === 'string' ? [pieces] : pieces;
      const objects = await Promise.all(
        texts.map(async (Body, i) => {
          const key = `datasets/${list}/${datasetVersion}/${i}.csv`;
          const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: buckets.datasets, Key: key, Body }));
          return { key, versionId: VersionId!, bytes: Buffer.byteLength(Body), sha256: sha256Of(Body) };
        }),
      );
      const dataset = aStoredDataset({
        resourceId: list,
        provider: department('tax'),
        datasetVersion,
        columns: ['org_code', 'name', 'own'],
        bytes: Buffer.byteLength(texts.join('')),
        sha256: sha256Of(texts.join('')),
        objects,
        ...changes,
      });
      await commit(table, [
        ...writeDataset(table, dataset),
        change(table, keyOf.resource(list), { set: { datasetVersion } }),
        listNewsOf(table, list, hub.clock.now()),
      ]);
    },
    /** The taxpayers take no more data. */
    retire: async (): Promise<void> =>
      void (await commit(table, [change(table, keyOf.resource(list), { set: { retiredAt: hub.clock.now() } })])),
    call: (
      { agreementId }: Pick<Agreement, 'agreementId'>,
      more: object = {},
      as = 'tax',
      headers: Record<string, string> = {},
    ) =>
      hub.call<Reconciliation>('orderReconciliation', as, {
        body: { agreementId, kind: 'verify', list: { resourceId: list }, ...more },
        headers,
      }),
    async order(agreement: Agreement, more: object = {}): Promise<ReconciliationId> {
      const { status, body } = await on.call(agreement, more);
      if (status !== 201) throw new Error(JSON.stringify(body));
      return body.reconciliationId;
    },
    /** Whatever is to be done is, for so many minutes; each message comes twice, and once more where an attempt holds its run. */
    async settle(minutes = 3): Promise<void> {
      for (let minute = 0; minute < minutes; minute++) {
        await hub.sweep();
        const ids = hub.sent.splice(0).map(({ comparisonId }) => comparisonId);
        for (const id of [...ids, ...ids])
          await hub.run(id).catch((fault: unknown) => {
            if (!(fault instanceof Error && /is held by attempt/.test(fault.message))) throw fault;
            retried.push(id);
          });
        for (const id of retried.splice(0)) hub.sent.push((await hub.find(id))!);
        hub.later(60);
      }
    },
    read: async (id: ReconciliationId, as = 'tax') =>
      (await hub.call<Reconciliation>('readReconciliation', as, { params: { reconciliationId: id } })).body,
    end: (id: ReconciliationId, as = 'tax') =>
      hub.call<Reconciliation>('endReconciliation', as, { params: { reconciliationId: id } }),
    find: (id: ReconciliationId) => hub.ports.reconciliations.find(id),
    /** Its runs, the oldest first. */
    runs: async (id: ReconciliationId, as = 'tax'): Promise<Comparison[]> =>
      (
        await hub.call<{ items: Comparison[] }>('listComparisons', as, {
          query: { reconciliationId: id, limit: '100' },
        })
      ).body.items.toReversed(),
    /** The lines that each run of it told, without the header. */
    async told(id: ReconciliationId): Promise<(readonly string[] | string)[]> {
      const runs = await on.runs(id);
      return Promise.all(
        runs.map(async (run) =>
          run.state === 'done' ? (await hub.result(run.comparisonId)).split('\n').slice(1, -1) : run.state,
        ),
      );
    },
    /** Rows that the hub keeps of an order's results. */
    async kept(id: ReconciliationId): Promise<number> {
      const asked = { Bucket: buckets.datasets, Prefix: `reconciliations/${id}/` };
      const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand(asked));
      const hidden = new Set(DeleteMarkers.filter(({ IsLatest }) => IsLatest).map(({ Key }) => Key));
      return Versions.filter(({ Key }) => !hidden.has(Key)).length;
    },
    async notices(id: ReconciliationId): Promise<EventNotice[]> {
      const outbox = dynamoOutbox(table);
      const found: EventNotice[] = [];
      for await (const noticeId of outbox.due('9999')) {
        const message = await outbox.find(noticeId);
        if (message && 'reconciliationId' in message.notice && message.notice.reconciliationId === id)
          found.push(message.notice);
      }
      return found;
    },
    async evidence(id: ReconciliationId): Promise<Evidence[]> {
      const from = { list: `EVIDENCE#reconciliation#${id}`, keyOf: (at: string) => keyOf.evidence(at as never) };
      const found: Evidence[] = [];
      for await (const { item } of walk(table, { from })) found.push(fromItem(Evidence, item));
      return found;
    },
    /** Runs that are used up, of this day and the one before. */
    async used({ agreementId }: Agreement): Promise<number> {
      const days = [0, -1].map((days) => addDays(dayIn('Asia/Shanghai', hub.clock.now()), days));
      const items = await Promise.all(
        days.map((day) => readItem(table, keyOf.quota(`comparisons#${agreementId}`, day))),
      );
      return items.reduce((sum, item) => sum + Number(item?.['used'] ?? 0), 0);
    },
    /** Orders that count towards what an agreement has room for. */
    counted: async ({ agreementId }: Agreement) =>
      (await readItem(table, keyOf.watched(agreementId)))?.['reconciliations'] as number | undefined,
  };
  return on;
}

export type Reconciling = Awaited<ReturnType<typeof reconcilingOn>>;
