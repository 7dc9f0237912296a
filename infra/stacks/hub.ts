import { Annotations, DefaultStackSynthesizer, type App, type IStackSynthesizer, type StackProps } from 'aws-cdk-lib';
import type { Bundle } from '../bundle/functions.ts';
import { namesOf } from '../constructs/names.ts';
import type { Settings } from '../settings.ts';
import { AccessStack } from './access-stack.ts';
import { AccountStack } from './account-stack.ts';
import { DataStack } from './data-stack.ts';
import { ServiceStack } from './service-stack.ts';

/** The three stacks of one hub, in the order of their deployment, and the one that all hubs of an account share. */
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
  if (settings.deletionProtection && settings.firstDeployment)
    for (const stack of [data, access])
      Annotations.of(stack).addWarningV2(
        'hub:firstDeployment',
        'not protected against deletion yet: deploy again without it',
      );
  if (!settings.gatewayLogRole) return { data, access, service };
  const account = new AccountStack(app, shared(settings));
  account.addStackDependency(access);
  service.addStackDependency(account);
  return { data, access, service, account };
}

/** CloudFormation puts a stack's tags on all that is in it: costs can be told apart by stage and purpose. */
const stackProps = (settings: Settings, purpose: string): StackProps => ({
  ...shared(settings),
  tags: { ...settings.tags, 'hub:stage': settings.stage, 'hub:purpose': purpose },
});

/** Nothing that differs by stage. */
const shared = ({ account, region }: Settings): StackProps => ({
  env: { ...(account !== undefined && { account }), ...(region !== undefined && { region }) },
  synthesizer: synthesizer(),
});

/**
 * Without the rule that adds a parameter to every template: the command line checks the bootstrap version itself.
 * (The class is such a synthesizer; its declaration only misses an `undefined`.)
 */
const synthesizer = () => new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer;
