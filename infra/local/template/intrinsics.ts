import { TemplateFault } from './fault.ts';
import { isList, type Json } from './json.ts';
import type { Scope } from './scope.ts';

type Intrinsic = (argument: Json, scope: Scope) => Json | undefined;

const list = (value: Json | undefined, what: string): readonly Json[] => {
  if (!isList(value)) throw new TemplateFault(`${what}: a list is wanted, not ${JSON.stringify(value)}`);
  return value;
};
const text = (value: Json | undefined, what: string): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateFault(`${what}: a text is wanted, not ${JSON.stringify(value)}`);
};
const item = (values: readonly Json[], position: number, what: string): Json => {
  const value = values[position];
  if (value === undefined) throw new TemplateFault(`${what}: there is no item ${position}`);
  return value;
};
const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Source: CloudFormation User Guide, "Intrinsic function reference". */
export const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.reference(text(argument, 'Ref')),

  Condition: (argument, scope) => scope.condition(text(argument, 'Condition')),

  'Fn::GetAtt': (argument, scope) => {
    const [id, ...name] = typeof argument === 'string' ? argument.split('.') : list(argument, 'Fn::GetAtt');
    return scope.attribute(
      text(id, 'Fn::GetAtt'),
      name.map((part) => text(scope.resolve(part), 'Fn::GetAtt')).join('.'),
    );
  },

  'Fn::Join': (argument, scope) => {
    const [delimiter, values] = list(argument, 'Fn::Join');
    return list(scope.resolve(values ?? null), 'Fn::Join')
      .map((value) => text(value, 'Fn::Join'))
      .join(text(delimiter, 'Fn::Join'));
  },

  'Fn::Sub': (argument, scope) => {
    const [pattern, names] = isList(argument) ? argument : [argument, {}];
    const own = scope.resolve(names ?? {}) as Record<string, Json>;
    return text(pattern, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (Object.hasOwn(own, name)) return text(own[name], 'Fn::Sub');
      const [id = '', ...attributeName] = name.split('.');
      return text(
        attributeName.length > 0 ? scope.attribute(id, attributeName.join('.')) : scope.reference(name),
        'Fn::Sub',
      );
    });
  },

  'Fn::Select': (argument, scope) => {
    const [index, values] = list(argument, 'Fn::Select');
    return item(list(scope.resolve(values ?? null), 'Fn::Select'), Number(scope.resolve(index ?? null)), 'Fn::Select');
  },

  'Fn::Split': (argument, scope) => {
    const [delimiter, value] = list(argument, 'Fn::Split');
    return text(scope.resolve(value ?? null), 'Fn::Split').split(text(delimiter, 'Fn::Split'));
  },

  'Fn::If': (argument, scope) => {
    const [name, then, otherwise] = list(argument, 'Fn::If');
    return scope.resolve((scope.condition(text(name, 'Fn::If')) ? then : otherwise) ?? null);
  },

  'Fn::Equals': (argument, scope) => {
    const [a, b] = list(argument, 'Fn::Equals');
    return same(scope.resolve(a ?? null), scope.resolve(b ?? null));
  },

  'Fn::And': (argument, scope) => list(argument, 'Fn::And').every((each) => scope.resolve(each) === true),
  'Fn::Or': (argument, scope) => list(argument, 'Fn::Or').some((each) => scope.resolve(each) === true),
  'Fn::Not': (argument, scope) => scope.resolve(item(list(argument, 'Fn::Not'), 0, 'Fn::Not')) !== true,

  'Fn::FindInMap': (argument, scope) => {
    const [map = '', top = '', second = ''] = list(argument, 'Fn::FindInMap').map((part) =>
      text(scope.resolve(part), 'Fn::FindInMap'),
    );
    const value = scope.stack.template.Mappings[map]?.[top]?.[second];
    if (value === undefined) throw new TemplateFault(`Fn::FindInMap: nothing at ${map}.${top}.${second}`);
    return value;
  },

  'Fn::ImportValue': (argument, scope) => scope.imported(text(scope.resolve(argument), 'Fn::ImportValue')),
};
