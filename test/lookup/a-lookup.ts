import type { LookupId } from '../../schemas/contracts/ids.ts';
import type { StoredLookup, StoredOfficerDay } from '../../schemas/stored/lookups.ts';
import { anId, day, department, instant, resource, sha256 } from '../support/builders.ts';

export const aLookup = (changes: Partial<StoredLookup> = {}): StoredLookup => ({
  lookupId: anId(1) as string as LookupId,
  agreementId: anId(1),
  termsVersion: 1,
  resourceId: resource('legal-entities'),
  resourceVersion: 1,
  datasetVersion: 1,
  at: instant,
  provider: department('quality'),
  consumer: department('tax'),
  reason: 'enforcement',
  keys: 1,
  found: 1,
  officer: 'li.wei',
  caseNumber: '(2026)执1024号',
  lookedUp: [{ digest: sha256, found: true }],
  ...changes,
});

export const anOfficerDay = (changes: Partial<StoredOfficerDay> = {}): StoredOfficerDay => ({
  day,
  agreementId: anId(1),
  resourceId: resource('legal-entities'),
  provider: department('quality'),
  consumer: department('tax'),
  officer: 'li.wei',
  officerRef: '7Q3M9K2V5X8Z1B4D6F0H2J5N8P',
  termsVersion: 1,
  lookups: 0,
  keys: 0,
  misses: 0,
  missRun: 0,
  longestMissRun: 0,
  consecutive: 0,
  oddHours: 0,
  refused: 0,
  recent: [],
  lastAt: instant,
  ...changes,
});
