import type { ToldLookup } from '../../schemas/contracts/lookups.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { findDepartment } from '../../schemas/registry/departments.ts';
import type { StoredLookup } from '../../schemas/stored/lookups.ts';
import type { Words } from '../../schemas/words/language.ts';
import { endpoint, type Call, type Reply } from '../kernel/endpoint.ts';
import { actorOf, evidenceOf } from '../kernel/evidence.ts';
import { Fault } from '../kernel/fault.ts';
import type { Macs } from '../kernel/macs.ts';
import { done, refuse, type Outcome } from '../kernel/outcome.ts';
import type { Hub } from '../kernel/ports.ts';
import { isPast } from '../kernel/time.ts';
import { readKey } from '../reading/record-key.ts';
import { versionOf } from '../reading/terms.ts';
import { keyText } from './domain/key-text.ts';
import { paperOf } from './domain/paper.ts';
import type { Facts, Lookups } from './ports.ts';

export interface ReportPorts extends Hub {
  readonly facts: Pick<Facts, 'resource' | 'agreement'>;
  readonly lookups: Pick<Lookups, 'about' | 'report'>;
  readonly macs: Macs;
}

type Route = typeof routes.reportLookups;

/** What a person is told who asks for it. That the authority asked is proved before it is answered. */
export const reportLookups = (ports: ReportPorts) =>
  endpoint(
    routes.reportLookups,
    async (call) => {
      const asOf = ports.clock.now();
      const wanted = await wantedOf(ports, call);
      if (!wanted.ok) return wanted;
      const { resource, digest } = wanted.value;
      const { resourceId, version: resourceVersion, provider } = resource;
      const about = { resourceId, resourceVersion, provider };
      const evidence = evidenceOf(ports, 'lookups-reported', actorOf(call.caller), about, { key1: digest });
      const isProved = await ports.lookups.report(evidence, call.refer({ resourceId, asOf }));
      return isProved ? reported(ports, call, wanted.value, asOf) : refuse('changed-meanwhile');
    },
    async (call, { asOf }) => {
      const wanted = await wantedOf(ports, call);
      return wanted.ok ? reported(ports, call, wanted.value, String(asOf)) : wanted;
    },
  );

interface Wanted {
  readonly resource: ResourceVersion;
  /** Of the key. */
  readonly digest: string;
}

async function wantedOf(
  { facts, macs }: ReportPorts,
  { body }: Call<Route>,
): Promise<Outcome<Wanted, 'resource-not-found' | 'invalid-lookup'>> {
  const resource = await facts.resource(body.resourceId);
  if (!resource) return refuse('resource-not-found');
  const { schema } = resource.definition;
  if (!schema.primaryKey) return refuse('invalid-lookup', { violations: [keyless] });
  const key = readKey(body.key, schema.primaryKey, schema, ['key']);
  if ('violations' in key) return refuse('invalid-lookup', key);
  return done({ resource, digest: (await macs.keyed('key'))(keyText(body.resourceId, key.ordered)) });
}

async function reported(
  ports: ReportPorts,
  { query }: Call<Route>,
  { resource, digest }: Wanted,
  asOf: string,
): Promise<Reply<Route>> {
  const { items, cursor } = await ports.lookups.about(resource.resourceId, digest, query);
  const until = items.filter(({ at }) => isPast(at, asOf));
  const told = await Promise.all(until.map((lookup) => toldOf(ports, lookup, digest)));
  const { resourceId, provider, definition } = resource;
  const answer = { resourceId, title: definition.title, provider, asOf, items: told };
  const { language, format } = query;
  const paper = { language, timeZone: ports.timeZone, nameOf, goesOn: cursor !== undefined };
  return done({
    ...answer,
    ...(cursor !== undefined && { cursor }),
    ...(format === 'html' && { html: paperOf(answer, paper) }),
  });
}

const keyless = {
  path: '/resourceId',
  rule: 'key',
  message: 'the resource has no primary key, so nothing is looked up in it',
};

async function toldOf({ facts }: ReportPorts, lookup: StoredLookup, digest: string): Promise<ToldLookup> {
  const { lookupId, at, consumer, reason, caseNumber, agreementId, termsVersion, lookedUp } = lookup;
  const agreement = await facts.agreement(agreementId);
  if (!agreement) throw new Fault(`agreement ${agreementId} is not there`);
  const { legalBasis, purpose } = versionOf(agreement, termsVersion).terms;
  return {
    lookupId,
    at,
    department: consumer,
    reason,
    caseNumber,
    legalBasis,
    purpose,
    agreementId,
    ...(agreement.filingNumber !== undefined && { filingNumber: agreement.filingNumber }),
    found: lookedUp.some((key) => key.digest === digest && key.found),
  };
}

/** One that left the registry keeps its id. */
const nameOf = (id: string): Words => {
  const department = findDepartment(id);
  return department ? { zh: department.name, en: department.nameEn } : { zh: id, en: id };
};
