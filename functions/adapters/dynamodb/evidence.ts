import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import { toItem } from './table/items.ts';
import { keyOf } from './table/keys.ts';
import type { Table } from './table/reads.ts';
import { putNew, type Write } from './table/write.ts';

/** What an evidence item is listed under: the narrowest thing that it speaks of. */
const subjectOf = ({ subject }: Evidence): string => {
  const [kind, id] = Object.entries({
    delivery: subject.deliveryId,
    upload: subject.uploadId,
    agreement: subject.agreementId,
    demand: subject.demandId,
    theme: subject.themeId,
    resource: subject.resourceId,
  }).find(([, value]) => value !== undefined) ?? ['hub', 'hub'];
  return `EVIDENCE#${kind}#${id}`;
};

/** Marked: what it amounts to is still to be counted (capability `reports`). */
export const writeEvidence = (table: Table, evidence: Evidence): Write =>
  putNew(
    table,
    toItem('evidence', keyOf.evidence(evidence.evidenceId), evidence, {
      list: { partition: subjectOf(evidence), position: evidence.evidenceId },
      due: { partition: 'COUNT', at: evidence.at },
    }),
  );
