import { z } from 'zod';
import { PolicyDocument } from '../../policy/document.ts';
import { allowed, TAGS } from './allowed.ts';

export const role = allowed(
  z.strictObject({
    RoleName: z.string().optional(),
    ManagedPolicyArns: z.array(z.string()).optional(),
    Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument })).optional(),
    Path: z.string().optional(),
  }),
  {
    ...TAGS,
    AssumeRolePolicyDocument: 'roles are not assumed: the local hub hands out one access key for each',
    Description: 'for people',
    MaxSessionDuration: 'local keys live as long as their data folder',
  },
);

const attachments = { Roles: z.array(z.string()).optional(), PolicyDocument };
export const policy = allowed(z.strictObject({ PolicyName: z.string(), ...attachments }));
export const managedPolicy = allowed(
  z.strictObject({ ManagedPolicyName: z.string().optional(), ...attachments, Path: z.string().optional() }),
  { Description: 'for people' },
);

export const bucketPolicy = allowed(z.strictObject({ Bucket: z.string(), PolicyDocument }));
export const queuePolicy = allowed(z.strictObject({ Queues: z.array(z.string()), PolicyDocument }));
