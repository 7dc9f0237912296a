import {
  Terms,
  type Agreement,
  type AgreementAction,
  type AgreementState,
  type HistoryEntry,
} from '../../schemas/contracts/agreements.ts';
import { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import {
  DepartmentId,
  ResourceId,
  type AgreementId,
  type DeliveryId,
  type EvidenceId,
  type ExtractId,
  type UploadId,
} from '../../schemas/contracts/ids.ts';
import type { Dataset, ResourceHead, ResourceVersion, StoredDataset } from '../../schemas/contracts/resources.ts';
import { digestOf } from '../../functions/kernel/digest.ts';

/**
 * Valid things for tests; say only what a case is about: `anAgreement({ state: 'active' })`.
 * The cast: `quality` provides `legal-entities`, `tax` consumes it, `eitc` is the authority, `auditor` audits,
 * `press` has nothing to do with it.
 */
export const day = '2026-12-01';
export const instant = '2026-12-01T01:00:00.000Z';
export const sha256 = 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=';

export const department = (id: string): DepartmentId => DepartmentId.parse(id);
export const resource = (id: string): ResourceId => ResourceId.parse(id);
/** An id of 26 characters that ends in the number, for whatever thing: `anId(7)`. */
export const anId = (number: number) =>
  `01JD${String(number).padStart(22, '0')}` as AgreementId & UploadId & DeliveryId & ExtractId & EvidenceId;

type Input<S extends { _zod: { input: unknown } }> = S['_zod']['input'];

export const aDefinition = (changes: Partial<Input<typeof ResourceDefinition>> = {}): ResourceDefinition =>
  ResourceDefinition.parse({
    title: '法人基础信息',
    titleEn: 'Legal entities',
    description: 'One row for each registered legal entity.',
    provider: 'quality',
    themes: ['economy'],
    shareType: 'unconditional',
    updateCycle: 'daily',
    schema: {
      primaryKey: ['org_code'],
      fields: [
        {
          name: 'org_code',
          title: '组织机构代码',
          type: 'string',
          check: 'gb11714',
          sensitivity: 'public',
          constraints: { required: true, unique: true },
        },
        {
          name: 'name',
          title: '机构名称',
          type: 'string',
          sensitivity: 'public',
          constraints: { required: true, maxLength: 200 },
        },
        { name: 'division', type: 'string', constraints: { pattern: '\\d{6}' } },
        { name: 'capital', type: 'number', constraints: { minimum: 0 } },
        { name: 'approved_on', type: 'date' },
        { name: 'phone', type: 'string', sensitivity: 'personal' },
      ],
    },
    ...changes,
  });

/** What is moving about a resource (its HEAD item). */
export const aResource = (changes: Partial<ResourceHead> = {}): ResourceHead => ({
  resourceId: resource('legal-entities'),
  provider: department('quality'),
  latestVersion: 1,
  lastSequence: 0,
  committedSequence: 0,
  datasetVersion: 0,
  ...changes,
});

export function aResourceVersion(changes: Partial<ResourceVersion> = {}): ResourceVersion {
  const definition = changes.definition ?? aDefinition();
  return {
    resourceId: resource('legal-entities'),
    version: 1,
    provider: definition.provider,
    publishedAt: instant,
    publishedBy: 'provider',
    digest: digestOf(definition),
    ...changes,
    definition,
  };
}

export const aDataset = (changes: Partial<Dataset> = {}): Dataset => ({
  resourceId: resource('legal-entities'),
  datasetVersion: 1,
  resourceVersion: 1,
  uploadId: anId(500),
  rows: 2,
  bytes: 64,
  sha256,
  committedAt: instant,
  ...changes,
});

export const aStoredDataset = (changes: Partial<StoredDataset> = {}): StoredDataset => ({
  ...aDataset(),
  provider: department('quality'),
  columns: ['org_code', 'name', 'division', 'capital', 'approved_on', 'phone'],
  objects: [{ key: 'datasets/legal-entities/01JD0000000000000000000500/1.csv', versionId: 'v1', bytes: 64, sha256 }],
  ...changes,
});

export const terms = (changes: Partial<Input<typeof Terms>> = {}): Terms =>
  Terms.parse({
    fields: ['org_code', 'name'],
    purpose: 'tax registration',
    legalBasis: '税收征收管理法 第十五条',
    validFrom: '2026-01-01',
    validTo: '2027-11-30',
    ...changes,
  });

export interface AgreementChanges extends Partial<Omit<Agreement, 'terms' | 'history' | 'termsDigest'>> {
  /** The terms of the only terms version. */
  readonly terms?: Partial<Input<typeof Terms>>;
  readonly proposedBy?: DepartmentId;
}

/** An agreement that went the regular way to `state`; terminated means: it was active before. */
export function anAgreement({ terms: termsChanges, proposedBy, ...changes }: AgreementChanges = {}): Agreement {
  const facts = {
    agreementId: anId(1),
    resourceId: resource('legal-entities'),
    resourceVersion: 1,
    provider: department('quality'),
    consumer: department('tax'),
    termsVersion: 1,
    state: 'proposed' as AgreementState,
    ...changes,
  };
  const { agreementId, provider, consumer, resourceId, resourceVersion, termsVersion, state } = facts;
  const agreed = terms(termsChanges);
  const digest = digestOf({
    agreementId,
    provider,
    consumer,
    resourceId,
    resourceVersion,
    termsVersion,
    terms: agreed,
  });
  const steps = order.indexOf(state);
  return {
    signatures: steps >= order.indexOf('signed') ? [consumer, provider] : [],
    ...(steps >= order.indexOf('active') && { filingNumber: 'BJ-2026-0117' }),
    ...facts,
    termsDigest: digest,
    terms: [{ version: termsVersion, proposedBy: proposedBy ?? consumer, proposedAt: instant, digest, terms: agreed }],
    history: historyOf(facts, steps),
  };
}

const order: readonly AgreementState[] = ['proposed', 'agreed', 'signed', 'active', 'terminated'];

function historyOf(
  { provider, consumer, termsVersion }: Pick<Agreement, 'provider' | 'consumer' | 'termsVersion'>,
  steps: number,
): HistoryEntry[] {
  const entry = (by: DepartmentId, action: AgreementAction, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
    at: instant,
    by,
    action,
    termsVersion,
    ...more,
  });
  return [
    [entry(consumer, 'propose')],
    [entry(provider, 'accept')],
    [entry(consumer, 'sign'), entry(provider, 'sign')],
    [entry(department('eitc'), 'file', { filingNumber: 'BJ-2026-0117' })],
    [entry(consumer, 'terminate', { reason: 'no longer needed' })],
  ]
    .slice(0, steps + 1)
    .flat();
}
