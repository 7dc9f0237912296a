import type {
  Agreement,
  AgreementAction,
  AgreementState,
  Amendment,
  HistoryEntry,
} from '../../schemas/contracts/agreements.ts';
import { ComparisonTerms, DeliveryTerms, LookupTerms, Terms } from '../../schemas/contracts/terms.ts';
import { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import {
  DepartmentId,
  ResourceId,
  type AgreementId,
  type ComparisonId,
  type DeliveryId,
  type EvidenceId,
  type ExtractId,
  type LookupId,
  type UploadId,
} from '../../schemas/contracts/ids.ts';
import type { Dataset, ResourceVersion } from '../../schemas/contracts/resources.ts';
import type { ResourceHead } from '../../schemas/stored/catalog.ts';
import type { StoredDataset } from '../../schemas/stored/datasets.ts';
import type { Act } from '../../functions/agreements/ports.ts';
import { digestOf } from '../../functions/kernel/digest.ts';
import { addDays } from '../../functions/kernel/time.ts';

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
  `01JD${String(number).padStart(22, '0')}` as AgreementId &
    UploadId &
    DeliveryId &
    ExtractId &
    EvidenceId &
    LookupId &
    ComparisonId;

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

const leastTerms = {
  fields: ['org_code', 'name'],
  purpose: 'tax registration',
  legalBasis: '税收征收管理法 第十五条',
  validFrom: '2026-01-01',
  validTo: '2027-11-30',
};

export const terms = (changes: Partial<Input<typeof DeliveryTerms>> = {}): DeliveryTerms =>
  DeliveryTerms.parse({ ...leastTerms, ...changes });

export const lookupTerms = (changes: Partial<Input<typeof LookupTerms>> = {}): LookupTerms =>
  LookupTerms.parse({
    ...leastTerms,
    mode: 'lookup',
    key: ['org_code'],
    perDay: 1000,
    perUserPerDay: 100,
    reasons: ['enforcement'],
    ...changes,
  });

export const comparisonTerms = (changes: Partial<Input<typeof ComparisonTerms>> = {}): ComparisonTerms =>
  ComparisonTerms.parse({
    ...leastTerms,
    mode: 'comparison',
    kinds: ['verify'],
    key: ['org_code'],
    compare: ['name'],
    fields: [],
    maxList: 1_000_000,
    runsPerDay: 10,
    ...changes,
  });

export interface AgreementChanges extends Partial<Omit<Agreement, 'terms' | 'history' | 'termsDigest'>> {
  /** The terms of the only terms version. */
  readonly terms?: Partial<Input<typeof Terms>>;
  readonly proposedBy?: DepartmentId;
}

/** An agreement that went the regular way to `state`; suspended (by its provider), terminated and expired were active before. */
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
  const agreed = Terms.parse({ ...leastTerms, ...termsChanges });
  const digest = digestOf({
    agreementId,
    provider,
    consumer,
    resourceId,
    resourceVersion,
    termsVersion,
    terms: agreed,
  });
  const steps = stepsTo[state];
  const first = { version: termsVersion, resourceVersion, proposedBy: proposedBy ?? consumer, proposedAt: instant };
  return {
    signatures: steps >= stepsTo.signed ? [consumer, provider] : [],
    approvals: [],
    consents: [],
    suspensions:
      state === 'suspended' ? [{ holder: 'provider', by: provider, at: instant, reason: 'under repair' }] : [],
    ...(steps >= stepsTo.active && { filingNumber: 'BJ-2026-0117' }),
    ...(steps > stepsTo.suspended && {
      disposal: { owedSince: day, due: addDays(day, agreed.duties.disposal.retainDays) },
    }),
    ...facts,
    termsDigest: digest,
    terms: [{ ...first, digest, terms: agreed }],
    history: historyOf(facts),
  };
}

/** The same agreement with other terms beside those in force, proposed by its consumer, at a stage of their negotiation. */
export function amended(
  agreement: Agreement,
  state: Amendment['state'],
  changes: Parameters<typeof terms>[0] = {},
): Agreement {
  const { agreementId, resourceId, resourceVersion, provider, consumer } = agreement;
  const other = terms({ purpose: 'another purpose', ...changes });
  const version = 1 + agreement.terms.length;
  const identity = { agreementId, provider, consumer, resourceId, resourceVersion, termsVersion: version };
  const digest = digestOf({ ...identity, terms: other });
  return {
    ...agreement,
    terms: [
      ...agreement.terms,
      { version, resourceVersion, proposedBy: consumer, proposedAt: instant, digest, terms: other },
    ],
    amendment: {
      state,
      termsVersion: version,
      termsDigest: digest,
      resourceVersion,
      signatures: state === 'signed' ? [consumer, provider] : [],
      approvals: [],
      consents: [],
    },
  };
}

/** What a store commits of an act, where a case is about something else. */
export const anAct = (agreement: Agreement, changes: Partial<Act> = {}): Act => ({
  agreement,
  entries: [],
  evidence: [],
  answer: undefined,
  messages: [],
  nextTick: undefined,
  lookAtDuties: instant,
  lookAgainAt: undefined,
  ...changes,
});

/** How far each state is on the regular way. */
const stepsTo: Readonly<Record<AgreementState, number>> = {
  proposed: 0,
  agreed: 1,
  signed: 2,
  active: 3,
  suspended: 4,
  terminated: 5,
  expired: 5,
};

function historyOf({
  provider,
  consumer,
  termsVersion,
  state,
}: Pick<Agreement, 'provider' | 'consumer' | 'termsVersion' | 'state'>): HistoryEntry[] {
  const entry = (by: HistoryEntry['by'], action: AgreementAction, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
    at: instant,
    by,
    action,
    termsVersion,
    ...more,
  });
  const regular = [
    [entry(consumer, 'propose')],
    [entry(provider, 'accept')],
    [entry(consumer, 'sign'), entry(provider, 'sign')],
    [entry(department('eitc'), 'file', { filingNumber: 'BJ-2026-0117' })],
  ];
  const last: Partial<Record<AgreementState, HistoryEntry>> = {
    suspended: entry(provider, 'suspend', { holder: 'provider', reason: 'under repair' }),
    terminated: entry(consumer, 'terminate', { reason: 'no longer needed' }),
    expired: entry('hub', 'expire'),
  };
  return [...regular.slice(0, stepsTo[state] + 1).flat(), ...(last[state] ? [last[state]] : [])];
}
