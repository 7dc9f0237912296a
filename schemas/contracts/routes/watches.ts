import * as z from 'zod';
import { exampleOf } from '../examples/watches.ts';
import { WatchId } from '../ids.ts';
import { KeyWatch, KeyWatchList, KeyWatchQuery, LodgedWatch, LodgeKeysBody } from '../watches.ts';
import { everyone, members, route } from './route.ts';

const params = z.strictObject({ watchId: WatchId });

export const watchesRoutes = {
  lodgeKeys: route('lodgeKeys', {
    capability: 'compare',
    roles: members,
    summary: 'Lodge keys whose records are watched',
    description:
      'By the consumer of an agreement of mode `lookup` or `comparison` whose terms say `watchKeys`. Its mailbox gets a notice when a record of the keys appears, changes or goes, and nothing of the record. Up to 1,000 `keys` in the call, or a `list`, which the answer’s `put` takes within the hour.',
    body: LodgeKeysBody,
    status: 201,
    response: LodgedWatch,
    errors: {
      'not-found': 404,
      'not-the-consumer': 403,
      'other-mode': 422,
      'agreement-not-active': 409,
      'invalid-watch': 422,
      'too-many-watches': 409,
      'quota-exceeded': 429,
      'changed-meanwhile': 409,
    },
    example: exampleOf.lodgeKeys,
  }),
  listWatches: route('listWatches', {
    capability: 'compare',
    roles: everyone,
    summary: 'List watches',
    description:
      'Newest first: keys that your department has watched, and that are watched in its data; authority and auditor see all. Which keys, nobody is told.',
    query: KeyWatchQuery,
    response: KeyWatchList,
    example: exampleOf.listWatches,
  }),
  readWatch: route('readWatch', {
    capability: 'compare',
    roles: everyone,
    summary: 'Read a watch',
    description: 'For its consumer, provider, authority and auditor: how many keys, and how many changes were told.',
    params,
    response: KeyWatch,
    errors: { 'not-found': 404 },
    example: exampleOf.readWatch,
  }),
  endWatch: route('endWatch', {
    capability: 'compare',
    roles: members,
    summary: 'End a watch',
    description: 'By the consumer; the keys are removed.',
    params,
    response: KeyWatch,
    errors: { 'not-found': 404, 'not-the-consumer': 403, 'wrong-state': 409, 'changed-meanwhile': 409 },
    example: exampleOf.endWatch,
  }),
} as const;
