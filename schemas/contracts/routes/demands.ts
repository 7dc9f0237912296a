import * as z from 'zod';
import {
  DeclineBody,
  Demand,
  DemandBody,
  DemandList,
  DemandQuery,
  DraftBody,
  DraftedAgreement,
  MatchBody,
  MatchesQuery,
  MatchList,
  WithdrawBody,
} from '../demands.ts';
import { exampleOf } from '../examples/demands.ts';
import { DemandId, ThemeId } from '../ids.ts';
import { Coverage, CoverageQuery, Theme, ThemeBody, ThemeList, ThemeQuery } from '../themes.ts';
import { everyone, members, route } from './route.ts';

const theme = z.strictObject({ themeId: ThemeId });
const demand = z.strictObject({ demandId: DemandId });

/** What naming a resource for a demand may meet. */
const matching = {
  'not-found': 404,
  'not-the-demander': 403,
  'wrong-state': 409,
  'resource-not-found': 404,
  'resource-retired': 409,
  'own-resource': 422,
  'sharing-refused': 422,
  'changed-meanwhile': 409,
} as const;

export const demandsRoutes = {
  defineTheme: route('defineTheme', {
    capability: 'demands',
    roles: members,
    summary: 'Define a theme',
    description:
      'The first call creates the theme, led by the caller; later its lead changes it. The authority may create one for another department, and hands a theme over by naming another lead.',
    params: theme,
    body: ThemeBody,
    response: Theme,
    errors: { 'not-the-lead': 403, 'invalid-theme': 422, 'changed-meanwhile': 409 },
    example: exampleOf.defineTheme,
  }),
  listThemes: route('listThemes', {
    capability: 'demands',
    roles: everyone,
    summary: 'List themes',
    description: 'In order of their ids; `member` keeps to those that a department leads or belongs to.',
    query: ThemeQuery,
    response: ThemeList,
    example: exampleOf.listThemes,
  }),
  readTheme: route('readTheme', {
    capability: 'demands',
    roles: everyone,
    summary: 'Read a theme',
    description: 'Its name, lead, members and purpose; GET /v1/resources?theme= lists its resource catalog.',
    params: theme,
    response: Theme,
    errors: { 'not-found': 404 },
    example: exampleOf.readTheme,
  }),
  readCoverage: route('readCoverage', {
    capability: 'demands',
    roles: everyone,
    summary: 'The sheet of a theme',
    description:
      'For each need whether it is catalogued, agreed, delivered and current, and what it lacks first; for the members, the lead, the authority and auditors.',
    params: theme,
    query: CoverageQuery,
    response: Coverage,
    formats: ['csv'],
    errors: { 'not-found': 404 },
    example: exampleOf.readCoverage,
  }),
  stateThemeDemand: route('stateThemeDemand', {
    capability: 'demands',
    roles: members,
    summary: 'State a demand in a theme',
    description: 'By its lead or a member, who is the demander. The departments that are asked get a notice.',
    params: theme,
    body: DemandBody,
    status: 201,
    response: Demand,
    errors: { 'theme-not-found': 404, 'not-a-member': 403, 'invalid-demand': 422, 'changed-meanwhile': 409 },
    example: exampleOf.stateThemeDemand,
  }),
  stateDemand: route('stateDemand', {
    capability: 'demands',
    roles: members,
    summary: 'State a demand',
    description: 'Of the caller alone, in no theme. The departments that are asked get a notice.',
    body: DemandBody,
    status: 201,
    response: Demand,
    errors: { 'invalid-demand': 422, 'changed-meanwhile': 409 },
    example: exampleOf.stateDemand,
  }),
  listDemands: route('listDemands', {
    capability: 'demands',
    roles: everyone,
    summary: 'List demands',
    description:
      'A department sees its own, those that it is asked for and those of its themes; authority and auditor see all. All given criteria hold together.',
    query: DemandQuery,
    response: DemandList,
    example: exampleOf.listDemands,
  }),
  readDemand: route('readDemand', {
    capability: 'demands',
    roles: everyone,
    summary: 'Read a demand',
    description:
      'For the demander, those asked, the members and the lead of its theme, the authority and auditors. The state is read off the agreement for it.',
    params: demand,
    response: Demand,
    errors: { 'not-found': 404 },
    example: exampleOf.readDemand,
  }),
  listMatches: route('listMatches', {
    capability: 'demands',
    roles: everyone,
    summary: 'What the catalog has for a demand',
    description:
      'Entries that speak of what is needed, the likeliest first, each with its reasons: words, fields, code lists, the theme, the provider asked. From the catalog alone, for everyone who may read the demand.',
    params: demand,
    query: MatchesQuery,
    response: MatchList,
    errors: { 'not-found': 404 },
    example: exampleOf.listMatches,
  }),
  matchDemand: route('matchDemand', {
    capability: 'demands',
    roles: members,
    summary: 'Name the resource for a demand',
    description: 'By the demander; a department that is asked names a resource of its own, which answers the demand.',
    params: demand,
    body: MatchBody,
    response: Demand,
    errors: { ...matching, 'not-the-provider': 403 },
    example: exampleOf.matchDemand,
  }),
  draftAgreement: route('draftAgreement', {
    capability: 'demands',
    roles: members,
    summary: 'Turn a demand into a drafted agreement',
    description:
      'By the demander. The answer is complete: post it to /v1/agreements to propose it. Names the match too, where `resourceId` is given.',
    params: demand,
    body: DraftBody,
    response: DraftedAgreement,
    errors: { ...matching, 'invalid-terms': 422 },
    example: exampleOf.draftAgreement,
  }),
  declineDemand: route('declineDemand', {
    capability: 'demands',
    roles: members,
    summary: 'Decline a demand',
    description:
      'By a department that is asked, for itself; the demand is declined once all who were asked have declined it.',
    params: demand,
    body: DeclineBody,
    response: Demand,
    errors: { 'not-found': 404, 'not-asked': 403, 'wrong-state': 409, 'already-stated': 409, 'changed-meanwhile': 409 },
    example: exampleOf.declineDemand,
  }),
  withdrawDemand: route('withdrawDemand', {
    capability: 'demands',
    roles: members,
    summary: 'Withdraw a demand',
    description: 'By the demander, while no agreement for it is under way or in force.',
    params: demand,
    body: WithdrawBody,
    response: Demand,
    errors: { 'not-found': 404, 'not-the-demander': 403, 'wrong-state': 409, 'changed-meanwhile': 409 },
    example: exampleOf.withdrawDemand,
  }),
} as const;
