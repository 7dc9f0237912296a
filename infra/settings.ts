import { resolve } from 'node:path';
import { z } from 'zod';
import { readRegistry, type Registry } from './registry-file.ts';
import { arn, flag, httpsHost, list, logRetention, origin, pairs, timeZone, whole } from './setting-values.ts';
import { WrongSetting } from './wrong-setting.ts';

const root = resolve(import.meta.dirname, '..');
/** A file or folder, relative to the project. */
const inside = () => z.string().transform((path) => resolve(root, path));

/** Role names have at most 64 characters (IAM quotas), of which `hub-`, `-dept-` and a department's id need 50. */
const Stage = z
  .string()
  .regex(/^[a-z][a-z0-9]{0,13}$/, 'a lower-case letter, then lower-case letters and digits, at most 14');

/** `TLS_1_2` is for regions without the newer ones (API Gateway guide, "Security policies for REST APIs"). */
const tlsPolicies = [
  'TLS_1_2',
  'SecurityPolicy_TLS13_1_2_2021_06',
  'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_3_2025_09',
] as const;

const place = {
  stage: Stage.default('dev').describe('In the name of everything, so that stages share an account'),
  account: z
    .string()
    .regex(/^\d{12}$/, 'twelve digits')
    .optional()
    .describe('Twelve digits; without it, the caller’s'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as cn-north-1')
    .optional()
    .describe('Such as `cn-north-1`, which also says the partition; without it, the caller’s'),
  timeZone: timeZone().default('Asia/Shanghai').describe('In whose days agreements are valid and frequencies fall due'),
  tags: pairs(z.string().min(1).max(128), z.string().max(256))
    .default({})
    .describe('More tags on every resource, for cost allocation: `cost-center=4711,owner=eitc`'),
};

const content = {
  registry: inside()
    .prefault('schemas/registry/departments.json')
    .describe('The departments, a JSON file (schemas/registry/entries.ts); relative to the project'),
  catalog: inside()
    .prefault('schemas/catalog')
    .describe('Folder of the resource definitions that a deployment publishes; relative to the project'),
  publishDefinitions: flag()
    .optional()
    .describe('Whether it does; without it, every stage but `dev` does, where departments try out publishing'),
  functions: inside().prefault('functions').describe('Folder of the Lambda entries; relative to the project'),
};

const retention = {
  uploadRetainDays: whole(15, 3650)
    .default(30)
    .describe('How long an uploaded file is kept as it came; longer than failed work is kept for another try, 14 days'),
  reportRetainDays: whole(1, 3650).default(30).describe('How long rejection reports and fix-files are kept'),
  noncurrentDays: whole(1, 7)
    .default(1)
    .describe('How long an object that was deleted or overwritten can be brought back, by an administrator'),
  logRetentionDays: logRetention()
    .default(180)
    .describe(
      'Logs of functions and API, in days that CloudWatch knows; 180 is what the Cybersecurity Law of China, article 21 (3), asks at the least',
    ),
  auditRetainDays: whole(90, 3653).default(1096).describe('How long trails and access logs of buckets are kept'),
  deletionProtection: flag()
    .default(true)
    .describe('`false` only for trying out: stacks, table, keys and empty buckets can then be deleted'),
  firstDeployment: flag()
    .default(false)
    .describe(
      '`true` until the first deployment has succeeded: nothing refuses deletion yet, so that one that fails can be tried again',
    ),
};

const network = {
  domainName: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a host name')
    .optional()
    .describe('The API’s own host name, with `certificateArn`; in China the domain needs an ICP licence'),
  certificateArn: arn('acm', /[a-z0-9-]+:\d{12}:certificate\/[\w-]+/, 'arn:aws:acm:REGION:ACCOUNT:certificate/ID')
    .optional()
    .describe('Its certificate in Certificate Manager, in the hub’s region'),
  hostedZoneId: z
    .string()
    .regex(/^Z[A-Z0-9]+$/, 'the id of a hosted zone, such as Z0123456789')
    .optional()
    .describe('The Route 53 zone that gets the host name’s record; without it, the record is made by hand'),
  privateVpcEndpointIds: list(z.string().regex(/^vpce-[0-9a-f]+$/, 'an interface endpoint such as vpce-0abc'))
    .default([])
    .describe('Interface endpoints for `execute-api`: with any, the API is private and answers through these only'),
  s3VpcEndpointIds: list(z.string().regex(/^vpce-[0-9a-f]+$/, 'an endpoint such as vpce-0abc'))
    .default([])
    .describe('Endpoints for S3: with any, presigned URLs work through these only'),
  s3EndpointUrl: httpsHost()
    .optional()
    .describe(
      'Host of presigned URLs inside a private network: `https://bucket.vpce-….s3.REGION.…`; without it, S3’s public one',
    ),
  sqsEndpointUrl: httpsHost()
    .optional()
    .describe('Host of the mailbox URLs that departments are told; without it, SQS’s public one'),
  allowedCidrs: list(z.union([z.cidrv4(), z.cidrv6()]))
    .default([])
    .describe(
      'Networks that may call the API and use presigned URLs: `203.0.113.0/24,198.51.100.7/32`; with none, any',
    ),
  corsOrigins: list(origin())
    .default([])
    .describe('Web pages whose scripts may use presigned URLs: `https://console.example`'),
  tlsPolicy: z
    .enum(tlsPolicies)
    .default('SecurityPolicy_TLS13_1_2_2021_06')
    .describe('Which TLS the API speaks: one of API Gateway’s security policies, 1.2 at the least'),
  waf: z
    .union([
      flag(),
      arn(
        'wafv2',
        /[a-z0-9-]+:\d{12}:regional\/webacl\/[\w-]+\/[\w-]+/,
        'arn:aws:wafv2:REGION:ACCOUNT:regional/webacl/NAME/ID',
      ),
    ])
    .default(false)
    .describe('`true`: a web ACL of AWS’s managed rules before the API; or the ARN of your own'),
};

const load = {
  departmentRate: whole(1, 1000).default(50).describe('Calls of the API a second that each department may make'),
  departmentBurst: whole(1, 5000).default(200).describe('Calls at once that a department may make after a rest'),
  throttleRate: whole(1, 10_000)
    .default(500)
    .describe('Calls of the API a second, all departments together; well above `departmentRate`'),
  throttleBurst: whole(1, 5000)
    .default(1000)
    .describe('Calls at once, all departments together; well above `departmentBurst`'),
  checksAtOnce: whole(2, 1000)
    .default(16)
    .describe(
      'Uploads that are checked at once: so many small ones, and as many large ones, of which half may be one department’s',
    ),
  deliveriesAtOnce: whole(2, 1000)
    .default(16)
    .describe('Passes over datasets at once: so many over small ones, and as many over large ones'),
  comparisonsAtOnce: whole(2, 1000)
    .default(4)
    .describe(
      'Lists that are compared at once: so many small ones, and as many large ones, of which half may be one department’s',
    ),
  comparedHereMb: whole(0, 3072)
    .default(3072)
    .describe(
      'MiB of a resource, as Parquet, that a comparison takes to its function’s own disk; with larger ones it is run in Athena, at a price for each TB',
    ),
  reserveConcurrency: flag()
    .default(true)
    .describe(
      'Every function has its own share of the account’s concurrency; `false` in an account that has few (new ones: 10)',
    ),
};

const watch = {
  alarmEmail: z.email().optional().describe('Who gets the alarms; confirms by a mail from AWS'),
  alarmTopicArn: arn('sns', /[a-z0-9-]+:\d{12}:[\w-]+/, 'arn:aws:sns:REGION:ACCOUNT:NAME')
    .optional()
    .describe('A topic of yours that gets the alarms instead of the hub’s own'),
  trail: flag()
    .default(true)
    .describe(
      'A CloudTrail of this hub, with alarms on keys, policies and code; `false` where the organization has its own',
    ),
  trailDataEvents: flag().default(true).describe('The trail names every read and write of objects, too'),
  gatewayLogRole: flag()
    .default(true)
    .describe(
      'The stack `hub-account`, shared by all stages: the account’s role with which API Gateway writes logs; `false` where the account has one',
    ),
};

const access = {
  certificateAuthority: inside()
    .optional()
    .describe('PEM file of the authority whose certificates departments may sign in with (IAM Roles Anywhere)'),
  recoveryRoleArn: arn('iam', /:\d{12}:role\/[\w+=,.@/-]+/, 'arn:aws:iam::ACCOUNT:role/NAME')
    .optional()
    .describe('Role that may use the key through DynamoDB while a backup is restored; take it away again'),
};

/** What a deployment may choose. Account and region are normally the caller's: the templates fit any of them. */
const Settings = z
  .strictObject({ ...place, ...content, ...retention, ...network, ...load, ...watch, ...access })
  .superRefine((settings, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if ((settings.domainName === undefined) !== (settings.certificateArn === undefined))
      wrong('domainName', 'domainName and certificateArn belong together');
    if (settings.hostedZoneId !== undefined && settings.domainName === undefined)
      wrong('hostedZoneId', 'a zone without domainName');
    if (settings.domainName !== undefined && settings.privateVpcEndpointIds.length > 0)
      wrong('domainName', 'a private API cannot have it; give its endpoints a private host name');
    // At the gateway one department's flood would be refused along with everybody else's calls.
    if (settings.throttleRate < 2 * settings.departmentRate)
      wrong('throttleRate', `at least twice departmentRate, ${settings.departmentRate}`);
    if (settings.throttleBurst < 2 * settings.departmentBurst)
      wrong('throttleBurst', `at least twice departmentBurst, ${settings.departmentBurst}`);
    if (settings.alarmEmail !== undefined && settings.alarmTopicArn !== undefined)
      wrong('alarmEmail', 'the topic of alarmTopicArn has its own subscribers');
  });

export type Settings = Readonly<Omit<z.infer<typeof Settings>, 'registry'>> & {
  readonly registryFile: string;
  readonly departments: Registry;
};

const prefix = 'hub:';

/** What the README's table says: each setting, its default, its meaning. */
export const settingDescriptions = Object.entries(Settings.shape).map(([name, schema]) => ({
  name,
  default: schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? schema.def.defaultValue : undefined,
  meaning: schema.description,
}));

/** The settings among the context keys: those that begin with `hub:`. Unknown ones are an error. */
export function settingsFrom(context: Readonly<Record<string, unknown>>): Settings {
  const own = Object.entries(context).filter(([key]) => key.startsWith(prefix));
  const parsed = Settings.safeParse(Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value])));
  if (!parsed.success) throw new WrongSetting(`settings (context keys ${prefix}…):\n${z.prettifyError(parsed.error)}`);
  const { registry, ...settings } = parsed.data;
  const departments = readRegistry(registry);
  const certified = departments.find(({ access }) => access?.certificate !== undefined);
  if (certified && settings.certificateAuthority === undefined)
    throw new WrongSetting(
      `settings: ${certified.id} signs in with a certificate, and ${prefix}certificateAuthority names no file`,
    );
  return { ...settings, registryFile: registry, departments };
}
