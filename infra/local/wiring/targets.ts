import type { FunctionPool } from '../runtime/pool.ts';
import type { Known, Model } from '../template/model.ts';
import { arnOf } from '../template/world.ts';
import { failureQueue } from './failure-queue.ts';
import { mayInvoke } from './may-invoke.ts';
import { placeOf, type WiringOptions } from './options.ts';
import type { Rule } from './rules.ts';
import type { Schedule } from './schedules.ts';

export const rulesOf = (options: WiringOptions): Rule[] =>
  options.model
    .all('AWS::Events::Rule')
    .filter(({ properties }) => properties.State === 'ENABLED')
    .map((rule) => ruleOf(options, rule));

function ruleOf(options: WiringOptions, rule: Known<'AWS::Events::Rule'>): Rule {
  const { model, poolOf } = options;
  const arn = arnOf(model.world, 'events', `rule/${rule.name}`);
  const targets = rule.properties.Targets.map(({ Arn }) => {
    const pool = poolOf(Arn);
    mayInvoke(model, pool.spec, 'events.amazonaws.com', arn, placeOf(rule));
    const { DeadLetterConfig } =
      model.all('AWS::Lambda::Function').find(({ name }) => name === pool.spec.name)?.properties ?? {};
    const onFailure = DeadLetterConfig && failureQueue(options, pool, DeadLetterConfig.TargetArn, placeOf(rule));
    return { pool, onFailure, retries: retriesOf(model, pool) };
  });
  return { pattern: rule.properties.EventPattern, targets };
}

/** Of an event that nobody waits for: the function's own setting, or Lambda's two. */
function retriesOf(model: Model, { spec }: FunctionPool): number {
  const own = model
    .all('AWS::Lambda::EventInvokeConfig')
    .find(({ properties: { FunctionName } }) => FunctionName === spec.name || FunctionName === spec.arn);
  return own?.properties.MaximumRetryAttempts ?? 2;
}

export const schedulesOf = (options: WiringOptions): Schedule[] =>
  options.model
    .all('AWS::Scheduler::Schedule')
    .filter(({ properties }) => properties.State === 'ENABLED')
    .map((schedule) => scheduleOf(options, schedule));

function scheduleOf({ access, poolOf, model }: WiringOptions, schedule: Known<'AWS::Scheduler::Schedule'>): Schedule {
  const { Target, ScheduleExpression, ScheduleExpressionTimezone } = schedule.properties;
  const pool = poolOf(Target.Arn);
  access.require(Target.RoleArn, ['lambda:InvokeFunction'], pool.spec.arn, placeOf(schedule));
  return {
    name: schedule.name,
    arn: arnOf(model.world, 'scheduler', `schedule/default/${schedule.name}`),
    expression: ScheduleExpression,
    timezone: ScheduleExpressionTimezone,
    input: Target.Input,
    pool,
  };
}
