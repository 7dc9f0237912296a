import { routes } from '../../schemas/contracts/routes.ts';
import { departments } from '../../schemas/registry/departments.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';

export const listDepartmentsHandler = () =>
  endpoint(routes.listDepartments, async () => done({ items: [...departments] }));
