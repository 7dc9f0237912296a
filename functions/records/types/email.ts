import { isIPv4, isIPv6 } from 'node:net';

/** RFC 5321, section 4.5.3.1, in octets: 64 of local part, 256 of path with its brackets. RFC 1035: 63 of a label. */
export const MAX_EMAIL = 254;
export const MAX_LOCAL_PART = 64;
const MAX_LABEL = 63;

/** With the letters of any script, as RFC 6531 has them. */
const WORD = String.raw`\p{L}\p{M}\p{N}`;
const ATOM = String.raw`[${WORD}!#$%&'*+/=?^_\x60{|}~-]+`;
const LOCAL_PART = new RegExp(String.raw`^(?:${ATOM}(?:\.${ATOM})*|"(?:[ !#-\[\]-~]|\\[ -~])*")$`, 'u');
const LABEL = new RegExp(String.raw`^[${WORD}](?:[${WORD}-]*[${WORD}])?$`, 'u');

/** RFC 5321, `Mailbox`; a domain has two labels or more, the last of two characters or more. */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  return (
    at > 0 &&
    Buffer.byteLength(text) <= MAX_EMAIL &&
    Buffer.byteLength(local) <= MAX_LOCAL_PART &&
    LOCAL_PART.test(local) &&
    isDomain(text.slice(at + 1))
  );
}

function isDomain(text: string): boolean {
  const literal = /^\[(IPv6:)?(.*)\]$/i.exec(text);
  if (literal)
    return literal[1] === undefined ? isIPv4(literal[2] ?? '') : isIPv6(literal[2] ?? '') && !text.includes('%');
  const labels = text.split('.');
  return (
    labels.length > 1 &&
    (labels.at(-1) ?? '').length > 1 &&
    labels.every((label) => Buffer.byteLength(label) <= MAX_LABEL && LABEL.test(label))
  );
}
