import { Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ApiFunctions } from '../constructs/api-functions.ts';
import { ApiRelease } from '../constructs/api-release.ts';
import { DeliveryFunctions } from '../constructs/delivery-functions.ts';
import { EveryMinute } from '../constructs/every-minute.ts';
import type { Deployment } from '../constructs/hub-function.ts';
import { IntakeFunctions } from '../constructs/intake-functions.ts';

export interface ServiceStackProps extends StackProps {
  readonly deployment: Deployment;
  readonly apiBody: object;
}

/** What can be replaced at any time: functions and what drives them. Nothing in it is the only copy of anything. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, { deployment, apiBody, ...props }: ServiceStackProps) {
    const { names } = deployment;
    super(scope, names.stack('service'), { ...props, description: 'Exchange hub: functions, queues, schedules' });
    const apiId = Fn.importValue(names.exported('api-id'));
    const streamArn = Fn.importValue(names.exported('stream-arn'));
    const mailboxUrlPrefix = Fn.importValue(names.exported('mailbox-url-prefix'));
    new ApiFunctions(this, 'Api', { ...deployment, apiId, mailboxUrlPrefix });
    new ApiRelease(this, 'ApiRelease', { apiId, stageName: names.stage, body: apiBody });
    const intake = new IntakeFunctions(this, 'Intake', deployment);
    const delivery = new DeliveryFunctions(this, 'Delivery', { ...deployment, streamArn, mailboxUrlPrefix });
    new EveryMinute(this, 'EveryMinute', [intake.sweep, delivery.release, delivery.sweep]);
  }
}
