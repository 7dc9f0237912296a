import type { Agreement, TermsVersion } from '../../../../schemas/contracts/agreements.ts';
import type {
  ComparisonTerms,
  Condition,
  DeliveryTerms,
  LookupTerms,
  Reshare,
  Terms,
} from '../../../../schemas/contracts/terms.ts';
import type { OdrlAgreement } from '../../../../schemas/contracts/views.ts';
import { DELIVERIES } from '../../../records/index.ts';

/** What ODRL's own vocabulary has no words for: rows, masks, moments of delivery. */
const ODRL_PROFILE = 'urn:exchange-hub:odrl:1';

type Rule = OdrlAgreement['permission'][number];
type Constraint = Readonly<Record<string, unknown>>;

/**
 * One terms version as an `odrl:Agreement` (https://www.w3.org/TR/odrl-model/, https://www.w3.org/TR/odrl-vocab/): the
 * consumer may use the records and fields agreed upon within purpose and validity, may pass them on as far as the terms
 * say, and both have their duties. Made of the same terms as the deliveries.
 */
export function odrlOf(agreement: Agreement, version: TermsVersion): OdrlAgreement {
  const { terms } = version;
  const assigner = `urn:exchange-hub:department:${agreement.provider}`;
  const assignee = `urn:exchange-hub:department:${agreement.consumer}`;
  const target = targetOf(agreement, version);
  const parties = { assigner, assignee };
  const constraint = useConstraints(terms);
  const { allowed, forbidden } = resharing[terms.reshare ?? 'no'];
  return {
    '@context': [
      'http://www.w3.org/ns/odrl.jsonld',
      { hub: `${ODRL_PROFILE}:`, xsd: 'http://www.w3.org/2001/XMLSchema#' },
    ],
    '@type': 'Agreement',
    uid: `urn:exchange-hub:agreement:${agreement.agreementId}:terms:${version.version}`,
    profile: ODRL_PROFILE,
    assigner,
    assignee,
    permission: ['use', ...allowed].map((action) => ({ ...parties, target, action, constraint })),
    prohibition: forbidden.map((action) => ({ ...parties, target, action })),
    obligation: obligations(terms, assigner, assignee, target),
  };
}

/** Both are actions of ODRL's vocabulary. That each agreement has the provider's consent is a duty. */
const resharing: Readonly<
  Record<Reshare, { readonly allowed: readonly string[]; readonly forbidden: readonly string[] }>
> = {
  no: { allowed: [], forbidden: ['distribute'] },
  consent: { allowed: ['derive'], forbidden: ['distribute'] },
  derived: { allowed: ['derive'], forbidden: ['distribute'] },
  yes: { allowed: ['derive', 'distribute'], forbidden: [] },
};

/** The resource, narrowed to its rows and fields; masks are part of what a field is here. */
function targetOf({ resourceId }: Agreement, { resourceVersion, terms }: TermsVersion): Constraint {
  return {
    '@type': 'AssetCollection',
    source: `urn:exchange-hub:resource:${resourceId}:version:${resourceVersion}`,
    refinement: [
      { leftOperand: 'hub:field', operator: 'isAnyOf', rightOperand: { '@list': terms.fields } },
      ...terms.filter.map(rowConstraint),
      ...Object.entries(terms.mask).map(([field, mask]) => ({
        leftOperand: 'hub:mask',
        'hub:of': field,
        operator: 'eq',
        rightOperand: `hub:${mask}`,
      })),
    ],
  };
}

const operators: Readonly<Record<Condition['op'], string>> = {
  eq: 'eq',
  in: 'isAnyOf',
  prefix: 'hub:startsWith',
  min: 'gteq',
  max: 'lteq',
};

const rowConstraint = ({ field, op, value }: Condition): Constraint => ({
  leftOperand: 'hub:value',
  'hub:of': field,
  operator: operators[op],
  rightOperand: value,
});

const date = (day: string) => ({ '@value': day, '@type': 'xsd:date' });

const useConstraints = (terms: Terms): Constraint[] => [
  { leftOperand: 'dateTime', operator: 'gteq', rightOperand: date(terms.validFrom) },
  { leftOperand: 'dateTime', operator: 'lteq', rightOperand: date(terms.validTo) },
  { leftOperand: 'purpose', operator: 'eq', rightOperand: terms.purpose },
  { leftOperand: 'hub:legalBasis', operator: 'eq', rightOperand: terms.legalBasis },
  ...Object.entries(terms.justification ?? {}).map(([field, reason]) => ({
    leftOperand: 'hub:justification',
    'hub:of': field,
    operator: 'eq',
    rightOperand: reason,
  })),
];

