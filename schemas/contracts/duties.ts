import * as z from 'zod';
import { AgreementId, CalendarDate, DemandId, DepartmentId, ResourceId } from './ids.ts';
import { PageQuery, pageOf } from './paging.ts';

/** Everything that somebody may owe by a date; `schemas/registry/deadlines.json` says by when, and why. */
export const DutyId = z.enum([
  'reply-to-request',
  'sign',
  'consent',
  'file',
  'first-delivery',
  'answer-demand',
  'answer-dispute',
  'decide-dispute',
  'disposal-statement',
  'renewal',
  'amend-outdated',
  'provide',
  'receive',
  'decide-comparison',
]);
export type DutyId = z.infer<typeof DutyId>;

/** What is owed: by one department, to some, about an agreement or a demand. */
export const Duty = z.strictObject({
  duty: DutyId,
  by: DepartmentId,
  /** Who waits for it. */
  to: z.array(DepartmentId),
  about: z.strictObject({
    agreementId: AgreementId.optional(),
    demandId: DemandId.optional(),
    resourceId: ResourceId.optional(),
  }),
  /** The day with which its time began. */
  since: CalendarDate,
  /** The last day on which it is in time. */
  due: CalendarDate,
  overdue: z.boolean(),
  /** False: a reminder, which is never overdue. */
  binding: z.boolean(),
  /** The last day may still move: its year's public holidays are not announced yet. */
  provisional: z.literal(true).optional(),
  /** The law or the rule behind the deadline. */
  source: z.string(),
});
export type Duty = z.infer<typeof Duty>;

export const DutyQuery = z.strictObject({
  ...PageQuery.shape,
  /** What the caller owes, or what others owe it; left out: its own, and for authority and auditor everybody's. */
  side: z.enum(['own', 'others']).optional(),
  overdue: z.literal('true').optional(),
  agreementId: AgreementId.optional(),
  duty: DutyId.optional(),
  format: z.enum(['csv']).optional(),
});
export type DutyQuery = z.infer<typeof DutyQuery>;
export const DutyList = pageOf(Duty);

export const AgreementDutiesQuery = z.strictObject({ format: z.enum(['csv']).optional() });
export const AgreementDuties = z.strictObject({ items: z.array(Duty) });

/** What duties hang on: exactly one of the two is there. */
export const Matter = z.object({ agreementId: AgreementId.optional(), demandId: DemandId.optional() });
export type Matter = z.infer<typeof Matter>;
