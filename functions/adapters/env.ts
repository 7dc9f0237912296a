import * as z from 'zod';
import { Fault } from '../kernel/fault.ts';

const Settings = z.object({
  HUB_STAGE: z.string(),
  HUB_PARTITION: z.string(),
  HUB_ACCOUNT: z.string(),
  /** Whole numbers: what one department may call of the API. */
  HUB_DEPARTMENT_RATE: z.string().regex(/^[1-9]\d*$/),
  HUB_DEPARTMENT_BURST: z.string().regex(/^[1-9]\d*$/),
  HUB_TIME_ZONE: z.string(),
  HUB_TABLE: z.string(),
  HUB_INTAKE_BUCKET: z.string(),
  HUB_DATASETS_BUCKET: z.string(),
  HUB_DELIVERIES_BUCKET: z.string(),
  /** ARN of the key by which digests of what is looked up are made. */
  HUB_LOOKUPS_KEY: z.string(),
  HUB_ATTACHMENTS_KEY: z.string(),
  HUB_COMPARISONS_KEY: z.string(),
  HUB_INTAKE_QUEUE_URL: z.url(),
  HUB_LARGE_QUEUE_URL: z.url(),
  /** Large checks of one department at once. */
  HUB_LARGE_TURNS: z.string().regex(/^[1-9]\d{0,3}$/),
  HUB_COMPARISONS_QUEUE_URL: z.url(),
  HUB_LARGE_COMPARISONS_QUEUE_URL: z.url(),
  /** Large runs of one department at once. */
  HUB_LARGE_COMPARISON_TURNS: z.string().regex(/^[1-9]\d{0,3}$/),
  HUB_DELIVERY_QUEUE_URL: z.url(),
  HUB_LARGE_DELIVERY_QUEUE_URL: z.url(),
  /** Of a function that reacts to what the router tells: its own queue. */
  HUB_EVENT_QUEUE_URL: z.url(),
  /** Of the router: every such queue, a JSON object by the name of the function. */
  HUB_EVENT_QUEUE_URLS: z.string(),
  /** Of queries over representations that no function's disk holds, and the database of their tables. */
  HUB_ATHENA_WORKGROUP: z.string(),
  HUB_GLUE_DATABASE: z.string(),
  /** MiB of a representation that a comparison takes to its own disk. */
  HUB_COMPARED_HERE_MB: z.string().regex(/^\d+$/),
  HUB_REPRESENT_QUEUE_URL: z.url(),
  HUB_DERIVE_QUEUE_URL: z.url(),
  /** MiB of a function's memory, and of its disk, that a database in it may take. */
  HUB_DATABASE_MEMORY_MB: z.string().regex(/^[1-9]\d*$/),
  HUB_DATABASE_SPILL_MB: z.string().regex(/^[1-9]\d*$/),
  /** A mailbox's queue URL is this prefix and the department's id. */
  HUB_MAILBOX_URL_PREFIX: z.url(),
  /** Where presigned URLs lead inside a private network: the host of an interface endpoint for S3. */
  HUB_PRESIGNED_ENDPOINT_URL: z.url(),
});
type Name = keyof z.infer<typeof Settings>;

/** One setting of this function, read when it is first needed; a function is given only those that it uses. */
export const env = (name: Name): string => {
  const value = Settings.shape[name].safeParse(process.env[name]);
  if (!value.success) throw new Fault(`environment variable ${name} is missing or malformed`);
  return value.data;
};

/** A setting that a deployment may leave out. */
export const optionalEnv = (name: Name): string | undefined =>
  process.env[name] === undefined ? undefined : env(name);
