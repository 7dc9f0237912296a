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
  const props = (): StackProps => ({
    env: {
      ...(settings.account !== undefined && { account: settings.account }),
      ...(settings.region !== undefined && { region: settings.region }),
    },
    synthesizer: synthesizer(),
  });
  const data = new DataStack(app, names, props());
  const access = new AccessStack(app, { ...props(), names, departments: settings.departments });
  const service = new ServiceStack(app, {
    ...props(),
    deployment: { names, timeZone: settings.timeZone, bundle },
    apiBody: access.apiBody,
  });
  service.addStackDependency(data);
  service.addStackDependency(access);
  return { data, access, service };
}

/**
 * Without the rule that adds a parameter to every template: the command line checks the bootstrap version itself.
 * (The class is such a synthesizer; its declaration only misses an `undefined`.)
 */
const synthesizer = () => new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer;
