import type { Endpoint } from '../../kernel/endpoint.ts';
import { acceptSchemeHandler } from './accept-scheme.handler.ts';
import type { SchemePorts } from './ports.ts';
import { proposeSchemeHandler } from './propose-scheme.handler.ts';
import { readSchemeHandler } from './read-scheme.handler.ts';
import { signSchemeHandler } from './sign-scheme.handler.ts';

/** One act across many departments. */
export const schemeEndpoints = (ports: SchemePorts): readonly Endpoint[] =>
  [proposeSchemeHandler, readSchemeHandler, acceptSchemeHandler, signSchemeHandler].map((handler) => handler(ports));
