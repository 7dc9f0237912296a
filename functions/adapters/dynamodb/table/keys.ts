import type {
  AgreementId,
  ComparisonId,
  CorrectionId,
  DeliveryId,
  DemandId,
  DepartmentId,
  EvidenceId,
  ExtractId,
  LookupId,
  NoticeId,
  ReconciliationId,
  ResourceId,
  SchemeId,
  ThemeId,
  UploadId,
  WatchId,
} from '../../../../schemas/contracts/ids.ts';

/**
 * The one table. Every item says its `kind`; what must be decided is read from the base table, strongly;
 * the indexes `list` (catalog, own things) and `due` (what a sweeper should look at, by time) only find candidates. In
 * brackets, for which purposes a thing has an item `due` beside it.
 *
 *   pk                       sk                    kind             index
 *   CATALOG                  HEAD                  catalog          (number of its newest state)
 *   CATALOG                  CHANGE#{n}            catalog-change   (which resource changed in state n; TTL)
 *   CATALOG                  ENTRY#{id}            catalog-entry    (what a search looks into)
 *   CATEGORY#{code}          HEAD                  category         (last number that it gave to a resource)
 *   (of any thing)           DUE#{purpose}#{sk}    due              due {purpose} / when to look at it (due.ts)
 *   RESOURCE#{id}            HEAD                  resource         (late: when it is, without another dataset; listed: until standing orders whose list it is know of its newest dataset; represent: until its newest dataset is represented as it should be; attachments: when to look which no record names)
 *   RESOURCE#{id}            VERSION#{n}           resource-version
 *   RESOURCE#{id}            DATASET#{n}           dataset          (dataset: until its deliveries are planned)
 *   RESOURCE#{id}            REPRESENTATION#{n}    representation   (of dataset version n)
 *   RESOURCE#{id}            HOLD#{n}#{by}         representation-hold  (of one that is used)
 *   RESOURCE#{id}            LINEAGE#{n}           lineage          (of version n, where it is derived)
 *   RESOURCE#{id}            DERIVATION            derivation       (its last run; derive: when to look whether another is due)
 *   RESOURCE#{id}            DERIVED#{id}          pointer          (to a resource that is, or was, derived of it)
 *   RESOURCE#{id}            UPLOAD#{n}            upload-under-way (by sequence number, until its verdict)
 *   RESOURCE#{id}            QUALITY#{n}           quality          (by sequence number)
 *   RESOURCE#{id}            MARK#{event}          resource-mark    due RESOURCE / when to do it (about the end of a resource)
 *   RESOURCE#{id}            AGREEMENT#{id}        pointer
 *   RESOURCE#{id}            BREAKING#{n}#{part}   breaking         due BREAKING / publishedAt (until the agreements that version n breaks or repairs know of it; the first has no part)
 *   RESOURCE#{id}            OFFER                 offer
 *   PARTY#{department}       AGREEMENT#{id}        pointer          (with what the party's list shows); the consumer's: list AGREEMENT-LIST / id#consumer
 *   AGREEMENT#{id}           HEAD                  agreement        list AGREEMENTS / id (agreement: until somebody has reacted)
 *   AGREEMENT#{id}           HISTORY#{n}           history          (what was done or said, with its words)
 *   AGREEMENT#{id}           RELEASE               release-plan     due RELEASE / next moment
 *   AGREEMENT#{id}           CLOCK                 clock            due CLOCK / when a date acts on it
 *   AGREEMENT#{id}           DUTIES                duties           due DUTY / when to look at what is owed
 *   SCHEME#{id}              HEAD                  scheme           (which agreements it is made of)
 *   THEME#{id}               HEAD                  theme            list THEMES / id
 *   THEME#{id}               DEMAND#{id}           pointer
 *   DEMAND#{id}              HEAD                  demand           list DEMANDS / id
 *   DEMAND#{id}              DUTIES                duties           due DUTY / when to look at what is owed
 *   PARTY#{department}       DEMAND#{id}           pointer          (the demander's, and those of the departments asked)
 *   AGREEMENT#{id}, DEMAND#{id}  OWED              owed             (what was owed at the last look, and what was told)
 *   PARTY#{debtor}           OWED#{due}#{id}#{duty}  owing          list OWED / due#id#duty#debtor
 *   PARTY#{creditor}         CLAIM#{due}#{id}#{duty}#{debtor}  claim
 *   MESSAGE#{id}             HEAD                  message          due MESSAGE / lookAgainAt (until it was sent)
 *   UPLOAD#{id}              HEAD                  upload           list UPLOADS#{provider} / id (upload)
 *   UPLOAD#{id}              PARTS                 upload-parts     (of an upload in parts or segments, packed)
 *   UPLOAD#{id}              SEGMENT#{n}           upload-segment   (once it has arrived)
 *   UPLOAD#{id}              ATTACHMENT#{epoch}#{digest}  attachment-written  (from before its object on, until that is gone)
 *   ATTACHMENT#{resource}#{digest}  UPLOAD#{n}#{epoch}  attachment  (of its name; n: the upload's sequence number)
 *   DELIVERY#{id}            HEAD                  delivery         list PROVIDED#{provider} / releasedAt#id (void: plannedAt#id) (delivery: until its notice was sent; then retention: its end)
 *   MAILBOX#{department}     HEAD                  mailbox          (last position)
 *   MAILBOX#{department}     DELIVERY#{position}   pointer          (with what lists filter on: resourceId, agreementId, receivedAt)
 *   AGREEMENT#{id}           DELIVERY#{id}         pointer
 *   EXTRACT#{id}             HEAD                  extract          due EXTRACT / lookAgainAt (until it is granted)
 *   EXTRACT#{id}             ATTEMPT#{id}          extract-attempt  due EXTRACT / lookAgainAt (until its object is the extract's, or gone)
 *   EXTRACT#{id}             GRANT#{deliveryId}    grant
 *   CORRECTION#{id}          HEAD                  correction
 *   PARTY#{department}       CORRECTION#{id}       pointer          (with what lists filter on: role, state)
 *   RESOURCE#{id}            CORRECTION#{id}       pointer          (while an upload is awaited that corrects it)
 *   LOOKUP#{id}              HEAD                  lookup           list LOOKUPS / id (TTL)
 *   LOOKUPS#{department}     LOOKUP#{id}           pointer          (with what lists filter on; TTL)
 *   LOOKED-UP#{resource}#{digest}  LOOKUP#{id}     pointer          (by a key that was asked for; TTL)
 *   WATCH#{provider}         DAY#{day}#{agreement}#{officer}  officer-day  list WATCH / day#provider#agreement#officer (TTL)
 *   COMPARISON#{id}          HEAD                  comparison       list COMPARISONS / id (comparison: until its list is removed)
 *   PARTY#{department}       COMPARISON#{id}       pointer          (the consumer's and the provider's)
 *   AGREEMENT#{id}           COMPARISON#{id}       pointer          (while its list waits for its provider's word)
 *   KEYS#{id}                HEAD                  key-watch        list WATCHES / id (key-watch: when to look)
 *   PARTY#{department}       KEYS#{id}             pointer          (the consumer's and the provider's)
 *   RESOURCE#{id}            KEYS#{id}             pointer          (until it has ended; watched, beside the resource or the agreement: until its watches know that there is something new)
 *   AGREEMENT#{id}           WATCHED               watched          (how many watches, keys and standing orders)
 *   RECONCILIATION#{id}      HEAD                  reconciliation   list RECONCILIATIONS / id (reconciliation: when to look)
 *   PARTY#{department}       RECONCILIATION#{id}   pointer          (the consumer's and the provider's)
 *   RESOURCE#{id}            RECONCILIATION#{id}   pointer          (until it has ended)
 *   RESOURCE#{id}            LIST#{id}             pointer          (to an order whose list it is, until that has ended)
 *   EVIDENCE#{id}            EVIDENCE              evidence         list EVIDENCE#{subject} / id (count: until it is counted)
 *   COUNTS#{scope}#{month}#{by}  OF#{value}        counter          (what was exchanged; scope: `hub` or a department)
 *   AGREEMENT#{id}           USAGE#{terms}#{dataset}  usage         (a delivery as far as it was made use of)
 *   AGREEMENT#{id}           ASKED#{month}#{terms}  asked         (what was looked up and compared in a month)
 *   AGREEMENT#{id}           BENEFIT#{month}       benefit          list BENEFITS#{month} / agreement
 *   ANSWER#{dept}#{route}    {key}                 answer           (TTL)
 *   SHARE#{department}       HEAD                  share            (up to when its calls of the API have used it)
 *   QUOTA#{of}               {day}                 quota            (how much of it is used on that day; TTL)
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Nine digits, so that text order is number order. */
export const padded = (number: number): string => String(number).padStart(9, '0');

