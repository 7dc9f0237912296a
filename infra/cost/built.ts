import type { Built } from './estimate.ts';

export interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
}

/** Counts in the templates what costs by being there. */
export function builtOf(templates: readonly Template[]): Built {
  const resources = templates.flatMap(({ Resources }) => Object.values(Resources));
  const of = (type: string) => resources.filter(({ Type }) => Type === type);
  const alarms = of('AWS::CloudWatch::Alarm');
  const ofFunctions = (figure: (properties: Readonly<Record<string, unknown>>) => unknown) =>
    Object.fromEntries(
      of('AWS::Lambda::Function').flatMap(({ Properties = {} }) => {
        const name = Properties['FunctionName'];
        return typeof name === 'string'
          ? [[name.replace(/^hub-[a-z0-9]+-/, ''), Number(figure(Properties))] as const]
          : [];
      }),
    );
  return {
    memory: ofFunctions(({ MemorySize = 128 }) => MemorySize),
    storage: ofFunctions(({ EphemeralStorage }) => (EphemeralStorage as { Size: number } | undefined)?.Size ?? 512),
    alarms: alarms.length,
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    keys: of('AWS::KMS::Key').length,
    schedules: of('AWS::Scheduler::Schedule').length,
    polledQueues: of('AWS::Lambda::EventSourceMapping').filter(
      ({ Properties = {} }) => !('StartingPosition' in Properties),
    ).length,
  };
}
