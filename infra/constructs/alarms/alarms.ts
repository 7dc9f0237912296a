import { Alarm, ComparisonOperator, TreatMissingData, type IAlarm, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Names } from '../names.ts';

/** Something that somebody must know of, and what that person does first. */
export interface Watch {
  /** In kebab case: of the alarm, after `hub-{stage}-`, and of its section in docs/operations.md. Never renamed. */
  readonly name: string;
  readonly metric: IMetric;
  /** Reached or passed upwards. */
  readonly atLeast?: number;
  /** Not reached. */
  readonly lessThan?: number;
  /** So many of so many periods of the metric; one of one without it. */
  readonly periods?: readonly [bad: number, of: number];
  /** What it means when the metric has no value; good without it. */
  readonly silence?: 'good' | 'bad';
  /** Percentiles of few values say nothing. */
  readonly needsManyValues?: boolean;
  readonly meaning: string;
  readonly firstLook: string;
  readonly mend: string;
}

export interface AlarmsProps {
  readonly names: Names;
  readonly topic: ITopic;
  readonly watches: readonly Watch[];
}

/** CloudWatch alarms that tell one topic, of trouble and of its end, and say in their text what to look at. */
export class Alarms extends Construct {
  readonly all: readonly IAlarm[];

  constructor(scope: Construct, id: string, { names, topic, watches }: AlarmsProps) {
    super(scope, id);
    const action = new SnsAction(topic);
    this.all = watches.map((watch) => {
      const alarm = new Alarm(this, watch.name, {
        alarmName: names.alarm(watch.name),
        alarmDescription: descriptionOf(watch),
        metric: watch.metric,
        ...conditionOf(watch),
        evaluationPeriods: watch.periods?.[1] ?? 1,
        datapointsToAlarm: watch.periods?.[0] ?? 1,
        treatMissingData: watch.silence === 'bad' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
        ...(watch.needsManyValues && { evaluateLowSampleCountPercentile: 'ignore' }),
      });
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    });
  }
}

/** At most 1,024 characters (CloudWatch API reference, PutMetricAlarm). */
const descriptionOf = ({ name, meaning, firstLook, mend }: Watch): string =>
  `${meaning} First look: ${firstLook} Mend: ${mend} More: docs/operations.md#${name}`;

function conditionOf({ name, atLeast, lessThan }: Watch) {
  if (atLeast !== undefined)
    return { threshold: atLeast, comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD };
  if (lessThan !== undefined)
    return { threshold: lessThan, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD };
  throw new Error(`the alarm ${name} has no threshold`);
}
