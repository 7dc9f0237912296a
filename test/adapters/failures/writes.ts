import { planDelivery } from '../../../functions/delivery/domain/plan.ts';
import { correctionAct } from '../../../functions/delivery/corrections/correction-act.ts';
import { reported } from '../../../functions/delivery/domain/corrections.ts';
import { resultOf } from '../../../functions/compare/domain/finish.ts';
import { ownLook } from '../../../functions/compare/domain/watches/look.ts';
import { qualityOf } from '../../../functions/intake/domain/quality.ts';
import { entryOf } from '../../../functions/catalog/domain/entry.ts';
import { dynamoBreakingMarks } from '../../../functions/adapters/dynamodb/agreements/clock.ts';
import { dynamoOffers } from '../../../functions/adapters/dynamodb/agreements/offers.ts';
import { dynamoSchemes } from '../../../functions/adapters/dynamodb/agreements/schemes.ts';
import { dynamoAttachments } from '../../../functions/adapters/dynamodb/attachments/written.ts';
import { dynamoAgreements } from '../../../functions/adapters/dynamodb/agreements/store.ts';
import { dynamoViews } from '../../../functions/adapters/dynamodb/agreements/views.ts';
import { dynamoMarks as dynamoResourceMarks } from '../../../functions/adapters/dynamodb/catalog/marks.ts';
import { dynamoResources } from '../../../functions/adapters/dynamodb/catalog/resources.ts';
import { dynamoComparisons } from '../../../functions/adapters/dynamodb/compare/comparisons.ts';
import { dynamoReconciliations } from '../../../functions/adapters/dynamodb/compare/reconciliations.ts';
import { dynamoWatches } from '../../../functions/adapters/dynamodb/compare/watches.ts';
import { dynamoCorrections } from '../../../functions/adapters/dynamodb/delivery/corrections.ts';
import { dynamoDeliveries } from '../../../functions/adapters/dynamodb/delivery/deliveries.ts';
import { dynamoExtracts } from '../../../functions/adapters/dynamodb/delivery/extracts.ts';
import { dynamoMarks } from '../../../functions/adapters/dynamodb/delivery/facts.ts';
import { dynamoReleasePlans } from '../../../functions/adapters/dynamodb/delivery/release-plans.ts';
import { dynamoDerivations } from '../../../functions/adapters/dynamodb/derive/store.ts';
import { dynamoDemands } from '../../../functions/adapters/dynamodb/demands/store.ts';
import { dynamoThemes } from '../../../functions/adapters/dynamodb/demands/themes.ts';
import { dynamoOwings } from '../../../functions/adapters/dynamodb/duties/owings.ts';
import { dynamoSegments } from '../../../functions/adapters/dynamodb/intake/segments.ts';
import { dynamoUploads } from '../../../functions/adapters/dynamodb/intake/uploads.ts';
import { dynamoLookups } from '../../../functions/adapters/dynamodb/lookup/lookups.ts';
import { dynamoOutbox } from '../../../functions/adapters/dynamodb/messages.ts';
import { dynamoBenefits } from '../../../functions/adapters/dynamodb/reports/benefits.ts';
import { dynamoCounters } from '../../../functions/adapters/dynamodb/reports/counters.ts';
import { toItem } from '../../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../../functions/adapters/dynamodb/table/keys.ts';
import type { Item, Table } from '../../../functions/adapters/dynamodb/table/reads.ts';
import type { CorrectionId, NoticeId, SchemeId } from '../../../schemas/contracts/ids.ts';
import { Offer } from '../../../schemas/contracts/offers.ts';
import type { StoredAnswer } from '../../../schemas/stored/answers.ts';
import { aDerivation } from '../../derive/a-derivation.ts';
import { aDemand, aTheme } from '../../demands/a-demand.ts';
import { aRepresentation } from '../../datasets/a-representation.ts';
import { inState as compared } from '../../compare/a-comparison.ts';
import * as orders from '../../compare/an-order.ts';
import { watchIn as watched } from '../../compare/a-watch.ts';
import { anUpload, inState } from '../../intake/an-upload.ts';
import { aLookup, anOfficerDay } from '../../lookup/a-lookup.ts';
import { aNotice } from '../../notices/hub.ts';
import { anEvidence } from '../../reports/an-evidence.ts';
import {
  aDefinition,
  aResource,
  aResourceVersion,
  aStoredDataset,
  anAct,
  anAgreement,
  anId,
  department,
  instant,
  resource,
  sha256,
} from '../../support/builders.ts';

