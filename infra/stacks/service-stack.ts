import { Aws, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { Alarms, type Watch } from '../constructs/alarms/alarms.ts';
import { apiAlarms } from '../constructs/alarms/api-alarms.ts';
import { ApiFunctions } from '../constructs/api/api-functions.ts';
import { ApiRelease } from '../constructs/api/api-release.ts';
import { ClockFunctions } from '../constructs/functions/clock-functions.ts';
import { CompareFunctions } from '../constructs/functions/compare-functions.ts';
import { DeriveFunctions } from '../constructs/functions/derive-functions.ts';
import { Dashboard } from '../constructs/alarms/dashboard.ts';
import { Definitions, publishesDefinitions } from '../constructs/functions/definitions.ts';
import { DeliveryFunctions } from '../constructs/functions/delivery-functions.ts';
import { flowAlarms } from '../constructs/alarms/flow-alarms.ts';
import type { Deployment } from '../constructs/functions/hub-function.ts';
import { IntakeFunctions } from '../constructs/functions/intake-functions.ts';
import { NoticeFunctions } from '../constructs/functions/notice-functions.ts';
import { RepresentedTable } from '../constructs/data/represented-table.ts';
import { RepresentFunctions } from '../constructs/functions/represent-functions.ts';
import { StreamRouter } from '../constructs/functions/stream-router.ts';
import type { Names } from '../constructs/names.ts';
import { RegularRuns } from '../constructs/functions/regular-runs.ts';
import type { Settings } from '../settings.ts';

export interface ServiceStackProps extends StackProps {
  readonly deployment: Deployment;
  /** What the API's deployment is a snapshot of. */
  readonly released: object;
}

/** What can be replaced at any time: functions and what drives them. Nothing in it is the only copy of anything. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, { deployment, released, ...props }: ServiceStackProps) {
    const { names, settings } = deployment;
    super(scope, names.stack('service'), { ...props, description: 'Exchange hub: functions, queues, schedules' });
    const apiId = Fn.importValue(names.exported('api-id'));
    const mailboxUrlPrefix = Fn.importValue(names.exported('mailbox-url-prefix'));
    const intake = new IntakeFunctions(this, 'Intake', deployment);
    const compare = new CompareFunctions(this, 'Compare', { ...deployment, mailboxUrlPrefix });
    const api = new ApiFunctions(this, 'Api', {
      ...deployment,
      apiId,
      intake: intake.sending,
      compare: compare.sending,
      mailboxUrlPrefix: departmentsSee(mailboxUrlPrefix, names, settings),
    });
    new ApiRelease(this, 'ApiRelease', { names, apiId, released, settings });
    const delivery = new DeliveryFunctions(this, 'Delivery', { ...deployment, mailboxUrlPrefix });
    const notices = new NoticeFunctions(this, 'Notices', { ...deployment, mailboxUrlPrefix });
    new RepresentedTable(this, 'Represented', names);
    const represent = new RepresentFunctions(this, 'Represent', deployment);
    const derive = new DeriveFunctions(this, 'Derive', deployment);
    const router = new StreamRouter(this, 'Router', {
      ...deployment,
      streamArn: Fn.importValue(names.exported('stream-arn')),
      queues: {
        dispatch: delivery.dispatch.queue,
        notices: notices.send.queue,
        'intake-follow': intake.follow.queue,
        represent: represent.represent.queue,
        derive: derive.derive.queue,
      },
    });
    const clocks = new ClockFunctions(this, 'Clocks', deployment);
    new RegularRuns(this, 'EveryMinute', {
      every: 'rate(1 minute)',
      functions: [
        intake.sweep,
        represent.sweep,
        derive.sweep,
        delivery.release,
        delivery.sweep,
        compare.sweep,
        notices.sweep,
        ...clocks.all,
      ],
    });
    const definitions = publishesDefinitions(settings) ? [new Definitions(this, 'Definitions', deployment)] : [];
    const alarms = this.alarms(names, [
      ...apiAlarms(names),
      ...flowAlarms(names),
      ...[api, intake, represent, derive, router, delivery, compare, notices, clocks, ...definitions].flatMap(
        ({ watches }) => watches,
      ),
    ]);
    new Dashboard(this, 'Dashboard', {
      names,
      alarms,
      api,
      intake,
      represent,
      derive,
      router,
      delivery,
      compare,
      notices,
      clocks,
    });
  }

  private alarms(names: Names, watches: readonly Watch[]): Alarms {
    const topic = Topic.fromTopicArn(this, 'AlarmTopic', Fn.importValue(names.exported('alarm-topic-arn')));
    return new Alarms(this, 'Alarms', { names, topic, watches });
  }
}

/** In a private network departments reach SQS by another host than the functions do. */
const departmentsSee = (prefix: string, names: Names, { sqsEndpointUrl }: Settings): string =>
  sqsEndpointUrl === undefined ? prefix : `${sqsEndpointUrl}/${Aws.ACCOUNT_ID}/${names.mailbox('')}`;
