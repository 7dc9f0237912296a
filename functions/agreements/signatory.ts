import { findDepartment } from '../../schemas/registry/departments.ts';
import type { Caller } from '../kernel/caller.ts';
import type { Signatory } from './domain/steps/sign.ts';

/** A caller, with how many officers the registry asks its department for. */
export const signatoryOf = (caller: Caller): Signatory => ({
  ...caller,
  approvers: findDepartment(caller.department)?.approvers ?? 1,
});
