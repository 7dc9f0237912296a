import { routes } from '../../schemas/contracts/routes.ts';
import { categories } from '../../schemas/registry/categories.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';

export const listCategoriesHandler = () =>
  endpoint(routes.listCategories, async () => done({ items: [...categories] }));
