import { isIPv6 } from 'node:net';

const UNRESERVED = String.raw`\w\-.~`;
const SUB_DELIMS = "!$&'()*+,;=";
const of = (more: string): string => `(?:[${UNRESERVED}${SUB_DELIMS}${more}]|%[\\da-f]{2})`;
const PCHAR = of(':@');

/**
 * RFC 3986, appendix A, `URI`: a scheme and a colon; an authority and a path, or a path alone, which may be empty; a query;
 * a fragment. Square brackets stand around an IP literal and nowhere else.
 */
const URI = new RegExp(
  `^(?<scheme>[a-z][a-z\\d+.-]*):(?://(?:${of(':')}*@)?(?:\\[(?<literal>[^\\]]*)\\]|(?<name>${of('')}*))(?::\\d*)?(?:/${PCHAR}*)*|/?(?:${PCHAR}+(?:/${PCHAR}*)*)?)(?:\\?${of(':@/?')}*)?(?:#${of(':@/?')}*)?$`,
  'i',
);
const IP_FUTURE = new RegExp(`^v[\\da-f]+\\.[${UNRESERVED}${SUB_DELIMS}:]+$`, 'i');
/** Beyond what any server takes; a bound on the work of one cell. */
export const MAX_URI = 65_536;

export function isUri(text: string): boolean {
  if (text.length > MAX_URI) return false;
  const { scheme = '', literal, name } = URI.exec(text)?.groups ?? {};
  if (literal !== undefined) return IP_FUTURE.test(literal) || (isIPv6(literal) && !literal.includes('%'));
  // RFC 9110, section 4.2: http and https have a host.
  return /^https?$/i.test(scheme) ? name !== undefined && name !== '' : scheme !== '';
}
