import { sha, delivery } from './things.ts';

export const exampleOf = {
  listDeliveries: { response: { items: [delivery], cursor: 'eyJhIjo3fQ' } },
  readDelivery: { response: delivery },
  readAttachment: {
    response: {
      url: 'https://datasets.example/attachments/…?X-Amz-Signature=…',
      expiresAt: '2026-12-01T02:01:00.000Z',
      type: 'jpeg',
      sha256: sha,
      bytes: 48_211,
    },
  },
  readContent: {
    response: {
      url: 'https://deliveries.example/extracts/…?X-Amz-Signature=…',
      expiresAt: '2026-12-01T02:01:00.000Z',
      sha256: sha,
      bytes: 901_222,
    },
  },
  giveReceipt: { request: { sha256: sha }, response: { ...delivery, receivedAt: '2026-12-01T02:00:30.000Z' } },
};
