import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import type { Ports } from './ports.ts';

export const listThemesHandler = ({ themes }: Ports) =>
  endpoint(routes.listThemes, async ({ query }) => {
    const { items, ...more } = await themes.list(query);
    return done({ items: [...items], ...more });
  });
