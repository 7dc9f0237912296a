import * as z from 'zod';
import { exampleOf } from '../examples/terms.ts';
import { AgreementId, ResourceId, SchemeId } from '../ids.ts';
import { Offer, OfferBody } from '../offers.ts';
import { Scheme, SchemeAcceptanceBody, SchemeBody, SchemeSignaturesBody, SchemeSteps } from '../schemes.ts';
import {
  AgreementText,
  Differences,
  DifferencesQuery,
  OdrlAgreement,
  PrecedentList,
  PrecedentQuery,
  Preview,
  TermsVersionQuery,
  TextQuery,
} from '../views.ts';
import { everyone, members, route } from './route.ts';

const ofAgreement = z.strictObject({ agreementId: AgreementId });
const ofResource = z.strictObject({ resourceId: ResourceId });
const ofScheme = z.strictObject({ schemeId: SchemeId });

export const termsRoutes = {
  compareTerms: route('compareTerms', {
    capability: 'agreements',
    roles: everyone,
    summary: 'What differs between two terms versions',
    description:
      'Field by field, between any two terms versions of the agreement. Fields and conditions are compared as sets; where only their order differs, that is told as `reordered`.',
    params: ofAgreement,
    query: DifferencesQuery,
    response: Differences,
    formats: ['csv'],
    errors: { 'not-found': 404, 'no-such-terms': 404 },
    example: exampleOf.compareTerms,
  }),
  readText: route('readText', {
    capability: 'agreements',
    roles: everyone,
    summary: 'An agreement in plain words',
    description:
      'Made of the terms, in Chinese or English: who gives whom which fields and records, how often, what for, until when, with which duties, and what each side does next. Each sentence names the place of the data that it speaks of. With `format=html` a page for printing.',
    params: ofAgreement,
    query: TextQuery,
    response: AgreementText,
    formats: ['html'],
    errors: { 'not-found': 404, 'no-such-terms': 404 },
    example: exampleOf.readText,
  }),
  readOdrl: route('readOdrl', {
    capability: 'agreements',
    roles: everyone,
    summary: 'An agreement in ODRL',
    description:
      'One terms version as an `odrl:Agreement` in JSON-LD: permission with its constraints, prohibition, obligations; rows, masks and moments of delivery by the profile `urn:exchange-hub:odrl:1`.',
    params: ofAgreement,
    query: TermsVersionQuery,
    response: OdrlAgreement,
    errors: { 'not-found': 404, 'no-such-terms': 404 },
    example: exampleOf.readOdrl,
  }),
  previewTerms: route('previewTerms', {
    capability: 'agreements',
    roles: everyone,
    summary: 'What some terms cover today',
    description:
      'The number of records, the fields and the first records of exactly what these terms cover of the data in force (of lookups one record, of comparisons none), masked as the terms say and beyond that hidden where they are not public. For the provider; for the consumer while these terms are on the table or in force, once the provider itself has proposed, accepted or signed them. Of very large data a part is looked at (`exact: false`).',
    params: ofAgreement,
    query: TermsVersionQuery,
    response: Preview,
    errors: { 'not-found': 404, 'no-such-terms': 404, 'not-yours-to-preview': 403, 'nothing-to-preview': 409 },
    example: exampleOf.previewTerms,
  }),
  listPrecedents: route('listPrecedents', {
    capability: 'agreements',
    roles: everyone,
    summary: 'Terms in force on a resource',
    description: 'The provider’s other agreements on it, to begin new terms with. In order of proposal.',
    params: ofResource,
    query: PrecedentQuery,
    response: PrecedentList,
    formats: ['csv'],
    errors: { 'resource-not-found': 404, 'not-the-provider': 403 },
    example: exampleOf.listPrecedents,
  }),
  stateOffer: route('stateOffer', {
    capability: 'agreements',
    roles: members,
    summary: 'State a standing offer',
    description:
      'By the provider of an unconditionally shared resource: a proposal whose terms stay within the offer in everything is accepted at once. Takes the place of an earlier offer.',
    params: ofResource,
    body: OfferBody,
    response: Offer,
    errors: { 'resource-not-found': 404, 'not-the-provider': 403, 'invalid-offer': 422 },
    example: exampleOf.stateOffer,
  }),
  readOffer: route('readOffer', {
    capability: 'agreements',
    roles: everyone,
    summary: 'The standing offer on a resource',
    description: 'For whom it is stated, its provider, the authority and auditors.',
    params: ofResource,
    response: Offer,
    errors: { 'not-found': 404 },
    example: exampleOf.readOffer,
  }),
  withdrawOffer: route('withdrawOffer', {
    capability: 'agreements',
    roles: members,
    summary: 'Withdraw a standing offer',
    description: 'By the provider; answers the offer that was withdrawn. What was accepted under it stays accepted.',
    params: ofResource,
    response: Offer,
    errors: { 'not-found': 404, 'not-the-provider': 403, 'changed-meanwhile': 409 },
    example: exampleOf.withdrawOffer,
  }),
  proposeScheme: route('proposeScheme', {
    capability: 'agreements',
    roles: members,
    summary: 'Propose many agreements as one act',
    description:
      'At most 50 proposals: of a consumer on resources of others, of a provider to others on its own, each resource once for each consumer. Each becomes an agreement or is refused by itself, as a single proposal would be. Send an Idempotency-Key: a call that was cut off is completed by its repetition.',
    body: SchemeBody,
    status: 201,
    response: Scheme,
    errors: { 'invalid-scheme': 422, 'idempotency-key-reused': 422, 'changed-meanwhile': 409 },
    example: exampleOf.proposeScheme,
  }),
  readScheme: route('readScheme', {
    capability: 'agreements',
    roles: everyone,
    summary: 'Read a scheme',
    description:
      'Whoever proposed it reads all of it, every other party its own part, authority and auditors all agreements; with what is needed to accept and to sign.',
    params: ofScheme,
    response: Scheme,
    errors: { 'not-found': 404 },
    example: exampleOf.readScheme,
  }),
  acceptScheme: route('acceptScheme', {
    capability: 'agreements',
    roles: members,
    summary: 'Accept several agreements of a scheme',
    description:
      'Those that the body names, each bound to the terms version that was read. Each is accepted or refused by itself; one that the caller has accepted before counts as accepted.',
    params: ofScheme,
    body: SchemeAcceptanceBody,
    response: SchemeSteps,
    errors: { 'not-found': 404, 'not-a-party': 403, 'changed-meanwhile': 409 },
    example: exampleOf.acceptScheme,
  }),
  signScheme: route('signScheme', {
    capability: 'agreements',
    roles: members,
    summary: 'Sign several agreements of a scheme',
    description:
      'Those that the body names, each bound to version and digest of the terms that were read. Each is signed or refused by itself; one that the caller has signed before counts as signed.',
    params: ofScheme,
    body: SchemeSignaturesBody,
    response: SchemeSteps,
    errors: { 'not-found': 404, 'not-a-party': 403, 'changed-meanwhile': 409 },
    example: exampleOf.signScheme,
  }),
} as const;