/**
 * What a write of an adapter answers: once it is done, and where the condition of a write has failed, by its position or as
 * that of the answer that is kept for repetitions.
 */
export interface CaseOfWrite {
  readonly write: (table: Table) => Promise<unknown>;
  readonly done: unknown;
  readonly failed: readonly (readonly [write: number | 'answer', answer: unknown])[];
  /** Items that it reads before. */
  readonly there?: readonly Item[];
}

const { schema } = aDefinition();
const evidence = anEvidence('definition-published');
const answer: StoredAnswer = {
  department: department('tax'),
  routeId: 'proposeAgreement',
  key: 'key',
  requestDigest: 'digest',
  status: 200,
  body: '{}',
  expires: 4_000_000_000,
};
const agreement = anAgreement({ state: 'active' });
const delivery = planDelivery(agreement, aStoredDataset(), { pinned: schema, actual: schema }, instant);
/** What a dataset was derived of. */
const restsOn = [{ agreementId: anId(77), termsVersion: 1 }];

const released = {
  ...delivery,
  state: 'released' as const,
  releasedAt: instant,
  rows: 1,
  bytes: 1,
  sha256,
  position: 3,
};
const { extractId } = delivery;
const object = { key: `extracts/${extractId}/1`, versionId: 'v1' };
const extract = {
  extractId,
  resourceId: agreement.resourceId,
  datasetVersion: 1,
  format: 'csv' as const,
  rows: 2,
  bytes: 64,
  sha256,
  object,
  grants: 0,
  state: 'ready' as const,
};
const upload = anUpload();
const was = { state: upload.state, epoch: upload.epoch };
const segment = {
  uploadId: upload.uploadId,
  number: 1,
  state: 'received' as const,
  object: { versionId: 'v1', bytes: 1 },
  receivedAt: instant,
  epoch: 0,
};
const offer = Offer.parse({
  resourceId: 'offered',
  provider: 'quality',
  resourceVersion: 1,
  statedAt: instant,
  fields: ['name'],
  maxDays: 30,
  maxRetainDays: 30,
});
const scheme = {
  schemeId: anId(5) as string as SchemeId,
  name: '应急',
  consumer: department('emergency'),
  startedAt: instant,
  digest: sha256,
  parts: [{ resourceId: resource('buildings'), agreementId: anId(6) }],
};
const ids = { clock: { now: () => instant }, ids: { next: () => anId(8) as string } };
const correction = reported(
  anId(7) as string as CorrectionId,
  delivery,
  { key: { org_code: '1' }, field: 'name', reason: 'wrong', words: 'it is another' },
  instant,
);
const correcting = correctionAct(ids, correction, { department: correction.consumer, session: 'clerk-7' }, answer);
const plan = {
  agreementId: agreement.agreementId,
  resourceId: agreement.resourceId,
  nextAt: instant,
  lastDatasetVersion: 0,
  lastDelivered: 0,
  termsVersion: 1,
  activation: 1,
  opening: false,
};
const quota = { of: 'lookups', day: '2026-12-01', limit: 9 };
const counted = { officerDay: anOfficerDay(), revision: 0, shares: [{ quota, amount: 1 }] };
const { resourceId, datasetVersion } = compared.running();
const representationItem = toItem(
  'representation',
  keyOf.representation(resourceId, datasetVersion),
  aRepresentation({ resourceId, datasetVersion }),
);
const watchedRepresentation = toItem(
  'representation',
  keyOf.representation(watched.looking().resourceId, 7),
  aRepresentation({ resourceId: watched.looking().resourceId, datasetVersion: 7 }),
);
const demand = aDemand();
const demandAct = { demand, evidence, notices: [], answer };
const matter = { agreementId: agreement.agreementId };
const look = {
  watch: { ...matter, nextAt: instant },
  before: undefined,
  after: { ...matter, duties: [], receivedUpTo: 0 },
  nextAt: instant,
  notices: [aNotice()],
};
const version = aResourceVersion();
const breaking = {
  resourceId: version.resourceId,
  resourceVersion: 2,
  graceUntil: '2027-01-31',
  affected: [],
  part: 0,
};
const publication = { version, entry: entryOf(version), evidence };
const ending = {
  resourceId: version.resourceId,
  change: { retiredAt: instant, retirement: { reason: 'gone', by: version.provider } },
  marks: [],
  evidence,
  answer: undefined,
};
const benefit = {
  agreementId: agreement.agreementId,
  resourceId: agreement.resourceId,
  provider: agreement.provider,
  consumer: agreement.consumer,
  period: '2026-11',
  statedAt: instant,
  themes: [],
  words: '核实了登记地址',
};
const noticeId = anId(9) as string as NoticeId;
const nothing = undefined;

