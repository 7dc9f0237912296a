import { createHash } from 'node:crypto';
import { deliverHandler } from '../../functions/delivery/sending/deliver.handler.ts';
import { dispatch } from '../../functions/delivery/planning/dispatch.handler.ts';
import { deliveryEndpoints } from '../../functions/delivery/endpoints.ts';
import { releaseHandler } from '../../functions/delivery/planning/release.handler.ts';
import { sweepHandler } from '../../functions/delivery/sweep.handler.ts';
import { api } from '../../functions/kernel/api/api.ts';
import { consume } from '../../functions/kernel/queue.ts';
import type { StreamRecord } from '../../functions/stream/route.handler.ts';
import type { Agreement, HistoryEntry } from '../../schemas/contracts/agreements.ts';
import type { DeliveryTerms } from '../../schemas/contracts/terms.ts';
import type { StoredDelivery } from '../../schemas/stored/delivery.ts';
import { DispatchEvent } from '../../schemas/contracts/events.ts';
import type { StoredDataset } from '../../schemas/stored/datasets.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { correctionsRoutes } from '../../schemas/contracts/routes/corrections.ts';
import type { deliveryRoutes } from '../../schemas/contracts/routes/delivery.ts';
import {
  aDefinition,
  aStoredDataset,
  anAgreement,
  department,
  instant,
  terms,
  type AgreementChanges,
} from '../support/builders.ts';
import { reacting, sqsRecord } from '../support/events.ts';
import { testAttachmentMacs } from '../support/memory/attachments.ts';
import { callApi, testHub, type ApiCall } from '../support/memory/api-call.ts';
import { memoryCorrections } from '../support/memory/corrections.ts';
import {
  datasetKey,
  memoryDeliveries,
  memoryFacts,
  memoryHub,
  memoryMarks,
  memoryReleasePlans,
} from '../support/memory/deliveries.ts';
import { memoryExtracts, memoryObjects } from '../support/memory/extracts.ts';
import { countingIds, recordingLog, recordingMetrics, testClock, manualTimer } from '../support/memory/kernel.ts';
import { memoryMailboxes, memoryWorkQueue } from '../support/memory/mailboxes.ts';
import { mortal } from './mortal.ts';

export const csv = [
  'org_code,name,division,capital,approved_on,phone',
  '002518057,北京第一机床厂,110105,1000.50,1994-05-04,010-65001234',
  '00251809X,"Wang & Sons, Ltd",110102,,2001-02-28,010-65009876',
  '',
].join('\n');

/** In one order, whatever they are. */
export const sorted = <T>(items: Iterable<T>): T[] =>
  [...items].sort((left, right) => (String(left) < String(right) ? -1 : 1));

/** An active agreement, filed at an instant. */
export function filedAt(at: string, changes: AgreementChanges = {}): Agreement {
  const agreement = anAgreement({ state: 'active', ...changes });
  return {
    ...agreement,
    history: agreement.history.map((entry) => (entry.action === 'file' ? { ...entry, at } : entry)),
  };
}

/** `version content base`, or that it is void: what a chain of deliveries comes to. */
export const linksOf = (deliveries: Iterable<StoredDelivery>): readonly string[] =>
  [...deliveries]
    .toSorted((left, right) => left.datasetVersion - right.datasetVersion)
    .map(({ datasetVersion, content, baseDatasetVersion, state }) =>
      state === 'void'
        ? `${datasetVersion} void`
        : [datasetVersion, content, baseDatasetVersion ?? []].flat().join(' '),
    );

