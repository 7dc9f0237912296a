import type { Agreement, TermsVersion } from '../../../../schemas/contracts/agreements.ts';
import type { Condition, DeliveryTerms, Terms } from '../../../../schemas/contracts/terms.ts';
import type { OdrlAgreement } from '../../../../schemas/contracts/views.ts';
import { DELIVERIES } from '../../../records/index.ts';

/** What ODRL's own vocabulary has no words for: rows, masks, moments of delivery. */
const ODRL_PROFILE = 'urn:exchange-hub:odrl:1';

type Rule = OdrlAgreement['permission'][number];
type Constraint = Readonly<Record<string, unknown>>;

/**
 * One terms version as an `odrl:Agreement` (https://www.w3.org/TR/odrl-model/, https://www.w3.org/TR/odrl-vocab/): the
 * consumer may use the records and fields agreed upon within purpose and validity, must not pass them on, and both have
 * their duties. Made of the same terms as the deliveries.
 */
export function odrlOf(agreement: Agreement, version: TermsVersion): OdrlAgreement {
  const { terms } = version;
  const assigner = `urn:exchange-hub:department:${agreement.provider}`;
  const assignee = `urn:exchange-hub:department:${agreement.consumer}`;
  const target = targetOf(agreement, version);
  const parties = { assigner, assignee };
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
    permission: [{ ...parties, target, action: 'use', constraint: useConstraints(terms) }],
    prohibition: [{ ...parties, target, action: 'distribute' }],
    obligation: obligations(terms, assigner, assignee, target),
  };
}

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
    ...(use === '' ? [] : [{ ...by(assignee, assigner), action: 'hub:useAsAgreed', ...words(use) }]),
    ...(security === '' ? [] : [{ ...by(assignee, assigner), action: 'hub:secure', ...words(security) }]),
  ];
}

function modeConstraints(terms: Terms): Constraint[] {
  switch (terms.mode) {
    case 'delivery':
      return deliveryConstraints(terms);
    default:
      return terms.mode satisfies never;
  }
}

const deliveryConstraints = (terms: DeliveryTerms): Constraint[] => [
  { leftOperand: 'hub:mode', operator: 'eq', rightOperand: `hub:${terms.mode}` },
  { leftOperand: 'hub:content', operator: 'eq', rightOperand: `hub:${terms.content}` },
  { leftOperand: 'hub:frequency', operator: 'eq', rightOperand: `hub:${terms.frequency}` },
  { leftOperand: 'hub:at', operator: 'eq', rightOperand: terms.at },
  { leftOperand: 'fileFormat', operator: 'eq', rightOperand: DELIVERIES[terms.format].mediaType },
];
