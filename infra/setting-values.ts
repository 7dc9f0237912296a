import { z } from 'zod';

/**
 * Kinds of values of settings. On the CDK's command line every value is text (`-c hub:waf=true`), in `cdk.json` it is
 * JSON: both are taken.
 */
export const flag = () => z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]);

export const whole = (minimum: number, maximum: number) =>
  z
    .union([z.number(), z.string().regex(/^\d+$/, 'a whole number').transform(Number)])
    .pipe(z.int().min(minimum).max(maximum));

/** A JSON list, or texts with commas between them. */
export const list = <Item extends z.ZodType<string, string>>(item: Item) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value),
    z.array(item),
  );

/** A JSON object, or `key=value` with commas between them. */
export const pairs = (key: z.ZodString, value: z.ZodString) =>
  z.preprocess(
    (given) =>
      typeof given === 'string'
        ? Object.fromEntries(
            given.split(',').map((part) => [part.split('=')[0]!.trim(), part.split('=').slice(1).join('=')]),
          )
        : given,
    z.record(key, value),
  );

/** An ARN of one service, in any partition. */
export const arn = (service: string, resource: RegExp, example: string) =>
  z.string().regex(new RegExp(`^arn:aws[\\w-]*:${service}:${resource.source}$`), `an ARN such as ${example}`);

/** What CloudWatch Logs can keep (API reference, PutRetentionPolicy); anything else fails only at deployment. */
const logDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export const logRetention = () =>
  whole(1, 3653).refine((days) => logDays.some((possible) => possible === days), `one of ${logDays.join(', ')}`);

/** An origin as browsers send it: scheme, host and port, no path. */
export const origin = () =>
  z.string().regex(/^https?:\/\/[a-z0-9.-]+(:\d+)?$/, 'an origin such as https://console.example.gov.cn');

export const httpsHost = () =>
  z.string().regex(/^https:\/\/[a-z0-9.-]+$/, 'https:// and a host, without path or slash at its end');

export const timeZone = () => z.string().refine(isTimeZone, 'no time zone of the IANA database');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
