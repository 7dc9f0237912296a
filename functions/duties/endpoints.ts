import type { Endpoint } from '../kernel/endpoint.ts';
import { listHandler } from './list.handler.ts';
import type { Ports } from './ports.ts';
import { readAgreementDutiesHandler } from './read-agreement-duties.handler.ts';

/** Every route of the capability `duties`. */
export const dutyEndpoints = (ports: Ports): readonly Endpoint[] => [
  listHandler(ports),
  readAgreementDutiesHandler(ports),
];
