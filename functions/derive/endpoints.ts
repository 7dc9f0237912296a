import type { Endpoint } from '../kernel/endpoint.ts';
import type { ReadPorts } from './ports.ts';
import { listUsesHandler } from './list-uses.handler.ts';
import { readDerivationHandler } from './read-derivation.handler.ts';
import { readImpactHandler } from './read-impact.handler.ts';
import { readLineageHandler } from './read-lineage.handler.ts';

/** Every route of the capability `derive`. */
export const deriveEndpoints = (ports: ReadPorts): readonly Endpoint[] =>
  [readDerivationHandler, readLineageHandler, readImpactHandler, listUsesHandler].map((handler) => handler(ports));
