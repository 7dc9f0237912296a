import type {
  AgreementId,
  DeliveryId,
  DepartmentId,
  EvidenceId,
  ExtractId,
  ResourceId,
  UploadId,
} from '../../../schemas/contracts/ids.ts';

/**
 * The one table. Every item says its `kind`; what must be decided is read from the base table, strongly;
 * the indexes `list` (catalog, own things) and `due` (what a sweeper should look at, by time) only find candidates.
 *
 *   pk                       sk                    kind             index
 *   RESOURCE#{id}            HEAD                  resource         list RESOURCES / id
 *   RESOURCE#{id}            VERSION#{n}           resource-version
 *   RESOURCE#{id}            DATASET#{n}           dataset          due DATASET / lookAgainAt
 *   RESOURCE#{id}            UPLOAD#{n}            upload-under-way (by sequence number, until its verdict)
 *   RESOURCE#{id}            QUALITY#{n}           quality          (by sequence number)
 *   RESOURCE#{id}            AGREEMENT#{id}        pointer
 *   PARTY#{department}       AGREEMENT#{id}        pointer
 *   AGREEMENT#{id}           HEAD                  agreement        list AGREEMENTS / id; due AGREEMENT / lookAgainAt
 *   AGREEMENT#{id}           RELEASE               release-plan     due RELEASE / next moment
 *   UPLOAD#{id}              HEAD                  upload           list UPLOADS#{provider} / id; due UPLOAD / lookAgainAt
 *   UPLOAD#{id}              PARTS                 upload-parts     (of an upload in parts or segments, packed)
 *   UPLOAD#{id}              SEGMENT#{n}           upload-segment   (once it has arrived)
 *   DELIVERY#{id}            HEAD                  delivery         list PROVIDED#{provider} / releasedAt#id (void: plannedAt#id); due DELIVERY / lookAgainAt
 *   MAILBOX#{department}     HEAD                  mailbox          (last position)
 *   MAILBOX#{department}     DELIVERY#{position}   pointer          (with what lists filter on: resourceId, agreementId, receivedAt)
 *   AGREEMENT#{id}           DELIVERY#{id}         pointer
 *   EXTRACT#{id}             HEAD                  extract          due EXTRACT / lookAgainAt (until it is granted)
 *   EXTRACT#{id}             ATTEMPT#{id}          extract-attempt  due EXTRACT / lookAgainAt (until its object is the extract's, or gone)
 *   EXTRACT#{id}             GRANT#{deliveryId}    grant
 *   EVIDENCE#{id}            EVIDENCE              evidence         list EVIDENCE#{subject} / id
 *   ANSWER#{dept}#{route}    {key}                 answer           (TTL)
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Nine digits, so that text order is number order. */
const padded = (number: number): string => String(number).padStart(9, '0');

export const keyOf = {
  resource: (id: ResourceId): Key => ({ pk: `RESOURCE#${id}`, sk: 'HEAD' }),
  resourceVersion: (id: ResourceId, version: number): Key => ({
    pk: `RESOURCE#${id}`,
    sk: `VERSION#${padded(version)}`,
  }),
  dataset: (id: ResourceId, version: number): Key => ({ pk: `RESOURCE#${id}`, sk: `DATASET#${padded(version)}` }),
  underWay: (id: ResourceId, sequence: number): Key => ({ pk: `RESOURCE#${id}`, sk: `UPLOAD#${padded(sequence)}` }),
  quality: (id: ResourceId, sequence: number): Key => ({ pk: `RESOURCE#${id}`, sk: `QUALITY#${padded(sequence)}` }),
  resourceAgreement: (id: ResourceId, agreement: AgreementId): Key => ({
    pk: `RESOURCE#${id}`,
    sk: `AGREEMENT#${agreement}`,
  }),
  partyAgreement: (department: DepartmentId, agreement: AgreementId): Key => ({
    pk: `PARTY#${department}`,
    sk: `AGREEMENT#${agreement}`,
  }),
  agreement: (id: AgreementId): Key => ({ pk: `AGREEMENT#${id}`, sk: 'HEAD' }),
  releasePlan: (id: AgreementId): Key => ({ pk: `AGREEMENT#${id}`, sk: 'RELEASE' }),
  agreementDelivery: (id: AgreementId, delivery: DeliveryId): Key => ({
    pk: `AGREEMENT#${id}`,
    sk: `DELIVERY#${delivery}`,
  }),
  upload: (id: UploadId): Key => ({ pk: `UPLOAD#${id}`, sk: 'HEAD' }),
  segment: (id: UploadId, number: number): Key => ({ pk: `UPLOAD#${id}`, sk: `SEGMENT#${padded(number)}` }),
  delivery: (id: DeliveryId): Key => ({ pk: `DELIVERY#${id}`, sk: 'HEAD' }),
  mailbox: (department: DepartmentId): Key => ({ pk: `MAILBOX#${department}`, sk: 'HEAD' }),
  mailboxDelivery: (department: DepartmentId, position: number): Key => ({
    pk: `MAILBOX#${department}`,
    sk: `DELIVERY#${padded(position)}`,
  }),
  extract: (id: ExtractId): Key => ({ pk: `EXTRACT#${id}`, sk: 'HEAD' }),
  grant: (id: ExtractId, delivery: DeliveryId): Key => ({ pk: `EXTRACT#${id}`, sk: `GRANT#${delivery}` }),
  extractAttempt: (id: ExtractId, attempt: string): Key => ({ pk: `EXTRACT#${id}`, sk: `ATTEMPT#${attempt}` }),
  evidence: (id: EvidenceId): Key => ({ pk: `EVIDENCE#${id}`, sk: 'EVIDENCE' }),
  answer: (department: DepartmentId, routeId: string, key: string): Key => ({
    pk: `ANSWER#${department}#${routeId}`,
    sk: key,
  }),
};

/** Partitions of the index `due`: what is under way and when to look at it. */
export type DuePartition = 'UPLOAD' | 'DATASET' | 'AGREEMENT' | 'DELIVERY' | 'RELEASE' | 'EXTRACT';
