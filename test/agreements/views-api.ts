import { createHash } from 'node:crypto';
import { precedentOf } from '../../functions/agreements/domain/terms/precedent.ts';
import { offerEndpoints } from '../../functions/agreements/offers/endpoints.ts';
import { viewEndpoints } from '../../functions/agreements/views/endpoints.ts';
import type { ViewPorts } from '../../functions/agreements/views/ports.ts';
import { api } from '../../functions/kernel/api/api.ts';
import type { InheritedTerms } from '../../schemas/contracts/derivations.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import type { StoredDataset } from '../../schemas/stored/datasets.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { aResourceVersion, aStoredDataset } from '../support/builders.ts';
import { memoryAgreements } from '../support/memory/agreements.ts';
import { callApi, testHub, type ApiCall } from '../support/memory/api-call.ts';
import { countingIds, memoryJournal, recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';
import { memoryOffers } from '../support/memory/offers.ts';
import { memoryPage } from '../support/memory/pages.ts';
import { firms } from './plain-cases.ts';

/** A dataset in memory, of the columns that its first line names. */
export function datasetOf(csv: string, changes: Partial<StoredDataset> = {}) {
  const bytes = Buffer.from(csv, 'utf8');
  const sha256 = createHash('sha256').update(bytes).digest('base64');
  const objects = [{ key: 'datasets/legal-entities/x/1.csv', versionId: 'v1', bytes: bytes.length, sha256 }];
  const columns = csv.slice(0, csv.indexOf('\n')).split(',');
  return { bytes, dataset: aStoredDataset({ columns, objects, sha256, bytes: bytes.length, ...changes }) };
}

/** The views and offers of the agreements API on memory, with one resource: `legal-entities` of `quality`. */
export function aViewsApi(versions: readonly ResourceVersion[] = [aResourceVersion({ definition: firms })]) {
  const journal = memoryJournal();
  const agreements = memoryAgreements(journal);
  const clock = testClock('2026-12-01T01:10:00.000Z');
  const log = recordingLog();
  const ids = countingIds(100);
  /** What the resource inherits, where its dataset is derived: changed by a test. */
  const known: { inherited: readonly InheritedTerms[] } = { inherited: [] };
  let current: ReturnType<typeof datasetOf> | undefined;
  const definitions = {
    latest: async (id: string) => versions.findLast(({ resourceId }) => resourceId === id),
    version: async (id: string, number: number) =>
      versions.find(({ resourceId, version }) => resourceId === id && version === number),
  };
  const ports: ViewPorts = {
    agreements,
    definitions,
    datasets: {
      newest: async () => current?.dataset,
      read: async () =>
        (async function* () {
          const { bytes } = current!;
          for (let i = 0; i < bytes.length; i += 1000) yield bytes.subarray(i, i + 1000);
        })(),
    },
    precedents: {
      onResource: async (id, page) =>
        memoryPage(
          [...agreements.items.values()].map(({ value }) => value),
          ({ agreementId }) => agreementId,
          page,
          (agreement) => (agreement.resourceId === id ? precedentOf(agreement) : undefined),
        ),
    },
    inheritedOn: async () => known.inherited,
    keepEvidence: async (evidence) => void journal.evidence.push(evidence),
    clock,
    ids,
    timeZone: 'Asia/Shanghai',
  };
  const offers = memoryOffers(journal);
  const catalog = { latest: definitions.latest, inherited: async () => [] };
  const endpoints = [
    ...viewEndpoints(ports),
    ...offerEndpoints({ offers, definitions: catalog, clock, ids, timeZone: ports.timeZone }),
  ];
  const handler = api(endpoints, { answers: journal, clock, log, metrics: recordingMetrics(), identity: testHub });
  return {
    agreements,
    known,
    clock,
    journal,
    log,
    offers,
    put: (dataset: ReturnType<typeof datasetOf>) => void (current = dataset),
    call: <T = Record<string, unknown>>(
      route: keyof typeof routes,
      as: string,
      call: Omit<ApiCall, 'as' | 'route'> = {},
    ) => callApi<T>(handler, { as, route: routes[route], ...call }),
  };
}
