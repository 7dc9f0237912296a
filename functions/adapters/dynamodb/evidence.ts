import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import { mark } from './table/due.ts';
import { toItem } from './table/items.ts';
import { keyOf } from './table/keys.ts';
import type { Table } from './table/reads.ts';
import { putNew, type Write } from './table/write.ts';

/** What an evidence item is listed under: the narrowest thing that it speaks of. */
const subjectOf = ({ subject }: Evidence): string => {
  const [kind, id] = Object.entries({
    comparison: subject.comparisonId,
    watch: subject.watchId,
    reconciliation: subject.reconciliationId,
    delivery: subject.deliveryId,
    upload: subject.uploadId,
    agreement: subject.agreementId,
    demand: subject.demandId,
    theme: subject.themeId,
    resource: subject.resourceId,
  }).find(([, value]) => value !== undefined) ?? ['hub', 'hub'];
  return `EVIDENCE#${kind}#${id}`;
};

/** Written once and never changed. What it amounts to is still to be counted (capability `reports`): so it is marked. */
export function writeEvidence(table: Table, evidence: Evidence): readonly Write[] {
  const key = keyOf.evidence(evidence.evidenceId);
  const list = { partition: subjectOf(evidence), position: evidence.evidenceId };
  return [putNew(table, toItem('evidence', key, evidence, { list })), mark(table, 'count', key, evidence, evidence.at)];
}