/** The delivery capability on memory: `legal-entities` of `quality` is in the catalog; dispatching, delivering and time are up to the test. */
export function aHub(now = instant) {
  const store = memoryHub();
  store.schemas.set(datasetKey('legal-entities', 1), aDefinition().schema);
  const clock = testClock(now);
  const objects = memoryObjects();
  const mailboxes = memoryMailboxes();
  const queue = memoryWorkQueue();
  const log = recordingLog();
  const metrics = recordingMetrics();
  const life = mortal({
    facts: memoryFacts(store),
    marks: memoryMarks(store),
    deliveries: memoryDeliveries(store),
    corrections: memoryCorrections(store),
    plans: memoryReleasePlans(store),
    extracts: memoryExtracts(store),
    objects,
    mailboxes,
    queue,
    attachments: { inForce: async () => undefined },
    attachmentObjects: { url: async () => 'https://none.example' },
    attachmentMacs: testAttachmentMacs,
  });
  const queueing = { timer: manualTimer(), hideFor: async () => undefined };
  const ports = { ...life.ports, ...queueing, clock, ids: countingIds(9000), log, metrics, timeZone: 'Asia/Shanghai' };
  const later = (seconds: number) => new Date(Date.parse(clock.now()) + seconds * 1000).toISOString();
  const run = {
    dispatch: reacting('dispatch', consume(DispatchEvent, dispatch(ports), ports), log),
    deliver: deliverHandler(ports),
    release: releaseHandler(ports),
    sweep: sweepHandler(ports),
  };
  const acted = (
    agreement: Agreement,
    state: Agreement['state'],
    entry: Omit<HistoryEntry, 'at' | 'by'>,
  ): Agreement => ({
    ...agreement,
    state,
    history: [
      ...agreement.history,
      {
        at: clock.now(),
        by: department('quality'),
        termsVersion: agreement.termsVersion,
        ...entry,
        ...(entry.action !== 'suspend' && { datasetVersion: newestOf(agreement.resourceId) }),
      },
    ],
  });
  const newestOf = (id: string): number =>
    Math.max(
      0,
      ...[...store.datasets.values()].flatMap(({ value }) => (value.resourceId === id ? value.datasetVersion : [])),
    );
  const handler = api(deliveryEndpoints(ports), { answers: store.journal, clock, log, metrics, identity: testHub });

  const hub = {
    store,
    clock,
    objects,
    mailboxes,
    queue,
    log,
    metrics,
    life,
    ports,
    /** The dataset is committed, marked; the record is what the stream says of it. */
    commit(datasetVersion: number, changes: Partial<StoredDataset> & { readonly text?: string } = {}): StreamRecord {
      const { text = csv, ...more } = changes;
      const sha256 = createHash('sha256').update(text).digest('base64');
      const written = { bytes: Buffer.byteLength(text), sha256 };
      const object = { key: `datasets/${datasetVersion}.csv`, versionId: 'v1', ...written };
      const value = aStoredDataset({
        datasetVersion,
        committedAt: clock.now(),
        objects: [object],
        ...written,
        ...more,
      });
      objects.give(object, text);
      store.datasets.set(datasetKey(value.resourceId, datasetVersion), { value, due: later(60) });
      return streamRecord({
        kind: { S: 'dataset' },
        resourceId: { S: value.resourceId },
        datasetVersion: { N: String(datasetVersion) },
      });
    },
    /** The agreement as it is now; marked where somebody must react to its new state. */
    agree(changes: AgreementChanges | Agreement): StreamRecord {
      const value = 'history' in changes ? changes : anAgreement({ state: 'active', ...changes });
      const earlier = store.agreements.get(value.agreementId);
      const reacting = ['active', 'suspended', 'terminated', 'expired'].includes(value.state);
      store.agreements.set(value.agreementId, {
        value,
        revision: (earlier?.revision ?? 0) + 1,
        due: reacting ? later(60) : undefined,
      });
      const image = ({ agreementId, termsVersion }: Agreement, state: string) => ({
        kind: { S: 'agreement' },
        agreementId: { S: agreementId },
        state: { S: state },
        termsVersion: { N: String(termsVersion) },
      });
      return streamRecord(image(value, value.state), image(earlier?.value ?? value, earlier?.value.state ?? 'signed'));
    },
    /** The authority files it now: its history says which dataset is in force. */
    file(changes: AgreementChanges): StreamRecord {
      const { history, ...agreement } = filedAt(clock.now(), changes);
      const datasetVersion = newestOf(agreement.resourceId);
      return hub.agree({
        ...agreement,
        history: history.map((entry) => (entry.action === 'file' ? { ...entry, datasetVersion } : entry)),
      });
    },
    end(agreementId: string, state: 'terminated' | 'expired' = 'terminated'): StreamRecord {
      return hub.agree({ ...store.agreements.get(agreementId)!.value, state });
    },
    /** The provider suspends it. */
    suspend(agreementId: string): StreamRecord {
      const agreement = store.agreements.get(agreementId)!.value;
      return hub.agree(acted(agreement, 'suspended', { action: 'suspend', holder: 'provider' }));
    },
    resume(agreementId: string): StreamRecord {
      const agreement = store.agreements.get(agreementId)!.value;
      return hub.agree(acted(agreement, 'active', { action: 'resume', holder: 'provider' }));
    },
    /** Other terms are filed; whoever suspends the agreement goes on to. */
    amend(agreementId: string, changes: Parameters<typeof terms>[0]): StreamRecord {
      const { state, ...agreement } = store.agreements.get(agreementId)!.value;
      const last = agreement.terms.at(-1)!;
      const next = {
        ...last,
        version: last.version + 1,
        terms: terms({ ...(last.terms as DeliveryTerms), ...changes }),
      };
      const amended = { ...agreement, state, termsVersion: next.version, terms: [...agreement.terms, next] };
      return hub.agree(acted(amended, state, { action: 'file', filingNumber: `BJ-2026-${next.version}` }));
    },
    dispatch: run.dispatch,
    release: () => run.release(),
    sweep: () => run.sweep(),
    /** Everything that is queued now, one message at a time; what failed is queued again. Answers how many failed. */
    async deliver(): Promise<number> {
      const messages = queue.messages.splice(0);
      let failed = 0;
      for (const message of messages) {
        const { batchItemFailures } = await run.deliver({ Records: [sqsRecord(message.work)] });
        failed += batchItemFailures.length;
        if (batchItemFailures.length > 0) queue.messages.push(message);
      }
      return failed;
    },
    /** Time goes on and the sweeper with it, until nothing is left to do. */
    async settle(): Promise<void> {
      for (let minute = 0; minute < 5; minute++) {
        await hub.deliver();
        clock.set(later(16 * 60));
        await hub.sweep();
      }
      await hub.deliver();
    },
    call: <T = Record<string, unknown>>(route: DeliveryRoute, as: string, call: Omit<ApiCall, 'as' | 'route'> = {}) =>
      callApi<T>(handler, { as, route: routes[route], ...call }),
    get deliveries(): readonly StoredDelivery[] {
      return [...store.deliveries.values()];
    },
    evidenceOf: (act: string) => store.journal.evidence.filter((evidence) => evidence.act === act),
  };
  return hub;
}

export type TestHub = ReturnType<typeof aHub>;

type DeliveryRoute = keyof typeof deliveryRoutes | keyof typeof correctionsRoutes;

let sequence = 0;
const streamRecord = (NewImage: Image, OldImage?: Image): StreamRecord => ({
  dynamodb: { SequenceNumber: String(++sequence), NewImage, ...(OldImage && { OldImage }) },
});

type Image = NonNullable<NonNullable<StreamRecord['dynamodb']>['NewImage']>;
