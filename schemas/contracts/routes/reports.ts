import * as z from 'zod';
import { exampleOf } from '../examples/reports.ts';
import { AgreementId } from '../ids.ts';
import {
  Benefit,
  BenefitBody,
  BenefitList,
  BenefitQuery,
  PlatformReport,
  ReportQuery,
  UnusedGrantList,
  UnusedQuery,
  Usage,
  UsageQuery,
} from '../reports.ts';
import { everyone, members, route } from './route.ts';

export const reportsRoutes = {
  platformReport: route('platformReport', {
    capability: 'reports',
    roles: everyone,
    summary: 'What was exchanged, and what it was good for',
    description:
      'Figures per month, theme, pair, provider, consumer, resource, rule, reason of lookups or kind of comparisons, for months `from` to `to` inclusive. Authority and auditor see everything, a department what it provided or received. Counted about once a minute; a delivery is late that went out more than 15 minutes after it could have.',
    query: ReportQuery,
    response: PlatformReport,
    formats: ['csv'],
    errors: { 'invalid-period': 422 },
    example: exampleOf.platformReport,
  }),
  readUsage: route('readUsage', {
    capability: 'reports',
    roles: everyone,
    summary: 'What use is made of an agreement',
    description:
      'For its parties, the authority and auditors: deliveries released, fetched and confirmed, those never fetched, what was looked up and compared, and the fields that nobody made use of in the last `days` days.',
    params: z.strictObject({ agreementId: AgreementId }),
    query: UsageQuery,
    response: Usage,
    errors: { 'not-found': 404 },
    example: exampleOf.readUsage,
  }),
  listUnusedGrants: route('listUnusedGrants', {
    capability: 'reports',
    roles: everyone,
    summary: 'Grants that nobody makes use of',
    description:
      'Agreements in force whose terms were filed at least `days` days ago and of which nothing, or not every field, was fetched, looked up or compared since then. Authority and auditor see all, a department its own. A page may have fewer items than `limit`, also none, and lead on.',
    query: UnusedQuery,
    response: UnusedGrantList,
    formats: ['csv'],
    example: exampleOf.listUnusedGrants,
  }),
  stateBenefit: route('stateBenefit', {
    capability: 'reports',
    roles: members,
    summary: 'State what an agreement was good for',
    description:
      'By the consumer, for one month; a later statement for the same month takes the place of the earlier one, and the evidence keeps both. `restsOn` names the lookups and comparisons of that month that it came of, which the hub looks at: `found` is what they came to.',
    params: z.strictObject({ agreementId: AgreementId }),
    body: BenefitBody,
    status: 201,
    response: Benefit,
    errors: {
      'not-found': 404,
      'not-the-consumer': 403,
      'wrong-state': 409,
      'invalid-statement': 422,
      'changed-meanwhile': 409,
    },
    example: exampleOf.stateBenefit,
  }),
  listBenefits: route('listBenefits', {
    capability: 'reports',
    roles: everyone,
    summary: 'What an agreement was good for, month by month',
    description: 'Newest month first; for its parties, the authority and auditors.',
    params: z.strictObject({ agreementId: AgreementId }),
    query: BenefitQuery,
    response: BenefitList,
    formats: ['csv'],
    errors: { 'not-found': 404 },
    example: exampleOf.listBenefits,
  }),
} as const;
