import { routes } from '../../schemas/contracts/routes.ts';
import { digestOf } from '../kernel/digest.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { actorOf, evidenceOf } from '../kernel/evidence.ts';
import { refuse } from '../kernel/outcome.ts';
import { defineTheme } from './domain/theme.ts';
import type { Ports } from './ports.ts';

export const defineThemeHandler = (ports: Ports) =>
  endpoint(routes.defineTheme, async ({ params: { themeId }, body, caller }) => {
    const current = await ports.themes.find(themeId);
    const outcome = defineTheme(current?.value, { themeId, body, by: caller, at: ports.clock.now() });
    if (!outcome.ok || outcome.value === current?.value) return outcome;
    const digests = { theme: digestOf(body) };
    const evidence = evidenceOf(ports, 'theme-defined', actorOf(caller), { themeId }, digests);
    const defined = await ports.themes.define(outcome.value, evidence, current?.revision ?? 0);
    return defined ? outcome : refuse('changed-meanwhile');
  });
