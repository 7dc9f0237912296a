import { resolver, type Statement, type TemplateJson } from './resolve.ts';

/**
 * A template as a reviewer reads it: what there is by type, a property a line, a permission a line (its resources one
 * by one, if there are many). Left out is what says nothing or changes with every build: hashes, code, tags, texts for
 * people.
 */
export function outlineOf(template: TemplateJson, ...others: readonly TemplateJson[]): string {
  const resolved = resolver(template, ...others);
  const byType = new Map<string, string[]>();
  for (const [id, { Type, Properties, DeletionPolicy }] of Object.entries(template.Resources)) {
    const properties = told(Type, resolved(Properties ?? {}) as Properties);
    const title = `${id}${DeletionPolicy?.startsWith('Retain') ? ' (stays)' : ''}`;
    const resource = withoutHashes([`  ${title}`, ...properties.map((line) => `    ${line}`)].join('\n'));
    byType.set(Type, [...(byType.get(Type) ?? []), resource]);
  }
  const types = [...byType].sort(([one], [other]) => (one < other ? -1 : 1));
  return types.map(([type, resources]) => `${type}\n${[...resources].sort().join('\n')}\n`).join('\n');
}

/** The CDK's, at the end of logical ids, and the digest of the API's definition. */
const withoutHashes = (text: string): string =>
  text.replaceAll(/(?<=[A-Za-z0-9])[0-9A-F]{8}\b/g, '').replaceAll(/(?<=Deployment)[0-9a-f]{12}\b/g, '');

type Properties = Readonly<Record<string, unknown>>;

function told(type: string, properties: Properties): readonly string[] {
  if (type === 'AWS::Glue::Table') return lines('TableInput', withoutColumns(properties));
  if (type === 'AWS::CloudWatch::Alarm') return [alarm(properties)];
  if (type === 'AWS::CloudWatch::Dashboard') return dashboard(properties);
  return Object.entries(properties).flatMap(([name, value]) => lines(name, value));
}

/** Two thousand columns of one table are one for each place that a field may have. */
function withoutColumns({ TableInput }: Properties) {
  const { StorageDescriptor, ...table } = TableInput as {
    readonly StorageDescriptor: { readonly Columns: readonly object[] };
  };
  const { Columns, ...storage } = StorageDescriptor;
  return { ...table, StorageDescriptor: { ...storage, Columns: Columns.length } };
}

const silent = new Set(['Code', 'Tags', 'Description', 'Definition']);

function lines(path: string, value: unknown): readonly string[] {
  if (silent.has(path.split('.').at(-1)!)) return [];
  if (path === 'Body') return routes(value as { paths: Record<string, Record<string, unknown>> });
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object')) return [`${path}: ${value.join(', ')}`];
    return value.flatMap((item, index) => lines(`${path}.${index}`, item));
  }
  if (typeof value !== 'object' || value === null) return [`${path}: ${String(value)}`];
  if ('Statement' in value)
    return (value.Statement as (Statement & Properties)[]).flatMap((each) => statement(path, each));
  return Object.entries(value).flatMap(([name, inner]) => lines(`${path}.${name}`, inner));
}

const several = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));

function statement(path: string, { Effect, Action, Resource, Principal, Condition }: Statement): readonly string[] {
  const resources = [Resource ?? []].flat();
  const parts = [
    `${path}: ${Effect} ${several(Action)}`,
    ...(Principal === undefined ? [] : [`to ${JSON.stringify(Principal)}`]),
    ...(Condition === undefined ? [] : [`if ${JSON.stringify(Condition)}`]),
    ...(resources.length === 0 ? [] : [`on ${resources.length > 2 ? '' : resources.join(', ')}`.trimEnd()]),
  ];
  return [parts.join(' '), ...(resources.length > 2 ? resources.map((each) => `  ${each}`) : [])];
}

const routes = ({ paths }: { paths: Record<string, Record<string, unknown>> }): readonly string[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const { uri } = (operation as { 'x-amazon-apigateway-integration': { uri: string } })[
        'x-amazon-apigateway-integration'
      ];
      return `${method.toUpperCase()} ${path} -> ${/function:([\w-]+)/.exec(uri)?.[1]}`;
    }),
  );

function alarm(of: Properties): string {
  const metrics = of['Metrics'] as readonly { readonly Expression?: string }[] | undefined;
  const what = metrics?.find(({ Expression }) => Expression !== undefined)?.Expression;
  const metric = what ?? [of['Namespace'], of['MetricName'], of['Statistic'] ?? of['ExtendedStatistic']].join(' ');
  const sign = of['ComparisonOperator'] === 'LessThanThreshold' ? '<' : '>=';
  const periods = [of['DatapointsToAlarm'], 'of', of['EvaluationPeriods'], 'x', of['Period'] ?? 'its period'].join(' ');
  return `${String(of['AlarmName'])}: ${metric} ${sign} ${String(of['Threshold'])}, ${periods}, silence ${String(of['TreatMissingData'])}`;
}

function dashboard(of: Properties): readonly string[] {
  const { widgets } = JSON.parse(String(of['DashboardBody'])) as {
    widgets: readonly { type: string; properties: { title?: string; markdown?: string } }[];
  };
  return widgets.map(({ type, properties }) => `${type}: ${properties.title ?? properties.markdown ?? ''}`);
}
