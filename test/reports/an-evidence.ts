import type { Evidence, EvidenceAct } from '../../schemas/contracts/evidence.ts';
import type { DepartmentId } from '../../schemas/contracts/ids.ts';
import { anId, department, instant, resource } from '../support/builders.ts';

export interface EvidenceChanges {
  readonly number?: number;
  readonly at?: string;
  readonly subject?: Partial<Evidence['subject']>;
  readonly figures?: Evidence['figures'];
}

/** An act on `legal-entities` version 1, which `quality` provides. */
export function anEvidence(
  act: EvidenceAct,
  { number = 1, at = instant, subject, figures }: EvidenceChanges = {},
): Evidence {
  return {
    evidenceId: anId(9_000_000 + number),
    at,
    act,
    actor: { department: 'hub', session: 'test' },
    subject: {
      resourceId: resource('legal-entities'),
      resourceVersion: 1,
      provider: department('quality'),
      ...subject,
    },
    digests: {},
    ...(figures && { figures }),
  };
}

interface DeliveredChanges extends EvidenceChanges {
  readonly consumer?: DepartmentId;
  readonly dataset?: number;
}

/** Delivery of a dataset version under agreement 1, to `tax`: 10 rows, 200 bytes, 2 s after it could have been. */
export function aDelivered(
  act: 'delivery-released' | 'content-requested' | 'receipt-given' = 'delivery-released',
  { consumer = department('tax'), dataset = 1, subject, figures, ...changes }: DeliveredChanges = {},
): Evidence {
  return anEvidence(act, {
    number: dataset,
    ...changes,
    subject: {
      agreementId: anId(1),
      termsVersion: 1,
      datasetVersion: dataset,
      deliveryId: anId(700 + dataset),
      consumer,
      ...subject,
    },
    ...(act === 'delivery-released' && { figures: figures ?? { rows: 10, bytes: 200, lateSeconds: 2 } }),
  });
}

const asked = { agreementId: anId(1), termsVersion: 1, datasetVersion: 1, consumer: department('tax') };

/** A call of `tax` under agreement 1: 3 keys, 2 of them found. */
export const aLookedUp = ({ subject, figures, ...changes }: EvidenceChanges = {}): Evidence =>
  anEvidence('looked-up', {
    ...changes,
    subject: { ...asked, lookupId: anId(800 + (changes.number ?? 1)), reason: '执行 | 送达', ...subject },
    figures: figures ?? { keys: 3, found: 2 },
  });

/** A list of `tax` under agreement 1: 100 rows, 60 of them match. */
export const aCompared = ({ subject, figures, ...changes }: EvidenceChanges = {}): Evidence =>
  anEvidence('comparison-run', {
    ...changes,
    subject: {
      ...asked,
      comparisonId: anId(850 + (changes.number ?? 1)),
      comparisonKind: 'verify',
      deliveryId: anId(900 + (changes.number ?? 1)),
      ...subject,
    },
    figures: figures ?? { rows: 100, rejected: 0, hits: 60 },
  });
