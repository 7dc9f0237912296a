import * as z from 'zod';
import { DepartmentId } from './ids.ts';

/** What a department is beside provider and consumer. */
export const Role = z.enum(['department', 'authority', 'auditor']);
export type Role = z.infer<typeof Role>;

export const Department = z.strictObject({
  id: DepartmentId,
  name: z.string().min(1),
  nameEn: z.string().min(1),
  roles: z.array(Role).min(1),
  /** How many of its officers sign an agreement; one where it is left out. */
  approvers: z.union([z.literal(1), z.literal(2)]).optional(),
  /** Since when it takes no part: its role is gone, its name and history stay. */
  closed: z.iso.date().optional(),
  /** Of a closed one: the department that has its duties now. */
  successor: DepartmentId.optional(),
});
export type Department = z.infer<typeof Department>;

export const Me = z.strictObject({
  department: DepartmentId,
  roles: z.array(Role),
  mailbox: z.strictObject({ queueUrl: z.url() }),
  /** Of the hub’s software, such as `0.3.0`. Hubs of 0.2.0 and before do not tell. */
  hubVersion: z.string().min(1).max(64).optional(),
});
export type Me = z.infer<typeof Me>;

export const DepartmentList = z.strictObject({ items: z.array(Department) });
