/**
 * Names that programs give to the sessions of a role when they are given none, and names that stand for a machine, a
 * certificate or an account that several use: of each it cannot be said who acts.
 */
const NAMES_NOBODY: readonly RegExp[] = [
  // AWS's command line and botocore; the SDKs: aws-sdk-js-1796000000000, aws-sdk-java-…, aws-go-sdk-…, aws-dotnet-sdk-session-….
  /^(botocore|boto3|aws-cli|aws-sdk|aws-[a-z]+-sdk|web-identity|assume-?role)\b/,
  /^(default|role)?[-_]?session(-?name)?$/,
  // Hosts, functions and builds that AWS names: instances, managed instances, pods, builds, pipelines.
  /^m?i-[0-9a-f]{8,}$/,
  /^(eks|ecs|awscodebuild|awslambda|githubactions|gitlab|terraform)\b/,
  // Unix times, of seconds to nanoseconds; serial numbers of certificates, ids of tasks and UUIDs.
  /^1\d{9}(\d{3}){0,3}$/,
  /^[0-9a-f]{16,}$/,
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  /^(root|admin|administrator|test|user|anonymous)$/,
];

/**
 * Who of a department acts: the name of the role's session, in lower case, since names of IAM users do not differ by case
 * either (IAM User Guide, "IAM identifiers"). What binds that name to a person is the role's trust policy
 * (infra/constructs/departments/department-trust.ts). Undefined where the name can be nobody's.
 */
export function officerOf(session: string): string | undefined {
  const name = session.toLowerCase();
  return NAMES_NOBODY.some((pattern) => pattern.test(name)) ? undefined : name;
}
