export interface Place {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
}

/** Where each route is: all that a client has to know of it when it runs. What is sent and answered there, its own file says. */
export const places = {
  me: { method: 'GET', path: '/v1/me' },
  listDepartments: { method: 'GET', path: '/v1/departments' },
  listCategories: { method: 'GET', path: '/v1/categories' },
  publishResource: { method: 'PUT', path: '/v1/resources/{resourceId}' },
  compareResource: { method: 'POST', path: '/v1/resources/{resourceId}/comparison' },
  listResources: { method: 'GET', path: '/v1/resources' },
  readResource: { method: 'GET', path: '/v1/resources/{resourceId}' },
  readResourceVersion: { method: 'GET', path: '/v1/resources/{resourceId}/versions/{version}' },
  deprecateResource: { method: 'POST', path: '/v1/resources/{resourceId}/deprecation' },
  retireResource: { method: 'POST', path: '/v1/resources/{resourceId}/retirement' },
  listLateResources: { method: 'GET', path: '/v1/late-resources' },
  readCatalog: { method: 'GET', path: '/v1/catalog' },
  listDatasets: { method: 'GET', path: '/v1/resources/{resourceId}/datasets' },

  readDerivation: { method: 'GET', path: '/v1/resources/{resourceId}/derivation' },
  readLineage: { method: 'GET', path: '/v1/resources/{resourceId}/lineage' },
  readImpact: { method: 'GET', path: '/v1/resources/{resourceId}/impact' },
  listUses: { method: 'GET', path: '/v1/resources/{resourceId}/uses' },

  defineTheme: { method: 'PUT', path: '/v1/themes/{themeId}' },
  listThemes: { method: 'GET', path: '/v1/themes' },
  readTheme: { method: 'GET', path: '/v1/themes/{themeId}' },
  readCoverage: { method: 'GET', path: '/v1/themes/{themeId}/coverage' },
  stateThemeDemand: { method: 'POST', path: '/v1/themes/{themeId}/demands' },
  stateDemand: { method: 'POST', path: '/v1/demands' },
  listDemands: { method: 'GET', path: '/v1/demands' },
  readDemand: { method: 'GET', path: '/v1/demands/{demandId}' },
  listMatches: { method: 'GET', path: '/v1/demands/{demandId}/matches' },
  matchDemand: { method: 'POST', path: '/v1/demands/{demandId}/match' },
  draftAgreement: { method: 'POST', path: '/v1/demands/{demandId}/agreement' },
  declineDemand: { method: 'POST', path: '/v1/demands/{demandId}/decline' },
  withdrawDemand: { method: 'POST', path: '/v1/demands/{demandId}/withdrawal' },

  proposeAgreement: { method: 'POST', path: '/v1/agreements' },
  listAgreements: { method: 'GET', path: '/v1/agreements' },
  readAgreement: { method: 'GET', path: '/v1/agreements/{agreementId}' },
  readHistory: { method: 'GET', path: '/v1/agreements/{agreementId}/history' },
  counterAgreement: { method: 'POST', path: '/v1/agreements/{agreementId}/proposals' },
  commentOnAgreement: { method: 'POST', path: '/v1/agreements/{agreementId}/comments' },
  acceptAgreement: { method: 'POST', path: '/v1/agreements/{agreementId}/acceptance' },
  signAgreement: { method: 'POST', path: '/v1/agreements/{agreementId}/signatures' },
  consentToAgreement: { method: 'POST', path: '/v1/agreements/{agreementId}/consents' },
  objectToAgreement: { method: 'POST', path: '/v1/agreements/{agreementId}/objections' },
  fileAgreement: { method: 'POST', path: '/v1/agreements/{agreementId}/filing' },
  withdrawAmendment: { method: 'POST', path: '/v1/agreements/{agreementId}/withdrawal' },
  suspendAgreement: { method: 'POST', path: '/v1/agreements/{agreementId}/suspension' },
  resumeAgreement: { method: 'POST', path: '/v1/agreements/{agreementId}/resumption' },
  terminateAgreement: { method: 'POST', path: '/v1/agreements/{agreementId}/termination' },
  openDispute: { method: 'POST', path: '/v1/agreements/{agreementId}/disputes' },
  answerDispute: { method: 'POST', path: '/v1/agreements/{agreementId}/disputes/answer' },
  decideDispute: { method: 'POST', path: '/v1/agreements/{agreementId}/disputes/decision' },
  stateDisposal: { method: 'POST', path: '/v1/agreements/{agreementId}/disposal' },

  compareTerms: { method: 'GET', path: '/v1/agreements/{agreementId}/differences' },
  readText: { method: 'GET', path: '/v1/agreements/{agreementId}/text' },
  readOdrl: { method: 'GET', path: '/v1/agreements/{agreementId}/odrl' },
  previewTerms: { method: 'GET', path: '/v1/agreements/{agreementId}/preview' },
  listPrecedents: { method: 'GET', path: '/v1/resources/{resourceId}/precedents' },
  stateOffer: { method: 'PUT', path: '/v1/resources/{resourceId}/offer' },
  readOffer: { method: 'GET', path: '/v1/resources/{resourceId}/offer' },
  withdrawOffer: { method: 'POST', path: '/v1/resources/{resourceId}/offer/withdrawal' },
  proposeScheme: { method: 'POST', path: '/v1/schemes' },
  readScheme: { method: 'GET', path: '/v1/schemes/{schemeId}' },
  acceptScheme: { method: 'POST', path: '/v1/schemes/{schemeId}/acceptance' },
  signScheme: { method: 'POST', path: '/v1/schemes/{schemeId}/signatures' },

  listDuties: { method: 'GET', path: '/v1/duties' },
  readAgreementDuties: { method: 'GET', path: '/v1/agreements/{agreementId}/duties' },

  announceUpload: { method: 'POST', path: '/v1/uploads' },
  listUploads: { method: 'GET', path: '/v1/uploads' },
  readUpload: { method: 'GET', path: '/v1/uploads/{uploadId}' },
  decideUpload: { method: 'POST', path: '/v1/uploads/{uploadId}/decision' },
  postRecords: { method: 'POST', path: '/v1/resources/{resourceId}/records' },
  readQuality: { method: 'GET', path: '/v1/resources/{resourceId}/quality' },
  listParts: { method: 'GET', path: '/v1/uploads/{uploadId}/parts' },
  completeUpload: { method: 'POST', path: '/v1/uploads/{uploadId}/completion' },

  listDeliveries: { method: 'GET', path: '/v1/deliveries' },
  readDelivery: { method: 'GET', path: '/v1/deliveries/{deliveryId}' },
  readContent: { method: 'GET', path: '/v1/deliveries/{deliveryId}/content' },
  readAttachment: { method: 'GET', path: '/v1/deliveries/{deliveryId}/attachments/{reference}' },
  giveReceipt: { method: 'POST', path: '/v1/deliveries/{deliveryId}/receipt' },

  reportCorrection: { method: 'POST', path: '/v1/deliveries/{deliveryId}/corrections' },
  listCorrections: { method: 'GET', path: '/v1/corrections' },
  readCorrection: { method: 'GET', path: '/v1/corrections/{correctionId}' },
  answerCorrection: { method: 'POST', path: '/v1/corrections/{correctionId}/answer' },

  lookUp: { method: 'POST', path: '/v1/lookups' },
  listLookups: { method: 'GET', path: '/v1/lookups' },
  readLookupAttachment: { method: 'GET', path: '/v1/lookups/{lookupId}/attachments/{reference}' },
  watchLookups: { method: 'GET', path: '/v1/lookups/watch' },
  reportLookups: { method: 'POST', path: '/v1/lookups/reports' },
  announceComparison: { method: 'POST', path: '/v1/comparisons' },
  listComparisons: { method: 'GET', path: '/v1/comparisons' },
  readComparison: { method: 'GET', path: '/v1/comparisons/{comparisonId}' },
  decideComparison: { method: 'POST', path: '/v1/comparisons/{comparisonId}/approval' },
  cancelComparison: { method: 'POST', path: '/v1/comparisons/{comparisonId}/cancellation' },
  lodgeKeys: { method: 'POST', path: '/v1/watches' },
  listWatches: { method: 'GET', path: '/v1/watches' },
  readWatch: { method: 'GET', path: '/v1/watches/{watchId}' },
  endWatch: { method: 'POST', path: '/v1/watches/{watchId}/termination' },
  orderReconciliation: { method: 'POST', path: '/v1/reconciliations' },
  listReconciliations: { method: 'GET', path: '/v1/reconciliations' },
  readReconciliation: { method: 'GET', path: '/v1/reconciliations/{reconciliationId}' },
  endReconciliation: { method: 'POST', path: '/v1/reconciliations/{reconciliationId}/termination' },

  platformReport: { method: 'GET', path: '/v1/reports/platform' },
  readUsage: { method: 'GET', path: '/v1/agreements/{agreementId}/usage' },
  listUnusedGrants: { method: 'GET', path: '/v1/unused-grants' },
  stateBenefit: { method: 'POST', path: '/v1/agreements/{agreementId}/benefits' },
  listBenefits: { method: 'GET', path: '/v1/agreements/{agreementId}/benefits' },
} as const satisfies Readonly<Record<string, Place>>;

/** What a path has variables for. */
export type Variables<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Variables<Rest>
  : never;

/** The path of a route with its variables, encoded. */
export const pathOf = <P extends Pick<Place, 'path'>>(
  { path }: P,
  params: Readonly<Record<Variables<P['path']>, string | number>>,
): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent((params as Readonly<Record<string, string | number>>)[name] ?? ''),
  );
