import * as z from 'zod';
import { DerivationRun, ImpactQuery, ResourceImpact, ResourceLineage } from '../derivation-runs.ts';
import { exampleOf } from '../examples/derivations.ts';
import { ResourceId } from '../ids.ts';
import { UseList, UseQuery } from '../uses.ts';
import { everyone, route } from './route.ts';

const params = z.strictObject({ resourceId: ResourceId });

export const derivationsRoutes = {
  readDerivation: route('readDerivation', {
    capability: 'derive',
    roles: everyone,
    summary: 'Read the last run of a derivation',
    description:
      'What became of the last run, why it made no dataset version where it made none, and which versions of its inputs it read; figures and rules, no values. For the provider, authority and auditor.',
    params,
    response: DerivationRun,
    errors: { 'not-found': 404 },
    example: exampleOf.readDerivation,
  }),
  readLineage: route('readLineage', {
    capability: 'derive',
    roles: everyone,
    summary: 'Read where the fields of a derived resource come from',
    description:
      'Found in the statement, with what each field inherits of its sources as they stand. For the provider, authority and auditor; whoever provides an input finds the fields that its own have a part in.',
    params,
    response: ResourceLineage,
    errors: { 'not-found': 404 },
    example: exampleOf.readLineage,
  }),
  readImpact: route('readImpact', {
    capability: 'derive',
    roles: everyone,
    summary: 'Read what stops without an agreement',
    description:
      'Which fields and agreements of a derived resource stop where an agreement that it rests on is suspended or ends. For its provider, authority and auditor, and the provider of that agreement.',
    params,
    query: ImpactQuery,
    response: ResourceImpact,
    errors: { 'not-found': 404 },
    example: exampleOf.readImpact,
  }),
  listUses: route('listUses', {
    capability: 'derive',
    roles: everyone,
    summary: 'List who uses fields of a derived resource',
    description:
      'Agreements whose terms are in force or agreed upon, with the fields that the caller’s own have a part in; of terms that it is asked to consent to also what for, for how long, and their digest. For departments whose fields are in it; provider, authority and auditor find all fields.',
    params,
    query: UseQuery,
    response: UseList,
    errors: { 'not-found': 404 },
    example: exampleOf.listUses,
  }),
};
