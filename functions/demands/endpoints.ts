import type { Endpoint } from '../kernel/endpoint.ts';
import { declineHandler } from './decline.handler.ts';
import { defineThemeHandler } from './define-theme.handler.ts';
import { draftHandler } from './draft.handler.ts';
import { listDemandsHandler } from './list-demands.handler.ts';
import { listMatchesHandler } from './list-matches.handler.ts';
import { listThemesHandler } from './list-themes.handler.ts';
import { matchHandler } from './match.handler.ts';
import type { Ports } from './ports.ts';
import { readCoverageHandler } from './read-coverage.handler.ts';
import { readDemandHandler } from './read-demand.handler.ts';
import { readThemeHandler } from './read-theme.handler.ts';
import { stateDemandHandler, stateThemeDemandHandler } from './state-demand.handler.ts';
import { withdrawHandler } from './withdraw.handler.ts';

/** Every route of the capability `demands`. */
export const demandEndpoints = (ports: Ports): readonly Endpoint[] =>
  [
    defineThemeHandler,
    listThemesHandler,
    readThemeHandler,
    readCoverageHandler,
    stateThemeDemandHandler,
    stateDemandHandler,
    listDemandsHandler,
    readDemandHandler,
    listMatchesHandler,
    matchHandler,
    draftHandler,
    declineHandler,
    withdrawHandler,
  ].map((handler) => handler(ports));
