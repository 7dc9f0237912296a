import * as z from 'zod';
import { AgreementDuties, AgreementDutiesQuery, DutyList, DutyQuery } from '../duties.ts';
import { exampleOf } from '../examples/duties.ts';
import { AgreementId } from '../ids.ts';
import { everyone, route } from './route.ts';

export const dutiesRoutes = {
  listDuties: route('listDuties', {
    capability: 'duties',
    roles: everyone,
    summary: 'Who owes what by when',
    description:
      'In order of the last day. A department sees what it owes, or with `side=others` what others owe it; authority and auditor see everything, unless they name a side. `overdue=true` leaves what is past its last day.',
    query: DutyQuery,
    response: DutyList,
    formats: ['csv'],
    example: exampleOf.listDuties,
  }),
  readAgreementDuties: route('readAgreementDuties', {
    capability: 'duties',
    roles: everyone,
    summary: 'What is owed under an agreement',
    description: 'For its parties, the authority and the auditor; as of this moment, in order of the last day.',
    params: z.strictObject({ agreementId: AgreementId }),
    query: AgreementDutiesQuery,
    response: AgreementDuties,
    formats: ['csv'],
    errors: { 'not-found': 404 },
    example: exampleOf.readAgreementDuties,
  }),
} as const;
