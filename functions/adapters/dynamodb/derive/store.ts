import { StoredDerivation } from '../../../../schemas/stored/derivations.ts';
import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { ResourceId } from '../../../../schemas/contracts/ids.ts';
import { AgreementPointer } from '../../../../schemas/stored/agreements.ts';
import type { Derivations, Facts, Marks, Notices, ReadPorts } from '../../../derive/ports.ts';
import { isInForce } from '../../../reading/agreement.ts';
import { agreementsOnResource, readAgreement } from '../agreements/read.ts';
import { writeResourceMark } from '../catalog/marks.ts';
import { readResourceHead, readResourceVersion } from '../catalog/resources.ts';
import { commitVersion } from '../datasets/commit.ts';
import { newestDataset } from '../datasets/store.ts';
import { whileActive } from '../delivery/while-active.ts';
import { writeEvidence } from '../evidence.ts';
import { writeMessages } from '../messages.ts';
import { markedIds, unmark } from '../table/due.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Item, type Table } from '../table/reads.ts';
import { pageOf } from '../table/walk.ts';
import { commit, commitOwn, putFenced, putNew } from '../table/write.ts';
import { derivedOf, inheritedNow, readInputs, readLineage } from './lineage.ts';
import { markDerive } from './publish-derived.ts';

export const dynamoDeriveFacts = (table: Table): Facts => ({
  async resource(id) {
    const head = await readResourceHead(table, id);
    const version = head && (await readResourceVersion(table, id, head.latestVersion));
    return head && version && { head, version };
  },
  version: (id, version) => readResourceVersion(table, id, version),
  dataset: (id) => newestDataset(table, id),
  inputs: (version, today) => readInputs(table, version, today),
  async stand(agreements, today) {
    const found = await Promise.all(agreements.map(({ agreementId }) => readAgreement(table, agreementId)));
    return agreements.every(({ termsVersion }, index) => {
      const agreement = found[index]?.value;
      return agreement !== undefined && agreement.termsVersion === termsVersion && isInForce(agreement, today);
    });
  },
  derivedOf: (id) => derivedOf(table, id),
  agreement: async (id) => (await readAgreement(table, id))?.value,
  async agreementsOn(id) {
    const found: Agreement[] = [];
    for await (const agreement of agreementsOnResource(table, id)) found.push(agreement);
    return found;
  },
});

/** With what is told of derived resources. */
export const dynamoDeriveReads = (table: Table): ReadPorts['facts'] => ({
  ...dynamoDeriveFacts(table),
  lineage: (id, version) => readLineage(table, id, version),
  inherited: (version, today) => inheritedNow(table, version, today),
  usesOf: (id, page, use) =>
    pageOf(table, { from: { pk: keyOf.resource(id).pk, prefix: 'AGREEMENT#' } }, page, async (item) => {
      const found = await readAgreement(table, fromItem(AgreementPointer, item).agreementId);
      return found && use(found.value);
    }),
});

const itemOf = (derivation: StoredDerivation): Item =>
  toItem('derivation', keyOf.derivation(derivation.resourceId), derivation);

/** Strongly consistent. */
export async function readDerivation(table: Table, id: ResourceId): Promise<StoredDerivation | undefined> {
  const item = await readItem(table, keyOf.derivation(id));
  return item && fromItem(StoredDerivation, item);
}

/** The version whose last run ended with its source; strongly consistent. */
export async function endedWithSource(table: Table, id: ResourceId): Promise<number | undefined> {
  const last = await readDerivation(table, id);
  return last?.state === 'stopped' && last.reason === 'source-ended' ? last.resourceVersion : undefined;
}

export const dynamoDerivations = (table: Table): Derivations => ({
  find: (id) => readDerivation(table, id),

  put: async (next, was) =>
    (await commit(table, [was ? putFenced(table, itemOf(next), was) : putNew(table, itemOf(next))])).committed,

  async retire(next, was) {
    const { resourceId, provider, startedAt, endedAt: at = startedAt } = next;
    const mark = { resourceId, event: 'source-ended' as const, at, by: provider };
    const writes = [putFenced(table, itemOf(next), was), writeResourceMark(table, { mark, at })];
    return (await commit(table, writes)).committed;
  },

  async commit({ derivation, was, next, evidence }) {
    const own = [
      putFenced(table, itemOf(derivation), was),
      ...commitVersion(table, next),
      ...writeEvidence(table, evidence),
    ];
    const { origin } = next.dataset;
    const agreements = origin?.kind === 'derivation' ? origin.restsOn : [];
    const result = await commit(table, [
      ...own,
      ...agreements.map(({ agreementId, termsVersion }) => whileActive(table, agreementId, termsVersion)),
    ]);
    if (result.committed) return 'committed';
    if (result.failed.includes(0)) return 'stale';
    return result.failed.some((index) => index < own.length) ? 'overtaken' : 'source-changed';
  },
});

export const dynamoDeriveNotices = (table: Table): Notices => ({
  tell: async (notices) => void (await commit(table, writeMessages(table, notices))),
});

export const dynamoDeriveMarks = (table: Table): Marks => ({
  due: (until) => markedIds(table, 'derive', 'resourceId', until),
  mark: (id, at) => commitOwn(table, [markDerive(table, id, at)], 'the mark of a derivation'),
  async clear(id, now) {
    await commit(table, [
      unmark(table, 'derive', keyOf.derivation(id), {
        ConditionExpression: 'dueSk <= :now',
        ExpressionAttributeValues: { ':now': now },
      }),
    ]);
  },
});
