import { describe, expect, test } from '@jest/globals';
import { odrlOf } from '../../functions/agreements/domain/terms/odrl.ts';
import { OdrlAgreement } from '../../schemas/contracts/views.ts';
import { anId } from '../support/builders.ts';
import { agreementOn, others, type Changes } from './plain-cases.ts';

const odrl = (changes: Changes = {}) => {
  const agreement = agreementOn(changes);
  return odrlOf(agreement, agreement.terms[0]!);
};

describe('an agreement in ODRL', () => {
  test('names its parties, its profile and itself', () => {
    expect(OdrlAgreement.parse(odrl())).toMatchObject({
      '@type': 'Agreement',
      uid: `urn:exchange-hub:agreement:${anId(1)}:terms:1`,
      profile: 'urn:exchange-hub:odrl:1',
      assigner: 'urn:exchange-hub:department:quality',
      assignee: 'urn:exchange-hub:department:tax',
    });
  });
  test('permits the use of its rows and fields within validity and purpose', () => {
    const [permission] = odrl().permission;
    expect(permission).toMatchObject({
      action: 'use',
      target: {
        source: 'urn:exchange-hub:resource:legal-entities:version:1',
        refinement: [
          {
            leftOperand: 'hub:field',
            operator: 'isAnyOf',
            rightOperand: { '@list': ['org_code', 'name', 'phone', 'illness'] },
          },
          { leftOperand: 'hub:value', 'hub:of': 'org_code', operator: 'hub:startsWith', rightOperand: '11' },
          { leftOperand: 'hub:value', 'hub:of': 'capital', operator: 'gteq', rightOperand: 1000 },
          { leftOperand: 'hub:mask', 'hub:of': 'phone', operator: 'eq', rightOperand: 'hub:last4' },
        ],
      },
      constraint: [
        { leftOperand: 'dateTime', operator: 'gteq', rightOperand: { '@value': '2026-01-01', '@type': 'xsd:date' } },
        { leftOperand: 'dateTime', operator: 'lteq', rightOperand: { '@value': '2027-11-30', '@type': 'xsd:date' } },
        { leftOperand: 'purpose', operator: 'eq', rightOperand: 'tax registration' },
        { leftOperand: 'hub:legalBasis', operator: 'eq', rightOperand: '税收征收管理法 第十五条' },
        { leftOperand: 'hub:justification', 'hub:of': 'illness', rightOperand: 'benefits' },
      ],
    });
  });
  test('prohibits passing the data on', () => {
    expect(odrl().prohibition).toMatchObject([{ action: 'distribute', assignee: 'urn:exchange-hub:department:tax' }]);
  });
  test('obliges the provider to provide and the consumer to delete and protect', () => {
    expect(odrl().obligation).toMatchObject([
      { action: 'hub:provide', assignee: 'urn:exchange-hub:department:quality', 'hub:words': 'daily' },
      {
        action: 'delete',
        assignee: 'urn:exchange-hub:department:tax',
        constraint: [{ leftOperand: 'elapsedTime', rightOperand: { '@value': 'P365D' } }],
      },
      { action: 'hub:useAsAgreed', 'hub:words': 'no ranking' },
      { action: 'hub:secure', 'hub:words': 'in-house network only' },
    ]);
  });
  test('has no rule for what was not agreed', () => {
    expect(odrl({ duties: {} }).obligation.map(({ action }) => action)).toEqual(['hub:provide', 'delete']);
  });
});

test.each(Object.entries(others))('another value of %s makes another policy', (_, changes) => {
  expect(odrl(changes)).not.toEqual(odrl());
});
