import * as z from 'zod';
import { AttachmentContent, AttachmentReference } from '../attachments.ts';
import { exampleOf } from '../examples/lookups.ts';
import { LookupId } from '../ids.ts';
import {
  LookupAnswer,
  LookupBody,
  LookupList,
  LookupQuery,
  LookupReport,
  ReportLookupsBody,
  ReportLookupsQuery,
  WatchList,
  WatchQuery,
} from '../lookups.ts';
import { everyone, members, route } from './route.ts';

export const lookupsRoutes = {
  lookUp: route('lookUp', {
    capability: 'lookup',
    roles: members,
    summary: 'Look a record up by its key',
    description:
      'By the consumer of an agreement of mode `lookup`, for a case and one of the reasons of its terms. The evidence is committed before the answer is given, and counts towards the quotas of the day whatever is found. A record outside the terms is `found: false`, like one that does not exist.',
    body: LookupBody,
    response: LookupAnswer,
    errors: {
      'not-found': 404,
      'not-the-consumer': 403,
      'officer-unknown': 403,
      'other-mode': 422,
      'agreement-not-active': 409,
      'not-answerable': 409,
      'answer-not-kept': 409,
      'changed-meanwhile': 409,
      'invalid-lookup': 422,
      'quota-exceeded': 429,
    },
    example: exampleOf.lookUp,
  }),
  readLookupAttachment: route('readLookupAttachment', {
    capability: 'lookup',
    roles: members,
    summary: 'A URL of an attachment of a record that was looked up',
    description:
      'For the officer who looked it up, by the reference that stands in the record, as long as the agreement is in force at the terms of the lookup and these let its answer be kept. It lives 60 seconds, and is written into the evidence before it is given.',
    params: z.strictObject({ lookupId: LookupId, reference: AttachmentReference }),
    response: AttachmentContent,
    errors: {
      'not-found': 404,
      'not-the-consumer': 403,
      'answer-not-kept': 409,
      'retention-over': 409,
      'agreement-not-active': 409,
    },
    example: exampleOf.readLookupAttachment,
  }),
  listLookups: route('listLookups', {
    capability: 'lookup',
    roles: everyone,
    summary: 'What was looked up',
    description:
      'Newest first, without keys and records: by your department, and in its data, there without officer and case. Authority and auditors see all.',
    query: LookupQuery,
    response: LookupList,
    formats: ['csv'],
    example: exampleOf.listLookups,
  }),
  watchLookups: route('watchLookups', {
    capability: 'lookup',
    roles: everyone,
    summary: 'Who looks up how much, and what stands out',
    description:
      'A line for each officer, agreement and day, newest day first: consecutive keys, runs of misses, odd hours, refused calls. For the provider, and all of it for the authority and auditors.',
    query: WatchQuery,
    response: WatchList,
    formats: ['csv'],
    example: exampleOf.watchLookups,
  }),
  reportLookups: route('reportLookups', {
    capability: 'lookup',
    roles: ['authority'],
    summary: 'What was looked up about somebody',
    description:
      'By the authority, for the answer to a person who asks: every lookup of this key that is kept, newest first. That it was asked for is itself in the evidence.',
    query: ReportLookupsQuery,
    body: ReportLookupsBody,
    response: LookupReport,
    formats: ['html'],
    errors: { 'resource-not-found': 404, 'invalid-lookup': 422, 'changed-meanwhile': 409 },
    example: exampleOf.reportLookups,
  }),
} as const;