const derivation = aDerivation({ state: 'committed' });
const running = { state: 'running', epoch: 1 } as const;
const derived = {
  derivation,
  was: running,
  next: { head: aResource(), sequence: 1, dataset: aStoredDataset() },
  evidence,
};

/** Every write of every adapter of the table. */
const unnamed = {
  resourceId,
  digest: 'a'.repeat(32),
  uploadId: upload.uploadId,
  sequence: 1,
  epoch: 1,
  unnamedSince: instant,
};
export const writes: Readonly<Record<string, CaseOfWrite>> = {
  'derivations.put, the first': {
    write: (table) => dynamoDerivations(table).put(derivation, undefined),
    done: true,
    failed: [[0, false]],
  },
  'derivations.put': {
    write: (table) => dynamoDerivations(table).put(derivation, running),
    done: true,
    failed: [[0, false]],
  },
  'derivations.commit': {
    write: (table) => dynamoDerivations(table).commit(derived),
    done: 'committed',
    failed: [
      [0, 'stale'],
      [1, 'overtaken'],
    ],
  },
  'agreements.add': {
    write: (table) =>
      dynamoAgreements(table).add(anAct(agreement, { evidence: [evidence], answer, messages: [aNotice()] })),
    done: true,
    failed: [
      [0, false],
      [1, false],
    ],
  },
  'agreements.replace': {
    write: (table) => dynamoAgreements(table).replace(anAct(agreement, { answer }), 3),
    done: 'replaced',
    failed: [[0, 'changed']],
  },
  'agreements.replace, while a dataset is the newest': {
    write: (table) => dynamoAgreements(table).replace(anAct(agreement, { whileDataset: 7 }), 3),
    done: 'replaced',
    failed: [
      [0, 'dataset-changed'],
      [1, 'changed'],
    ],
  },
  'offers.state': { write: (table) => dynamoOffers(table).state(offer, evidence), done: nothing, failed: [] },
  'offers.withdraw': {
    write: (table) => dynamoOffers(table).withdraw(offer, evidence, answer),
    done: true,
    failed: [
      [0, false],
      ['answer', false],
    ],
  },
  'schemes.begin': {
    write: (table) => dynamoSchemes(table).begin(scheme),
    done: scheme,
    failed: [[0, scheme]],
    there: [toItem('scheme', keyOf.scheme(scheme.schemeId), scheme)],
  },
  'schemes.conclude': {
    write: (table) => dynamoSchemes(table).conclude(scheme, answer),
    done: true,
    failed: [['answer', false]],
  },
  'schemes.keepAnswer': { write: (table) => dynamoSchemes(table).keepAnswer(answer), done: true, failed: [[0, false]] },
  'views.keepEvidence': { write: (table) => dynamoViews(table).keepEvidence(evidence), done: nothing, failed: [] },
  'breaking.forget': {
    write: (table) => dynamoBreakingMarks(table).forget(breaking),
    done: nothing,
    failed: [],
  },
  'resources.publish': {
    write: (table) => dynamoResources(table).publish(publication),
    done: version,
    failed: [[0, nothing]],
  },
  'resources.end': { write: (table) => dynamoResources(table).end(ending), done: true, failed: [[0, false]] },
  'resource marks.tell': { write: (table) => dynamoResourceMarks(table).tell([aNotice()]), done: nothing, failed: [] },
  'demands.add': {
    write: (table) => dynamoDemands(table).add(demandAct),
    done: 'added',
    failed: [
      [0, 'full'],
      [1, 'taken'],
    ],
  },
  'demands.replace': { write: (table) => dynamoDemands(table).replace(demandAct, 1), done: true, failed: [[0, false]] },
  'demands.remember': { write: (table) => dynamoDemands(table).remember(answer), done: true, failed: [[0, false]] },
  'themes.define': {
    write: (table) => dynamoThemes(table).define(aTheme(), evidence, 0),
    done: true,
    failed: [[0, false]],
  },
  'owings.keep': {
    write: (table) => dynamoOwings(table).keep(look),
    done: true,
    failed: [
      [0, false],
      [1, false],
    ],
  },
  'owings.postpone': {
    write: (table) => dynamoOwings(table).postpone(look.watch, instant),
    done: nothing,
    failed: [[0, nothing]],
  },
  'deliveries.plan': {
    write: (table) => dynamoDeliveries(table).plan([delivery]),
    done: nothing,
    failed: [[0, nothing]],
  },
  'deliveries.release': {
    write: (table) => dynamoDeliveries(table).release(released, evidence),
    done: 'released',
    failed: [
      [0, 'not-planned'],
      [1, 'agreement-not-active'],
      [2, 'extract-gone'],
      [3, 'not-planned'],
    ],
  },
  'deliveries.annul': {
    write: (table) => dynamoDeliveries(table).annul(delivery.deliveryId, 'does-not-fit', [aNotice()]),
    done: true,
    failed: [[0, false]],
    there: [toItem('delivery', keyOf.delivery(delivery.deliveryId), delivery)],
  },
  'deliveries.receive': {
    write: (table) => dynamoDeliveries(table).receive(released, instant, evidence, answer),
    done: true,
    failed: [
      [0, false],
      ['answer', false],
    ],
  },
  'deliveries.remember': {
    write: (table) => dynamoDeliveries(table).remember(answer),
    done: nothing,
    failed: [[0, nothing]],
  },
  'deliveries.request': {
    write: (table) => dynamoDeliveries(table).request(released, evidence),
    done: true,
    failed: [
      [0, false],
      [1, false],
    ],
  },
  'deliveries.noticed': {
    write: (table) => dynamoDeliveries(table).noticed(delivery.deliveryId, instant),
    done: nothing,
    failed: [
      [0, nothing],
      [1, nothing],
    ],
  },
  'deliveries.withdraw': {
    write: (table) => dynamoDeliveries(table).withdraw(released),
    done: nothing,
    failed: [[0, nothing]],
  },
  'deliveries.endRetention': {
    write: (table) => dynamoDeliveries(table).endRetention(released, instant, evidence),
    done: true,
    failed: [
      [0, false],
      [2, false],
    ],
  },
  'deliveries.unmark': {
    write: (table) => dynamoDeliveries(table).unmark(delivery.deliveryId),
    done: nothing,
    failed: [[0, nothing]],
  },
  'extracts.begin': {
    write: (table) => dynamoExtracts(table).begin([{ extractId, key: object.key }], instant),
    done: nothing,
    failed: [],
  },
  'extracts.keep': {
    write: (table) => dynamoExtracts(table).keep(extract, instant),
    done: true,
    failed: [
      [0, false],
      [1, false],
    ],
  },
  'extracts.giveUp': {
    write: (table) => dynamoExtracts(table).giveUp({ extractId, key: object.key }),
    done: true,
    failed: [[0, false]],
  },
  'extracts.startDropping': {
    write: (table) => dynamoExtracts(table).startDropping(extractId),
    done: { ...extract, state: 'deleting' },
    failed: [[0, nothing]],
    there: [toItem('extract', keyOf.extract(extractId), extract)],
  },
  'extracts.forget': {
    write: (table) => dynamoExtracts(table).forget({ ...extract, state: 'deleting' }),
    done: nothing,
    failed: [[0, nothing]],
  },
  'marks.clearAgreement': {
    write: (table) => dynamoMarks(table).clearAgreement(agreement.agreementId, 3),
    done: nothing,
    failed: [[0, nothing]],
  },
  'plans.begin': {
    write: (table) => dynamoReleasePlans(table).begin(plan, undefined),
    done: true,
    failed: [[0, false]],
  },
  'plans.advance': {
    write: (table) => dynamoReleasePlans(table).advance(plan, undefined, undefined),
    done: true,
    failed: [[0, false]],
  },
  'corrections.report': {
    write: (table) => dynamoCorrections(table).report(correcting),
    done: true,
    failed: [[0, false]],
  },
  'corrections.replace': {
    write: (table) => dynamoCorrections(table).replace(correcting, 2),
    done: true,
    failed: [[0, false]],
  },
  'comparisons.announce': {
    write: (table) =>
      dynamoComparisons(table).announce(
        compared.awaiting(),
        { of: 'comparisons', day: '2026-12-01', limit: 1 },
        { evidence, answer },
      ),
    done: 'announced',
    failed: [
      [0, 'agreement-not-active'],
      [1, 'quota-exceeded'],
      ['answer', 'answered'],
    ],
  },
  'comparisons.replace': {
    write: (table) => dynamoComparisons(table).replace(compared.cancelled(), compared.received(), { evidence, answer }),
    done: true,
    failed: [
      [0, false],
      ['answer', false],
    ],
  },
  'comparisons.replace, where a run begins': {
    write: (table) => dynamoComparisons(table).replace(compared.running(), compared.received()),
    done: true,
    failed: [
      [0, false],
      [3, false],
    ],
    there: [representationItem],
  },
  'comparisons.finish': {
    write: (table) =>
      dynamoComparisons(table).finish({
        comparison: compared.done(),
        was: compared.running(),
        restsOn,
        result: resultOf(compared.done(), { rows: 1, bytes: 1, sha256 }, object),
        evidence,
      }),
    done: 'finished',
    failed: [
      [0, 'stale'],
      [4, 'agreement-not-active'],
      [5, 'agreement-not-active'],
    ],
  },
  'attachments.dispose': {
    write: (table) => dynamoAttachments(table).dispose([unnamed], aResource(), evidence),
    done: true,
    failed: [
      [0, false],
      [2, false],
    ],
  },
  'watches.lodge': {
    write: (table) => dynamoWatches(table).lodge(watched.awaiting(), { evidence, answer }),
    done: 'lodged',
    failed: [
      [1, 'ended'],
      [2, 'too-many'],
      ['answer', 'answered'],
    ],
  },
  'watches.replace': {
    write: (table) => dynamoWatches(table).replace(watched.ended(), watched.active(), { evidence, answer }, instant),
    done: true,
    failed: [
      [0, false],
      ['answer', false],
    ],
  },
  'watches.replace, where a look begins': {
    write: (table) => dynamoWatches(table).replace(watched.looking(), watched.active()),
    done: true,
    failed: [
      [0, false],
      [2, false],
    ],
    there: [watchedRepresentation],
  },
  'watches.begin': {
    write: (table) =>
      dynamoWatches(table).begin(
        watched.active(),
        ownLook(watched.lodging()),
        { atOnce: 9, perDay: { of: 'watches', day: '2026-12-01', limit: 9 }, restsOn },
        { evidence, notices: [aNotice()] },
      ),
    done: 'done',
    failed: [
      [0, 'stale'],
      [1, 'ended'],
      [2, 'ended'],
      [3, 'too-many-keys'],
      [4, 'quota-exceeded'],
    ],
  },
  'watches.close': {
    write: (table) =>
      dynamoWatches(table).close(watched.active(), ownLook(watched.looking()), { restsOn }, { notices: [aNotice()] }),
    done: 'done',
    failed: [
      [0, 'stale'],
      [1, 'ended'],
      [2, 'ended'],
    ],
  },
  'watches.close, by other terms': {
    write: (table) =>
      dynamoWatches(table).close(
        watched.active(),
        ownLook(watched.looking()),
        { atOnce: 9, restsOn: [] },
        { evidence },
      ),
    done: 'done',
    failed: [
      [0, 'stale'],
      [1, 'ended'],
      [2, 'too-many-keys'],
    ],
  },
  'watches.tell': {
    write: (table) => dynamoWatches(table).tell(watched.looking(), restsOn, [aNotice()]),
    done: 'done',
    failed: [
      [0, 'stale'],
      [1, 'ended'],
      [2, 'ended'],
    ],
  },
  'comparisons.finish, of a standing order': {
    write: (table) =>
      dynamoComparisons(table).finish({
        comparison: compared.done(),
        was: compared.running(),
        restsOn,
        order: { next: orders.active(), was: orders.fresh() },
        evidence,
      }),
    done: 'finished',
    failed: [
      [0, 'stale'],
      [4, 'stale'],
      [5, 'agreement-not-active'],
      [6, 'agreement-not-active'],
    ],
  },
  'reconciliations.order': {
    write: (table) => dynamoReconciliations(table).order(orders.fresh(), { evidence, answer }),
    done: 'ordered',
    failed: [
      [1, 'ended'],
      [2, 'too-many'],
      ['answer', 'answered'],
    ],
  },
  'reconciliations.replace': {
    write: (table) =>
      dynamoReconciliations(table).replace(orders.orderIn.ended(), orders.active(), { evidence, notices: [aNotice()] }),
    done: true,
    failed: [[0, false]],
  },
  'reconciliations.begin': {
    write: (table) =>
      dynamoReconciliations(table).begin(
        { ...orders.run(), was: orders.fresh() },
        { of: 'comparisons', day: '2026-12-01', limit: 9 },
        { evidence },
      ),
    done: 'begun',
    failed: [
      [0, 'stale'],
      [1, 'ended'],
      [2, 'quota-exceeded'],
    ],
  },
  'uploads.announce': {
    write: (table) => dynamoUploads(table).announce(upload, 0, answer),
    done: 'announced',
    failed: [
      [0, 'sequence-taken'],
      ['answer', 'answered'],
    ],
  },
  'uploads.replace': {
    write: (table) => dynamoUploads(table).replace(upload, was, { evidence, answer }),
    done: true,
    failed: [
      [0, false],
      ['answer', false],
    ],
  },
  'uploads.accept': {
    write: (table) =>
      dynamoUploads(table).accept({
        upload: inState.accepted(),
        was: { ...was, state: 'checking' },
        next: { head: aResource(), sequence: 1, dataset: aStoredDataset() },
        evidence,
        quality: qualityOf(inState.accepted(), { at: instant }),
      }),
    done: 'accepted',
    failed: [
      [0, 'stale'],
      [3, 'overtaken'],
      [4, 'overtaken'],
    ],
  },
  'uploads.keepAnswer': { write: (table) => dynamoUploads(table).keepAnswer(answer), done: true, failed: [[0, false]] },
  'segments.put': {
    write: (table) => dynamoSegments(table).put(segment),
    done: true,
    failed: [[0, false]],
  },
  'outbox.postpone': {
    write: (table) => dynamoOutbox(table).postpone(noticeId, instant),
    done: nothing,
    failed: [[0, nothing]],
  },
  'outbox.forget': { write: (table) => dynamoOutbox(table).forget(noticeId), done: nothing, failed: [] },
  'benefits.state': {
    write: (table) => dynamoBenefits(table).state({ benefit, evidence, notices: [aNotice()], answer }),
    done: true,
    failed: [['answer', false]],
  },
  'counters.add': {
    write: (table) =>
      dynamoCounters(table).add({
        evidence: [anId(1), anId(2)],
        counters: new Map(),
        uses: new Map(),
        asked: new Map(),
      }),
    done: [],
    failed: [
      [0, [anId(1)]],
      [1, [anId(2)]],
    ],
  },
  'lookups.commit': {
    write: (table) => dynamoLookups(table).commit({ lookup: aLookup(), restsOn, ...counted, evidence, answer }),
    done: 'done',
    failed: [
      ['answer', 'repeated'],
      [1, 'ended'],
      [2, 'ended'],
      [3, 'contended'],
      [4, 'contended'],
    ],
  },
  'lookups.refuse': {
    write: (table) => dynamoLookups(table).refuse(anOfficerDay(), 0),
    done: nothing,
    failed: [[0, nothing]],
  },
  'lookups.report': {
    write: (table) => dynamoLookups(table).report(evidence, answer),
    done: true,
    failed: [['answer', false]],
  },
};
