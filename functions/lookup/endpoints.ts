import type { AttachmentPorts } from '../datasets/attachments/in-force.ts';
import type { Endpoint } from '../kernel/endpoint.ts';
import type { LookUpPorts } from './asking.ts';
import { listLookups } from './list-lookups.handler.ts';
import { lookUp } from './look-up.handler.ts';
import type { Facts, Lookups } from './ports.ts';
import { readLookupAttachment } from './read-attachment.handler.ts';
import { reportLookups } from './report-lookups.handler.ts';
import { watchLookups } from './watch-lookups.handler.ts';

export interface LookupApiPorts extends Omit<LookUpPorts, 'facts' | 'lookups'>, AttachmentPorts {
  readonly facts: Facts;
  readonly lookups: Lookups;
}

/** The routes of this capability. */
export const lookupEndpoints = (ports: LookupApiPorts): readonly Endpoint[] => [
  lookUp(ports),
  readLookupAttachment(ports),
  listLookups(ports),
  watchLookups(ports),
  reportLookups(ports),
];
