import type { Reply } from '../front/reply.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

export const xmlReply = (root: string, content: string, headers: Reply['headers'] = {}): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/xml', ...headers },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${content}</${root}>`,
});

export const timestamp = (milliseconds: number): string => new Date(milliseconds).toISOString();
