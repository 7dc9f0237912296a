import * as z from 'zod';
import {
  AnnounceComparisonBody,
  AnnouncedComparison,
  Comparison,
  ComparisonList,
  ComparisonQuery,
  DecideComparisonBody,
} from '../comparisons.ts';
import { exampleOf } from '../examples/comparisons.ts';
import { ComparisonId } from '../ids.ts';
import { everyone, members, route } from './route.ts';

const params = z.strictObject({ comparisonId: ComparisonId });

export const comparisonsRoutes = {
  announceComparison: route('announceComparison', {
    capability: 'compare',
    roles: members,
    summary: 'Announce a list to compare',
    description:
      'By the consumer of an agreement of mode `comparison`. The answer’s `put` takes exactly the announced bytes within the hour; once they are there the list is compared, and the result is a delivery.',
    body: AnnounceComparisonBody,
    status: 201,
    response: AnnouncedComparison,
    errors: {
      'not-found': 404,
      'not-the-consumer': 403,
      'other-mode': 422,
      'agreement-not-active': 409,
      'invalid-comparison': 422,
      'quota-exceeded': 429,
      'changed-meanwhile': 409,
    },
    example: exampleOf.announceComparison,
  }),
  listComparisons: route('listComparisons', {
    capability: 'compare',
    roles: everyone,
    summary: 'List comparisons',
    description:
      'Newest first: what your department compared, and what was compared with its data; authority and auditor see all. The list, and what is said of it, is for its consumer alone.',
    query: ComparisonQuery,
    response: ComparisonList,
    example: exampleOf.listComparisons,
  }),
  readComparison: route('readComparison', {
    capability: 'compare',
    roles: everyone,
    summary: 'Read a comparison',
    description:
      'For its consumer; for provider, authority and auditor without the list: that it was run, for what, with how many rows and hits.',
    params,
    response: Comparison,
    errors: { 'not-found': 404 },
    example: exampleOf.readComparison,
  }),
  decideComparison: route('decideComparison', {
    capability: 'compare',
    roles: members,
    summary: 'Allow a comparison, or decline it',
    description: 'By the provider, where the terms ask for it, once the list is there.',
    params,
    body: DecideComparisonBody,
    response: Comparison,
    errors: { 'not-found': 404, 'not-the-provider': 403, 'wrong-state': 409, 'changed-meanwhile': 409 },
    example: exampleOf.decideComparison,
  }),
  cancelComparison: route('cancelComparison', {
    capability: 'compare',
    roles: members,
    summary: 'Cancel a comparison',
    description: 'By the consumer, as long as there is no result; the list is removed.',
    params,
    response: Comparison,
    errors: { 'not-found': 404, 'not-the-consumer': 403, 'wrong-state': 409, 'changed-meanwhile': 409 },
    example: exampleOf.cancelComparison,
  }),
} as const;
