/** What CloudFormation's pseudo parameters stand for, and where the emulated services listen. */
export interface World {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly urlSuffix: string;
  /** `http://127.0.0.1:{port}`. */
  readonly awsUrl: string;
}

export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

export const localWorld = (awsUrl: string): World => ({
  partition: 'aws',
  region: REGION,
  account: ACCOUNT,
  urlSuffix: 'amazonaws.com',
  awsUrl,
});

/** `arn:aws:sqs:us-east-1:000000000000:name` for `arnOf(world, 'sqs', 'name')`. */
export const arnOf = (world: World, service: string, resource: string): string =>
  `arn:${world.partition}:${service}:${world.region}:${world.account}:${resource}`;

/** CloudFormation ends a stack's id with a random part. */
export const stackId = (world: World, name: string): string => arnOf(world, 'cloudformation', `stack/${name}/local`);

export const queueUrl = (world: World, name: string): string => `${world.awsUrl}/${world.account}/${name}`;

/**
 * A queue URL that was put together from its public form points at the local endpoint, as the URL of a created queue
 * does: the one thing about a queue that AWS, too, decides only at creation.
 */
export const localQueueUrls = (world: World, text: string): string =>
  text.replaceAll(`https://sqs.${world.region}.${world.urlSuffix}/`, `${world.awsUrl}/`);
