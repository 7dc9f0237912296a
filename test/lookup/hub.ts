import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { agreementItem } from '../../functions/adapters/dynamodb/agreements/items.ts';
import { dynamoAnswers } from '../../functions/adapters/dynamodb/answers.ts';
import { attachmentsInForce } from '../../functions/adapters/dynamodb/attachments/in-force.ts';
import { dynamoLookupFacts } from '../../functions/adapters/dynamodb/lookup/facts.ts';
import { dynamoLookups } from '../../functions/adapters/dynamodb/lookup/lookups.ts';
import { dynamoRepresentations } from '../../functions/adapters/dynamodb/lookup/representations.ts';
import { toItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { commit, put } from '../../functions/adapters/dynamodb/table/write.ts';
import { kmsClient } from '../../functions/adapters/kms/client.ts';
import { kmsAttachmentMacs, kmsMacs } from '../../functions/adapters/kms/macs.ts';
import { s3Rows } from '../../functions/adapters/parquet/s3-rows.ts';
import { s3AttachmentUrls } from '../../functions/adapters/s3/attachment-urls.ts';
import { api } from '../../functions/kernel/api/api.ts';
import { lookupEndpoints } from '../../functions/lookup/endpoints.ts';
import type { FoundRow, Rows as RowsPort } from '../../functions/lookup/ports.ts';
import { requestDigest } from '../../functions/kernel/request-digest.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Lookup, LookupAnswer, LookupReport, OfficerDay } from '../../schemas/contracts/lookups.ts';
import type { StoredDataset } from '../../schemas/stored/datasets.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import {
  aDefinition,
  aResource,
  aResourceVersion,
  aStoredDataset,
  anAgreement,
  anId,
  lookupTerms,
} from '../support/builders.ts';
import { startLocalAws } from '../support/local-aws.ts';
import { callApi, testHub } from '../support/memory/api-call.ts';
import { recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';
import { putRepresentation, representationItem, type Rows } from './a-representation.ts';

/** A Tuesday, at nine in the morning in the hub's time zone. */
export const morning = '2026-12-01T01:00:00.000Z';
export const reason = 'enforcement';
export const definition = aDefinition({ modes: ['delivery', 'lookup'] });

/** Firms of two divisions; their codes are a number and a check character that nobody looks at here. */
export const firm = (i: number): Rows[number] => ({
  org_code: `${String(10_000_000 + i)}-${i % 10}`,
  name: `第${i}厂`,
  division: i % 2 === 0 ? '110102' : '110105',
  capital: i % 5 === 0 ? null : `${i}.50`,
  approved_on: '1994-05-04',
  phone: `010-6500${String(i).padStart(4, '0')}`,
});
export const codeOf = (i: number): string => firm(i)['org_code']!;

type Terms = Partial<Parameters<typeof lookupTerms>[0]>;

/** The capability on a real table, store and KMS: `quality` provides firms, and `tax` looks them up. */
export async function aHub() {
  const aws = await startLocalAws();
  const { table } = aws;
  const clock = testClock(morning);
  let made = 1000;
  const ids = { next: () => anId(++made) };
  const [log, metrics] = [recordingLog(), recordingMetrics()];
  const kms = kmsClient();
  const macs = kmsMacs(kms, process.env['HUB_LOOKUPS_KEY']!);
  const reads: (readonly string[])[] = [];
  const stored = s3Rows(aws.s3, aws.buckets.datasets);
  const rows: RowsPort = {
    async find(representation, key, columns): Promise<FoundRow | undefined> {
      reads.push(columns);
      return stored.find(representation, key, columns);
    },
  };
  const ports = {
    facts: dynamoLookupFacts(table),
    representations: dynamoRepresentations(table),
    rows,
    lookups: dynamoLookups(table),
    macs,
    attachments: attachmentsInForce(table),
    attachmentMacs: kmsAttachmentMacs(kms, process.env['HUB_ATTACHMENTS_KEY']!),
    attachmentObjects: s3AttachmentUrls(aws.s3, aws.buckets.datasets),
    clock,
    ids,
    log,
    metrics,
    timeZone: 'Asia/Shanghai',
  };
  const serve = (given: typeof ports) =>
    api(lookupEndpoints(given), {
      answers: dynamoAnswers(table),
      clock,
      log,
      metrics,
      identity: testHub,
      digest: requestDigest(macs),
    });
  const handler = serve(ports);

  const version = aResourceVersion({ definition });
  await commit(table, [
    put(table, toItem('resource', keyOf.resource(version.resourceId), aResource())),
    put(
      table,
      toItem('resource-version', keyOf.resourceVersion(version.resourceId, 1), {
        ...version,
        definition: JSON.stringify(definition),
      }),
    ),
  ]);

  let agreements = 0;
  const hub = {
    aws,
    clock,
    log,
    metrics,
    reads,
    ports,
    serve,
    /** A dataset with a representation comes into force. */
    async dataset(datasetVersion: number, of: Rows, changes: Partial<StoredDataset> = {}): Promise<void> {
      const { resourceId } = version;
      const representation = await putRepresentation(
        aws.s3,
        aws.buckets.datasets,
        definition.schema,
        of,
        datasetVersion,
      );
      await commit(table, [
        put(table, toItem('resource', keyOf.resource(resourceId), aResource({ datasetVersion }))),
        put(
          table,
          toItem('dataset', keyOf.dataset(resourceId, datasetVersion), aStoredDataset({ datasetVersion, ...changes })),
        ),
        put(table, representationItem(representation)),
      ]);
    },
    async agree(terms: Terms = {}, changes: Partial<Agreement> = {}): Promise<Agreement> {
      const agreement = anAgreement({
        agreementId: anId(++agreements),
        state: 'active',
        terms: lookupTerms({ reasons: [reason, '另一事由'], ...terms }) as never,
        ...(changes as object),
      });
      await hub.put(agreement);
      return agreement;
    },
    async put(agreement: Agreement): Promise<void> {
      await commit(table, [put(table, agreementItem(agreement, agreement.history.length))]);
    },
    lookUp: (agreement: Agreement, key: string | object, more: Asked = {}) =>
      hub.call<LookupAnswer & { found?: boolean; record?: Record<string, unknown> }>('lookUp', more.as ?? 'tax', {
        ...more,
        body: {
          agreementId: agreement.agreementId,
          ...(typeof key === 'string' ? { key: { org_code: key } } : key),
          caseNumber: '(2026)执1024号',
          reason,
          ...more.body,
        },
      }),
    call: <T>(route: keyof typeof lookups, as: string, { with: given, as: _as, ...more }: Asked = {}) =>
      callApi<T & Problem>(given ? serve({ ...ports, ...given }) : handler, { as, route: routes[route], ...more }),
    list: async (as: string, query = {}) =>
      (await hub.call<{ items: Lookup[] }>('listLookups', as, { query })).body.items,
    watch: async (as: string, query = {}) =>
      (await hub.call<{ items: OfficerDay[] }>('watchLookups', as, { query })).body.items,
    report: (key: string, as = 'eitc', more: Asked = {}) =>
      hub.call<LookupReport>('reportLookups', as, {
        ...more,
        body: { resourceId: 'legal-entities', key: { org_code: key } },
      }),
    /** All items of the table. */
    async everything(): Promise<readonly Record<string, unknown>[]> {
      const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
      return Items;
    },
    async stop(): Promise<void> {
      kms.destroy();
      await aws.stop();
    },
  };
  return hub;
}
export type TestHub = Awaited<ReturnType<typeof aHub>>;

const { lookUp, readLookupAttachment, listLookups, watchLookups, reportLookups } = routes;
const lookups = { lookUp, readLookupAttachment, listLookups, watchLookups, reportLookups };

export interface Asked {
  readonly as?: string;
  readonly session?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ports of this call's own. */
  readonly with?: object;
}
