import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { bundleFunctions } from '../bundle/functions.ts';
import { cdkApp } from '../cdk-app.ts';
import { settingsFrom } from '../settings.ts';
import { addHub } from '../stacks/hub.ts';
import { findings, type Finding } from './findings.ts';
import { spelledOut } from './spelled-out.ts';

/** What was found out about the templates of one partition. */
export interface Checked {
  readonly place: string;
  readonly stacks: readonly { readonly name: string; readonly resources: number; readonly bytes: number }[];
  /** Each must be mended. */
  readonly faults: readonly string[];
  /** Of the NIST pack: for those who must report on it. */
  readonly reported: readonly Finding[];
}

/** CloudFormation takes 500 (quotas); the rest is room for departments. */
const MOST_RESOURCES = 400;
/** CloudFormation quotas: "Template body size in an Amazon S3 object". */
const MOST_BYTES = 1_000_000;

/** Everything that can be switched on is, besides what excludes it, so that it is checked, too. */
const places = [
  { place: 'aws, any region', context: { 'hub:stage': 'check' } },
  {
    place: 'aws-cn, cn-north-1',
    context: { 'hub:stage': 'check', 'hub:region': 'cn-north-1', 'hub:account': '111122223333' },
  },
  {
    place: 'aws, with its options',
    context: {
      'hub:stage': 'check',
      'hub:waf': true,
      'hub:domainName': 'hub.example',
      'hub:certificateArn': 'arn:aws:acm:eu-central-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
      'hub:hostedZoneId': 'Z0123456789',
      'hub:allowedCidrs': '192.0.2.0/24',
      'hub:corsOrigins': 'https://console.example',
      'hub:alarmEmail': 'alarms@hub.example',
      'hub:publishDefinitions': false,
    },
  },
  {
    place: 'aws, private',
    context: {
      'hub:stage': 'check',
      'hub:privateVpcEndpointIds': 'vpce-0a',
      'hub:s3VpcEndpointIds': 'vpce-0b',
      'hub:s3EndpointUrl': 'https://bucket.vpce-0b.s3.example',
      'hub:sqsEndpointUrl': 'https://vpce-0c.sqs.example',
      'hub:alarmTopicArn': 'arn:aws:sns:eu-central-1:111122223333:operations',
      'hub:reserveConcurrency': false,
      'hub:trail': false,
    },
  },
] as const;

/** The functions are bundled once: they are the same everywhere. */
export async function checkEverywhere(): Promise<readonly Checked[]> {
  const bundle = await bundleFunctions(settingsFrom({}));
  try {
    return places.map(({ place, context }) => checked(place, context, bundle));
  } finally {
    bundle.remove();
  }
}

function checked(
  place: string,
  context: Readonly<Record<string, unknown>>,
  bundle: Parameters<typeof addHub>[2],
): Checked {
  const outdir = mkdtempSync(join(tmpdir(), 'hub-check-'));
  try {
    const app = cdkApp(outdir);
    const stacks: readonly Stack[] = Object.values(addHub(app, settingsFrom(context), bundle));
    const { mustBeMended, reported } = findings(app);
    const assembly = app.synth();
    const templates = stacks.map(({ stackName, artifactId }) => ({
      name: stackName,
      template: assembly.getStackArtifact(artifactId).template as { Resources: object },
    }));
    const sizes = templates.map(({ name, template }) => ({
      name,
      resources: Object.keys(template.Resources).length,
      bytes: JSON.stringify(template).length,
    }));
    const faults = [
      ...templates.flatMap(({ name, template }) =>
        spelledOut(template, given(context)).map((text) => `${name} spells out ${text}`),
      ),
      ...sizes.flatMap(tooLarge),
      ...mustBeMended.map(({ rule, path, what }) => `${rule} at ${path}: ${what}`),
    ];
    return { place, stacks: sizes, faults, reported };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const tooLarge = ({ name, resources, bytes }: Checked['stacks'][number]): string[] => [
  ...(resources < MOST_RESOURCES ? [] : [`${name} has ${resources} resources; ${MOST_RESOURCES} are too many`]),
  ...(bytes < MOST_BYTES ? [] : [`${name} has ${bytes} bytes; ${MOST_BYTES} are too many`]),
];

/** An ARN that a setting gives is the deployer's own. */
const given = (context: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.values(context).filter((value) => typeof value === 'string' && value.startsWith('arn:')) as string[];
