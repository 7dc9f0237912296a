/**
 * Service principals are `….amazonaws.com` in every partition (aws-cdk-lib/region-info, "universal principal";
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html). Each one in use is
 * named, since not every service's is.
 */
const principals = [
  'lambda',
  'apigateway',
  'events',
  'scheduler',
  'cloudwatch',
  'cloudtrail',
  'logging.s3',
  'sns',
  'rolesanywhere',
];

const principal = new RegExp(
  `"(${principals.map((name) => name.replace('.', '\\.')).join('|')})\\.amazonaws\\.com"`,
  'g',
);

/**
 * What only fits one partition: an ARN's `arn:aws…:`, or AWS's domain beside service principals.
 * @param given texts of the settings, which may say what they want
 * @returns the texts found, each once
 */
export function spelledOut(template: unknown, given: readonly string[] = []): readonly string[] {
  const ours = given.reduce(
    (text, each) => text.replaceAll(each, ''),
    JSON.stringify(template).replaceAll(principal, '""'),
  );
  return [...new Set(ours.match(/arn:aws[\w-]*:[\w-]*|[\w.-]*amazonaws\.com[\w.]*/g))];
}
