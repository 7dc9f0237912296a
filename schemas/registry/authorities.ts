import type { DepartmentId } from '../contracts/ids.ts';
import { departments } from './departments.ts';

/** Those who file, decide, and hear of what is long overdue. */
export const authorities: readonly DepartmentId[] = departments
  .filter(({ roles }) => roles.includes('authority'))
  .map(({ id }) => id);
