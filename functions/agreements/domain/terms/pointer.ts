/** One member of a JSON pointer (RFC 6901, section 3). */
export const pointer = (member: string): string => member.replaceAll('~', '~0').replaceAll('/', '~1');
