import type { ApiRoute } from './definition.ts';

export interface Routed {
  readonly route: ApiRoute;
  /** Decoded. */
  readonly params: Readonly<Record<string, string>>;
}

const segmentsOf = (path: string): string[] => path.split('/').slice(1);
const isVariable = (segment: string): boolean => segment.startsWith('{');

/** The route of a method and a raw path; a literal segment goes before a variable. Undefined where there is none. */
export function routerOf(routes: readonly ApiRoute[]): (method: string, rawPath: string) => Routed | undefined {
  const known = routes.map((route) => ({ route, segments: segmentsOf(route.path) }));
  known.sort((a, b) => a.segments.filter(isVariable).length - b.segments.filter(isVariable).length);
  return (method, rawPath) => {
    const sent = segmentsOf(rawPath);
    const found = known.find(({ route, segments }) => route.method === method && fits(segments, sent));
    return found && { route: found.route, params: paramsOf(found.segments, sent) };
  };
}

const fits = (segments: readonly string[], sent: readonly string[]): boolean =>
  segments.length === sent.length &&
  segments.every((segment, position) => (isVariable(segment) ? sent[position] !== '' : segment === sent[position]));

const paramsOf = (segments: readonly string[], sent: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    segments.flatMap((segment, position) =>
      isVariable(segment) ? [[segment.slice(1, -1), decoded(sent[position] ?? '')]] : [],
    ),
  );

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
