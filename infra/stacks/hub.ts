import { DefaultStackSynthesizer, type App, type IStackSynthesizer, type StackProps } from 'aws-cdk-lib';
import type { Bundle } from '../bundle/functions.ts';
import { namesOf } from '../constructs/names.ts';
import type { Settings } from '../settings.ts';
import { AccessStack } from './access-stack.ts';
import { DataStack } from './data-stack.ts';
import { ServiceStack } from './service-stack.ts';

/** The three stacks of one hub, in the order of their deployment: data, access, service. */
export function addHub(app: App, settings: Settings, bundle: Pick<Bundle, 'folderOf'>) {
  const names = namesOf(settings.stage);
  const data = new DataStack(app, { ...stackProps(settings, 'data'), names, settings });
  const access = new AccessStack(app, { ...stackProps(settings, 'access'), names, settings });
  const service = new ServiceStack(app, {
    ...stackProps(settings, 'service'),
    deployment: { names, settings, bundle },
    released: access.released,
  });
  service.addStackDependency(data);
  service.addStackDependency(access);
  return { data, access, service };
}

/** CloudFormation puts a stack's tags on all that is in it: costs can be told apart by stage and purpose. */
const stackProps = ({ stage, account, region, tags }: Settings, purpose: string): StackProps => ({
  env: { ...(account !== undefined && { account }), ...(region !== undefined && { region }) },
  tags: { ...tags, 'hub:stage': stage, 'hub:purpose': purpose },
  synthesizer: synthesizer(),
});

/**
 * Without the rule that adds a parameter to every template: the command line checks the bootstrap version itself.
 * (The class is such a synthesizer; its declaration only misses an `undefined`.)
 */
const synthesizer = () => new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer;
