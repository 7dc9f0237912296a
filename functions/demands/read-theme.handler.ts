import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import type { Ports } from './ports.ts';

export const readThemeHandler = ({ themes }: Ports) =>
  endpoint(routes.readTheme, async ({ params }) => {
    const theme = await themes.find(params.themeId);
    return theme ? done(theme.value) : refuse('not-found');
  });