/** The provider provides; the consumer deletes in time, and keeps to what was agreed on use and security. */
function obligations(terms: Terms, assigner: string, assignee: string, target: Constraint): Rule[] {
  const { provision, use, disposal, security } = terms.duties;
  const by = (party: string, other: string) => ({ assigner: other, assignee: party, target });
  const words = (text: string) => (text === '' ? {} : { 'hub:words': text });
  return [
    { ...by(assigner, assignee), action: 'hub:provide', ...words(provision), constraint: modeConstraints(terms) },
    {
      ...by(assignee, assigner),
      action: 'delete',
      constraint: [
        {
          leftOperand: 'elapsedTime',
          operator: 'lteq',
          rightOperand: { '@value': `P${disposal.retainDays}D`, '@type': 'xsd:duration' },
        },
      ],
    },
    ...(terms.reshare === 'consent' ? [{ ...by(assignee, assigner), action: 'obtainConsent' }] : []),
    ...(use === '' ? [] : [{ ...by(assignee, assigner), action: 'hub:useAsAgreed', ...words(use) }]),
    ...(security === '' ? [] : [{ ...by(assignee, assigner), action: 'hub:secure', ...words(security) }]),
  ];
}

function modeConstraints(terms: Terms): Constraint[] {
  switch (terms.mode) {
    case 'delivery':
      return deliveryConstraints(terms);
    case 'lookup':
      return lookupConstraints(terms);
    case 'comparison':
      return comparisonConstraints(terms);
    default:
      return terms satisfies never;
  }
}

const deliveryConstraints = (terms: DeliveryTerms): Constraint[] => [
  { leftOperand: 'hub:mode', operator: 'eq', rightOperand: `hub:${terms.mode}` },
  { leftOperand: 'hub:content', operator: 'eq', rightOperand: `hub:${terms.content}` },
  { leftOperand: 'hub:frequency', operator: 'eq', rightOperand: `hub:${terms.frequency}` },
  { leftOperand: 'hub:at', operator: 'eq', rightOperand: terms.at },
  { leftOperand: 'fileFormat', operator: 'eq', rightOperand: DELIVERIES[terms.format].mediaType },
];

const list = (entries: readonly string[]) => ({ '@list': entries });

const watched = ({ watchKeys }: Pick<LookupTerms, 'watchKeys'>): Constraint[] =>
  watchKeys === undefined ? [] : [{ leftOperand: 'hub:watchKeys', operator: 'lteq', rightOperand: watchKeys }];

const lookupConstraints = (terms: LookupTerms): Constraint[] => [
  { leftOperand: 'hub:mode', operator: 'eq', rightOperand: `hub:${terms.mode}` },
  { leftOperand: 'hub:key', operator: 'eq', rightOperand: list(terms.key) },
  { leftOperand: 'hub:keys', operator: 'lteq', rightOperand: terms.keys },
  { leftOperand: 'hub:perDay', operator: 'lteq', rightOperand: terms.perDay },
  { leftOperand: 'hub:perUserPerDay', operator: 'lteq', rightOperand: terms.perUserPerDay },
  { leftOperand: 'hub:reason', operator: 'isAnyOf', rightOperand: list(terms.reasons) },
  ...watched(terms),
];

const comparisonConstraints = (terms: ComparisonTerms): Constraint[] => [
  { leftOperand: 'hub:mode', operator: 'eq', rightOperand: `hub:${terms.mode}` },
  { leftOperand: 'hub:kind', operator: 'isAnyOf', rightOperand: list(terms.kinds.map((kind) => `hub:${kind}`)) },
  { leftOperand: 'hub:key', operator: 'eq', rightOperand: list(terms.key) },
  { leftOperand: 'hub:compare', operator: 'eq', rightOperand: list(terms.compare) },
  ...(terms.threshold === undefined
    ? []
    : [{ leftOperand: 'hub:score', operator: 'gteq', rightOperand: terms.threshold }]),
  { leftOperand: 'hub:matches', operator: 'gteq', rightOperand: terms.minResult },
  { leftOperand: 'hub:rowsOfList', operator: 'lteq', rightOperand: terms.maxList },
  { leftOperand: 'hub:runsPerDay', operator: 'lteq', rightOperand: terms.runsPerDay },
  { leftOperand: 'hub:approval', operator: 'eq', rightOperand: `hub:${terms.approval}` },
  ...watched(terms),
];