export const keyOf = {
  catalog: (): Key => ({ pk: 'CATALOG', sk: 'HEAD' }),
  catalogChange: (state: number): Key => ({ pk: 'CATALOG', sk: `CHANGE#${padded(state)}` }),
  catalogEntry: (id: ResourceId): Key => ({ pk: 'CATALOG', sk: `ENTRY#${id}` }),
  category: (code: string): Key => ({ pk: `CATEGORY#${code}`, sk: 'HEAD' }),
  resourceMark: (id: ResourceId, event: string): Key => ({ pk: `RESOURCE#${id}`, sk: `MARK#${event}` }),
  resource: (id: ResourceId): Key => ({ pk: `RESOURCE#${id}`, sk: 'HEAD' }),
  resourceVersion: (id: ResourceId, version: number): Key => ({
    pk: `RESOURCE#${id}`,
    sk: `VERSION#${padded(version)}`,
  }),
  dataset: (id: ResourceId, version: number): Key => ({ pk: `RESOURCE#${id}`, sk: `DATASET#${padded(version)}` }),
  representation: (id: ResourceId, version: number): Key => ({
    pk: `RESOURCE#${id}`,
    sk: `REPRESENTATION#${padded(version)}`,
  }),
  representationHold: (id: ResourceId, version: number, by: string): Key => ({
    pk: `RESOURCE#${id}`,
    sk: `HOLD#${padded(version)}#${by}`,
  }),
  lineage: (id: ResourceId, version: number): Key => ({ pk: `RESOURCE#${id}`, sk: `LINEAGE#${padded(version)}` }),
  derivation: (id: ResourceId): Key => ({ pk: `RESOURCE#${id}`, sk: 'DERIVATION' }),
  derivedOf: (id: ResourceId, derived: ResourceId): Key => ({ pk: `RESOURCE#${id}`, sk: `DERIVED#${derived}` }),
  underWay: (id: ResourceId, sequence: number): Key => ({ pk: `RESOURCE#${id}`, sk: `UPLOAD#${padded(sequence)}` }),
  quality: (id: ResourceId, sequence: number): Key => ({ pk: `RESOURCE#${id}`, sk: `QUALITY#${padded(sequence)}` }),
  breaking: (id: ResourceId, version: number, part = 1): Key => ({
    pk: `RESOURCE#${id}`,
    sk: `BREAKING#${padded(version)}${part === 1 ? '' : `#${padded(part)}`}`,
  }),
  resourceAgreement: (id: ResourceId, agreement: AgreementId): Key => ({
    pk: `RESOURCE#${id}`,
    sk: `AGREEMENT#${agreement}`,
  }),
  offer: (id: ResourceId): Key => ({ pk: `RESOURCE#${id}`, sk: 'OFFER' }),
  scheme: (id: SchemeId): Key => ({ pk: `SCHEME#${id}`, sk: 'HEAD' }),
  partyAgreement: (department: DepartmentId, agreement: AgreementId): Key => ({
    pk: `PARTY#${department}`,
    sk: `AGREEMENT#${agreement}`,
  }),
  agreement: (id: AgreementId): Key => ({ pk: `AGREEMENT#${id}`, sk: 'HEAD' }),
  historyEntry: (id: AgreementId, number: number): Key => ({
    pk: `AGREEMENT#${id}`,
    sk: `HISTORY#${padded(number)}`,
  }),
  releasePlan: (id: AgreementId): Key => ({ pk: `AGREEMENT#${id}`, sk: 'RELEASE' }),
  agreementDelivery: (id: AgreementId, delivery: DeliveryId): Key => ({
    pk: `AGREEMENT#${id}`,
    sk: `DELIVERY#${delivery}`,
  }),
  clock: (id: AgreementId): Key => ({ pk: `AGREEMENT#${id}`, sk: 'CLOCK' }),
  duties: (id: AgreementId): Key => ({ pk: `AGREEMENT#${id}`, sk: 'DUTIES' }),
  theme: (id: ThemeId): Key => ({ pk: `THEME#${id}`, sk: 'HEAD' }),
  themeDemand: (id: ThemeId, demand: DemandId): Key => ({ pk: `THEME#${id}`, sk: `DEMAND#${demand}` }),
  demand: (id: DemandId): Key => ({ pk: `DEMAND#${id}`, sk: 'HEAD' }),
  demandDuties: (id: DemandId): Key => ({ pk: `DEMAND#${id}`, sk: 'DUTIES' }),
  partyDemand: (department: DepartmentId, demand: DemandId): Key => ({
    pk: `PARTY#${department}`,
    sk: `DEMAND#${demand}`,
  }),
  agreementOwed: (id: AgreementId): Key => ({ pk: `AGREEMENT#${id}`, sk: 'OWED' }),
  demandOwed: (id: DemandId): Key => ({ pk: `DEMAND#${id}`, sk: 'OWED' }),
  owing: (debtor: DepartmentId, position: string): Key => ({ pk: `PARTY#${debtor}`, sk: `OWED#${position}` }),
  claim: (creditor: DepartmentId, position: string): Key => ({ pk: `PARTY#${creditor}`, sk: `CLAIM#${position}` }),
  message: (id: NoticeId): Key => ({ pk: `MESSAGE#${id}`, sk: 'HEAD' }),
  upload: (id: UploadId): Key => ({ pk: `UPLOAD#${id}`, sk: 'HEAD' }),
  attachmentWritten: (id: UploadId, epoch: number, digest: string): Key => ({
    pk: `UPLOAD#${id}`,
    sk: `ATTACHMENT#${padded(epoch)}#${digest}`,
  }),
  attachment: (id: ResourceId, digest: string, sequence: number, epoch: number): Key => ({
    pk: `ATTACHMENT#${id}#${digest}`,
    sk: `UPLOAD#${padded(sequence)}#${padded(epoch)}`,
  }),
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
  correction: (id: CorrectionId): Key => ({ pk: `CORRECTION#${id}`, sk: 'HEAD' }),
  partyCorrection: (department: DepartmentId, id: CorrectionId): Key => ({
    pk: `PARTY#${department}`,
    sk: `CORRECTION#${id}`,
  }),
  resourceCorrection: (resource: ResourceId, id: CorrectionId): Key => ({
    pk: `RESOURCE#${resource}`,
    sk: `CORRECTION#${id}`,
  }),
  lookup: (id: LookupId): Key => ({ pk: `LOOKUP#${id}`, sk: 'HEAD' }),
  partyLookup: (department: DepartmentId, id: LookupId): Key => ({ pk: `LOOKUPS#${department}`, sk: `LOOKUP#${id}` }),
  keyLookup: (resource: ResourceId, digest: string, id: LookupId): Key => ({
    pk: `LOOKED-UP#${resource}#${digest}`,
    sk: `LOOKUP#${id}`,
  }),
  officerDay: (provider: DepartmentId, day: string, agreement: AgreementId, officerRef: string): Key => ({
    pk: `WATCH#${provider}`,
    sk: `DAY#${day}#${agreement}#${officerRef}`,
  }),
  comparison: (id: ComparisonId): Key => ({ pk: `COMPARISON#${id}`, sk: 'HEAD' }),
  partyComparison: (department: DepartmentId, id: ComparisonId): Key => ({
    pk: `PARTY#${department}`,
    sk: `COMPARISON#${id}`,
  }),
  waitingList: (agreement: AgreementId, id: ComparisonId): Key => ({
    pk: `AGREEMENT#${agreement}`,
    sk: `COMPARISON#${id}`,
  }),
  watch: (id: WatchId): Key => ({ pk: `KEYS#${id}`, sk: 'HEAD' }),
  partyWatch: (department: DepartmentId, id: WatchId): Key => ({ pk: `PARTY#${department}`, sk: `KEYS#${id}` }),
  resourceWatch: (resource: ResourceId, id: WatchId): Key => ({ pk: `RESOURCE#${resource}`, sk: `KEYS#${id}` }),
  reconciliation: (id: ReconciliationId): Key => ({ pk: `RECONCILIATION#${id}`, sk: 'HEAD' }),
  partyReconciliation: (department: DepartmentId, id: ReconciliationId): Key => ({
    pk: `PARTY#${department}`,
    sk: `RECONCILIATION#${id}`,
  }),
  listReconciliation: (list: ResourceId, id: ReconciliationId): Key => ({
    pk: `RESOURCE#${list}`,
    sk: `LIST#${id}`,
  }),
  resourceReconciliation: (resource: ResourceId, id: ReconciliationId): Key => ({
    pk: `RESOURCE#${resource}`,
    sk: `RECONCILIATION#${id}`,
  }),
  watched: (id: AgreementId): Key => ({ pk: `AGREEMENT#${id}`, sk: 'WATCHED' }),
  evidence: (id: EvidenceId): Key => ({ pk: `EVIDENCE#${id}`, sk: 'EVIDENCE' }),
  counter: (scope: string, month: string, by: string, value: string): Key => ({
    pk: `COUNTS#${scope}#${month}#${by}`,
    sk: `OF#${value}`,
  }),
  usage: (id: AgreementId, termsVersion: number, datasetVersion: number): Key => ({
    pk: `AGREEMENT#${id}`,
    sk: `USAGE#${padded(termsVersion)}#${padded(datasetVersion)}`,
  }),
  asked: (id: AgreementId, month: string, termsVersion: number): Key => ({
    pk: `AGREEMENT#${id}`,
    sk: `ASKED#${month}#${padded(termsVersion)}`,
  }),
  benefit: (id: AgreementId, month: string): Key => ({ pk: `AGREEMENT#${id}`, sk: `BENEFIT#${month}` }),
  answer: (department: DepartmentId, routeId: string, key: string): Key => ({
    pk: `ANSWER#${department}#${routeId}`,
    sk: key,
  }),
  share: (department: DepartmentId): Key => ({ pk: `SHARE#${department}`, sk: 'HEAD' }),
  quota: (of: string, day: string): Key => ({ pk: `QUOTA#${of}`, sk: day }),
};

/** Why a thing that lives on is looked at (due.ts), which is a partition of the index `due`. */
export type Purpose =
  | 'upload'
  | 'dataset'
  | 'represent'
  | 'derive'
  | 'agreement'
  | 'delivery'
  | 'retention'
  | 'late'
  | 'count'
  | 'comparison'
  | 'key-watch'
  | 'reconciliation'
  | 'watched'
  | 'attachments'
  | 'listed';

/** The other partitions of the index: of things that are there to be looked at, and go, or move on, when that is done. */
export type DuePartition = 'RELEASE' | 'EXTRACT' | 'CLOCK' | 'DUTY' | 'MESSAGE' | 'BREAKING' | 'RESOURCE';
