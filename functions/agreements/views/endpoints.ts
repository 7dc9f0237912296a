import type { Endpoint } from '../../kernel/endpoint.ts';
import { differencesHandler } from './differences.handler.ts';
import { odrlHandler } from './odrl.handler.ts';
import type { ViewPorts } from './ports.ts';
import { precedentsHandler } from './precedents.handler.ts';
import { previewHandler } from './preview.handler.ts';
import { textHandler } from './text.handler.ts';

/** What an agreement says, for people and for machines, and what it would deliver. */
export const viewEndpoints = (ports: ViewPorts): readonly Endpoint[] =>
  [differencesHandler, textHandler, odrlHandler, previewHandler, precedentsHandler].map((handler) => handler(ports));
