import * as z from 'zod';
import {
  AnswerCorrectionBody,
  Correction,
  CorrectionList,
  CorrectionQuery,
  ReportCorrectionBody,
} from '../corrections.ts';
import { exampleOf } from '../examples/corrections.ts';
import { CorrectionId, DeliveryId } from '../ids.ts';
import { members, route } from './route.ts';

export const correctionsRoutes = {
  reportCorrection: route('reportCorrection', {
    capability: 'delivery',
    roles: members,
    summary: 'Report an error in delivered data',
    description:
      'By the consumer: a row by its key (or, where the terms do not deliver the key unmasked, by its line in the file), a field, a reason and words. The hub does not look the row up, and answers alike whether it exists.',
    params: z.strictObject({ deliveryId: DeliveryId }),
    body: ReportCorrectionBody,
    status: 201,
    response: Correction,
    errors: {
      'not-found': 404,
      'not-the-consumer': 403,
      'not-released': 409,
      'invalid-correction': 422,
      'changed-meanwhile': 409,
    },
    example: exampleOf.reportCorrection,
  }),
  listCorrections: route('listCorrections', {
    capability: 'delivery',
    roles: members,
    summary: 'List own corrections',
    description: 'In order of report: what your department reported, and what was reported about its data.',
    query: CorrectionQuery,
    response: CorrectionList,
    example: exampleOf.listCorrections,
  }),
  readCorrection: route('readCorrection', {
    capability: 'delivery',
    roles: members,
    summary: 'Read a correction',
    description: 'For the consumer that reported it and the provider.',
    params: z.strictObject({ correctionId: CorrectionId }),
    response: Correction,
    errors: { 'not-found': 404 },
    example: exampleOf.readCorrection,
  }),
  answerCorrection: route('answerCorrection', {
    capability: 'delivery',
    roles: members,
    summary: 'Answer a correction',
    description:
      'By the provider, once. After `will-correct` the next dataset whose content differs from the delivered one closes it.',
    params: z.strictObject({ correctionId: CorrectionId }),
    body: AnswerCorrectionBody,
    response: Correction,
    errors: { 'not-found': 404, 'not-the-provider': 403, 'wrong-state': 409, 'changed-meanwhile': 409 },
    example: exampleOf.answerCorrection,
  }),
} as const;
