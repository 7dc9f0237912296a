import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Why a finding of cdk-nag (`npm run check:infra`) stands: said beside what it was found on. */
export function accepted(on: IConstruct, rule: string, reason: string): void {
  Validations.of(on).acknowledge({ id: rule, reason });
}

/** The same for the wildcards among the resources of a permission, each of which is a finding of its own. */
export function acceptedWildcards(on: IConstruct, resources: readonly string[], reason: string): void {
  for (const resource of resources.map((each) => flat(Stack.of(on).resolve(each))))
    if (resource.includes('*')) accepted(on, `AwsSolutions-IAM5[Resource::${resource}]`, reason);
}

/** As cdk-nag writes what only AWS can fill in: `arn:<AWS::Partition>:s3:::…`. */
function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[intrinsic, argument] = ['', undefined]] = Object.entries(value as Record<string, unknown>);
  if (intrinsic === 'Ref') return `<${String(argument)}>`;
  if (intrinsic === 'Fn::ImportValue') return flat(argument);
  if (intrinsic === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
  if (intrinsic === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(flat).join(separator);
  }
  throw new Error(`a resource of a permission is ${JSON.stringify(value)}`);
}
