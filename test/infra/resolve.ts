interface ResourceJson {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface TemplateJson {
  readonly Resources: Readonly<Record<string, ResourceJson>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
}

/** Short stand-ins for what AWS fills in: an ARN reads `arn:p:sqs:r:1:hub-dev-intake`. */
const pseudo: Readonly<Record<string, string>> = {
  'AWS::Partition': 'p',
  'AWS::Region': 'r',
  'AWS::AccountId': '1',
  'AWS::URLSuffix': 'suffix',
  'AWS::StackId': 'the-stack',
};

const naming = ['AlarmName', 'QueueName', 'TableName', 'BucketName', 'FunctionName', 'RoleName', 'ManagedPolicyName'];

const serviceOf: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'sqs:r:1:',
  'AWS::S3::Bucket': 's3:::',
  'AWS::DynamoDB::Table': 'dynamodb:r:1:table/',
  'AWS::Lambda::Function': 'lambda:r:1:function:',
  'AWS::IAM::Role': 'iam::1:role/',
  'AWS::Logs::LogGroup': 'logs:r:1:log-group:',
  'AWS::Events::Rule': 'events:r:1:rule/',
  'AWS::CloudWatch::Alarm': 'cloudwatch:r:1:alarm:',
  'AWS::KMS::Key': 'kms:r:1:key/',
  'AWS::CloudTrail::Trail': 'cloudtrail:r:1:trail/',
  'AWS::RolesAnywhere::TrustAnchor': 'rolesanywhere:r:1:trust-anchor/',
};

type Intrinsic = (argument: never) => unknown;

/** Replaces a template's intrinsic functions by what they stand for, across the stacks of one hub. */
export function resolver(...templates: readonly TemplateJson[]) {
  const resources = Object.fromEntries(templates.flatMap((template) => Object.entries(template.Resources)));
  const outputs = templates.flatMap((template) => Object.values(template.Outputs ?? {}));

  const nameOf = (id: string): string => {
    const resource = resources[id] ?? fail(`a resource ${id}`);
    const name = naming.map((property) => resource.Properties?.[property]).find((value) => value !== undefined);
    return name === undefined ? id : String(resolved(name));
  };
  const intrinsics: Readonly<Record<string, Intrinsic>> = {
    Ref: (id: string) =>
      pseudo[id] ?? (resources[id]?.Type === 'AWS::SQS::Queue' ? `https://queues/${nameOf(id)}` : nameOf(id)),
    'Fn::GetAtt': ([id, attribute]: [string, string]) =>
      `arn:p:${serviceOf[resources[id]!.Type] ?? fail(resources[id]!.Type)}${nameOf(id)}${attribute === 'StreamArn' ? '/stream' : ''}`,
    'Fn::Join': ([separator, parts]: [string, unknown[]]) => parts.map(resolved).join(separator),
    'Fn::Split': ([separator, text]: [string, unknown]) => String(resolved(text)).split(separator),
    'Fn::Select': ([index, list]: [number, unknown]) => (resolved(list) as unknown[])[index],
    'Fn::Sub': (text: string) => text.replaceAll(/\$\{([\w:]+)\}/g, (_, name: string) => pseudo[name] ?? fail(name)),
    'Fn::ImportValue': (name: string) =>
      resolved((outputs.find((output) => output.Export?.Name === name) ?? fail(`an export ${name}`)).Value),
  };
  function resolved(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolved);
    if (typeof value !== 'object' || value === null) return value;
    const [[key, argument] = ['', undefined], ...others] = Object.entries(value);
    const intrinsic = others.length === 0 ? intrinsics[key] : undefined;
    if (intrinsic) return intrinsic(argument as never);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolved(inner)]));
  }
  return resolved;
}

function fail(what: string): never {
  throw new Error(`the templates do not say ${what}`);
}

export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

/** Each permission of the statements by itself: `sqs:SendMessage arn:…`. */
export const permissionsOf = (statements: readonly Statement[]): string[] =>
  statements
    .flatMap(({ Action, Resource }) =>
      list(Action).flatMap((action) => list(Resource).map((resource) => `${action} ${resource}`)),
    )
    .sort();
