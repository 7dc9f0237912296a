import type { Words } from '../../../schemas/words/language.ts';
import type { AttachmentRule } from '../attachments/attachments.ts';

/** What the rules of attachments say; that a name is `unique` records have, too. */
export const ATTACHMENT_RULES: Readonly<
  Record<Exclude<AttachmentRule, 'unique'>, { readonly expected: Words; readonly fault: Words; readonly todo: Words }>
> = {
  'attachment-name': {
    expected: {
      en: 'the value that records have, of visible characters, at most 200, not in a folder',
      zh: '与记录中的值一致，由可见字符组成，不超过 200 个字符，且不在文件夹内',
    },
    fault: { en: 'has a name that no record can have', zh: '文件名不可用' },
    todo: { en: 'Name it as the record does, and pack it without folders', zh: '请按记录中的值命名，打包时不带文件夹' },
  },
  'attachment-type': {
    expected: { en: 'a JPEG, PNG or WebP picture that the resource takes', zh: '该资源接受的 JPEG、PNG 或 WebP 图片' },
    fault: { en: 'is no such picture, whatever its name says', zh: '不是此类图片（以内容为准，与扩展名无关）' },
    todo: { en: 'Save it as one of these', zh: '请另存为上述格式之一' },
  },
  'attachment-size': {
    expected: { en: 'no more bytes than the resource allows', zh: '不超过该资源规定的大小' },
    fault: { en: 'is too large', zh: '过大' },
    todo: { en: 'Make the picture smaller', zh: '请缩小图片' },
  },
  'attachment-picture': {
    expected: {
      en: 'one whole still picture of at most 50 million pixels',
      zh: '一幅完整的静态图片，不超过 5000 万像素',
    },
    fault: { en: 'is damaged, moves, or is too large to show', zh: '已损坏、为动图或尺寸过大' },
    todo: { en: 'Open the picture and save it anew', zh: '请打开图片后重新保存' },
  },
};
