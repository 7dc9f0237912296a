import type { Endpoint } from '../kernel/http.ts';
import { acceptHandler } from './accept.handler.ts';
import { fileHandler } from './file.handler.ts';
import { listHandler } from './list.handler.ts';
import type { Ports } from './ports.ts';
import { proposeHandler } from './propose.handler.ts';
import { readHandler } from './read.handler.ts';
import { signHandler } from './sign.handler.ts';
import { terminateHandler } from './terminate.handler.ts';

/** Every route of the capability `agreements`. */
export const agreementEndpoints = (ports: Ports): readonly Endpoint[] =>
  [proposeHandler, acceptHandler, signHandler, fileHandler, terminateHandler, readHandler, listHandler].map((handler) =>
    handler(ports),
  );
