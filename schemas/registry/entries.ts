import * as z from 'zod';
import { Department } from '../contracts/hub.ts';

/** Keys and values of session tags (IAM user guide, "Pass session tags in AWS STS"). */
const TagKey = z.string().regex(/^[\w.:/=+@-]{1,128}$/, 'a tag key: letters, digits and _.:/=+@-');

const Principal = z
  .string()
  .regex(
    /^(\d{12}|arn:aws[\w-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+)$/,
    'an account of twelve digits, or the ARN of a role or user, without wildcards',
  );

/** The subject of a certificate of the hub's certificate authority, part by part (IAM Roles Anywhere). */
const Subject = z.strictObject({
  CN: z.string().min(1).max(256),
  O: z.string().min(1).max(256).optional(),
  OU: z.string().min(1).max(256).optional(),
});

/** Who may act as a department. Without it, whom the hub's own account lets assume the department's role. */
export const Access = z
  .strictObject({
    /** People and systems of the department, in AWS accounts of its own or the city's. */
    principals: z.array(Principal).min(1).optional(),
    /** A word that both sides know, where an intermediary assumes roles for several departments. */
    externalId: z
      .string()
      .regex(/^[\w+=,.@:/-]{2,1224}$/, 'an external id: 2 to 1,224 letters, digits and +=,.@:/-')
      .optional(),
    /** Tags that every session of theirs must carry, such as the operator's number. */
    sessionTags: z.array(TagKey).max(50).default([]),
    /** Whether they must have signed in with a second factor. For people: systems have none. */
    mfa: z.boolean().default(false),
    /**
     * The tag of their sessions by which the city's identity provider says who acts, where it sets no source identity;
     * for departments that sign with two officers.
     */
    officerTag: TagKey.optional(),
    /** Systems that hold a certificate instead of AWS credentials. */
    certificate: Subject.optional(),
  })
  .superRefine(({ principals, externalId, sessionTags, mfa, officerTag, certificate }, context) => {
    if (principals === undefined && certificate === undefined)
      context.addIssue({ code: 'custom', message: 'neither principals nor a certificate: nobody could act' });
    if (
      principals === undefined &&
      (externalId !== undefined || sessionTags.length > 0 || mfa || officerTag !== undefined)
    )
      context.addIssue({
        code: 'custom',
        message: 'externalId, sessionTags, mfa and officerTag are conditions of principals',
      });
  });
export type Access = z.infer<typeof Access>;

/** A department as the deployment knows it; others see the part that is a `Department`. */
export const RegistryEntry = Department.extend({
  access: Access.optional(),
}).superRefine(({ approvers, access }, context) => {
  if (approvers !== 2 && access?.officerTag !== undefined)
    context.addIssue({ code: 'custom', path: ['access', 'officerTag'], message: 'only where two officers sign' });
  if (approvers === 2 && access !== undefined && access.principals === undefined)
    context.addIssue({
      code: 'custom',
      path: ['access'],
      message: 'two officers sign, and a certificate tells no officer: name principals, too',
    });
});
export type RegistryEntry = z.infer<typeof RegistryEntry>;

/** What everybody may know. */
export const publicPart = ({ access: _access, ...department }: RegistryEntry): Department => department;
