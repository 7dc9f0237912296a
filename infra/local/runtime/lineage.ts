import { createHash, randomBytes } from 'node:crypto';

/**
 * How often a chain of requests may pass one function: Lambda stops the next at about 16 and sends its message to the
 * queue's dead-letter queue (Lambda Developer Guide, "Use Lambda recursive loop detection"). The chain is told by the
 * trace header, which the SDK passes on from an invocation to what it sends: `Lineage=a87bd80c:1|68fd508a:5`, functions
 * and how often each was passed (X-Ray Developer Guide, "Tracing header").
 */
const MOST_PASSES = 15;

type Trace = string | undefined;

/** Whether the next pass of a function would be one too many. */
export const isTooLong = (trace: Trace, functionArn: string): boolean =>
  (lineageOf(trace).get(markOf(functionArn)) ?? 0) >= MOST_PASSES;

/** The trace of an invocation; of a batch the longest lineage. Without traces it begins a chain. */
export function traceOfInvocation(traces: readonly Trace[], functionArn: string): string {
  const lineage = new Map<string, number>();
  for (const trace of traces)
    for (const [mark, passes] of lineageOf(trace)) lineage.set(mark, Math.max(passes, lineage.get(mark) ?? 0));
  const own = markOf(functionArn);
  lineage.set(own, (lineage.get(own) ?? 0) + 1);
  const root = traces.map(rootOf).find((found) => found !== undefined) ?? newRoot();
  const told = [...lineage].map(([mark, passes]) => `${mark}:${passes}`).join('|');
  return `${root};Parent=${randomBytes(8).toString('hex')};Sampled=0;Lineage=${told}`;
}

const markOf = (functionArn: string): string => createHash('sha256').update(functionArn).digest('hex').slice(0, 8);

const partOf = (trace: Trace, name: string): string | undefined =>
  trace?.split(';').find((part) => part.startsWith(`${name}=`));

const rootOf = (trace: Trace): string | undefined => partOf(trace, 'Root');

const newRoot = (): string => `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;

function lineageOf(trace: Trace): ReadonlyMap<string, number> {
  const told = partOf(trace, 'Lineage')?.slice('Lineage='.length) ?? '';
  return new Map(
    told.split('|').flatMap((each): [string, number][] => {
      const [, mark, passes] = /^([0-9a-f]{8}):(\d{1,3})$/.exec(each) ?? [];
      return mark ? [[mark, Number(passes)]] : [];
    }),
  );
}
