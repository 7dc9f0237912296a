import type { Endpoint } from '../kernel/endpoint.ts';
import { consents } from './consents.ts';
import { listHandler } from './list.handler.ts';
import type { Ports } from './ports.ts';
import { proposeHandler } from './propose.handler.ts';
import { readHistoryHandler } from './read-history.handler.ts';
import { readHandler } from './read.handler.ts';
import { steps } from './steps.ts';

/** The life of an agreement: every route that begins, moves or shows one. */
export const agreementEndpoints = (ports: Ports): readonly Endpoint[] =>
  [proposeHandler, ...steps, ...consents, readHandler, readHistoryHandler, listHandler].map((handler) =>
    handler(ports),
  );
