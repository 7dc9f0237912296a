import type { Field } from '../../../../schemas/contracts/definition.ts';

/** What the name of a column suggests. Guesses, told as such; no value is needed for them. */
const ID = /(?:^|[_\s.-])(?:id|uuid|guid|key)$|[a-z](?:Id|ID)$|编号$|序号$|主键$|标识$|流水号$/;
const ID_LOWER = /^(?:id|uuid|guid|key)$/i;
const CODE =
  /(?:^|[_\s.-])(?:code|no|number|num|zip|zipcode|postcode|division|fips|iata|icao|isbn)$|[a-z](?:Code|No|Number)$|代码$|编码$|号码$|邮编$|区划$|号$/;
const CODE_LOWER = /^(?:code|zip|zipcode|postcode|fips|iata|icao|isbn)$/i;
const YEAR = /(?:^|[_\s.-])year$|^year|[a-z]Year$|年份$|年度$|^年$/i;
const DATE = /(?:^|[_\s.-])(?:date|day|on|at|time)$|[a-z](?:Date|Day|Time)$|日期$|时间$|^日$|年月日$/i;
const FLAG = /^(?:is|has|can)[_A-Z]|[_\s]flag$|^flag$|^是否|标志$/;
const LATITUDE = /^(?:lat|latitude)$|[_\s](?:lat|latitude)$|纬度$/i;
const LONGITUDE = /^(?:lon|lng|long|longitude)$|[_\s](?:lon|lng|longitude)$|经度$/i;

export const isIdName = (name: string): boolean => ID.test(name) || ID_LOWER.test(name);
export const isCodeName = (name: string): boolean => CODE.test(name) || CODE_LOWER.test(name) || isIdName(name);
export const isYearName = (name: string): boolean => YEAR.test(name);
export const isDateName = (name: string): boolean => DATE.test(name);
export const isFlagName = (name: string): boolean => FLAG.test(name);

/** Degrees that a coordinate can have. */
export function degreesOf(name: string): number | undefined {
  if (LATITUDE.test(name)) return 90;
  return LONGITUDE.test(name) ? 180 : undefined;
}

/**
 * Personal Information Protection Law of China, article 4 (what relates to a natural person), and article 28 (sensitive:
 * biometrics, religion, medical health, financial accounts, whereabouts).
 */
const SENSITIVE =
  /银行卡|银行账|账号|病历|病史|诊断|疾病|血型|指纹|人脸|宗教|信仰|残疾|行踪|bank_?account|diagnos|disease|medical|religio|biometric|fingerprint/i;
const PERSONAL =
  /身份证|证件号|护照|姓名|联系人|法定代表人|法人代表|负责人|经办人|户主|手机|电话|住址|家庭地址|居住地|邮箱|出生日期|出生年月|生日|微信|车牌|id_?card|passport|representative|first_?name|last_?name|full_?name|given_?name|surname|person_?name|contact_?name|phone|mobile|e-?mail|birth|home_?address/i;
const PERSONAL_LOWER = /^(?:person|tel|telephone|fax|address)$/i;

export function sensitivityOf(name: string): Exclude<Field['sensitivity'], 'public' | 'internal'> | undefined {
  if (SENSITIVE.test(name)) return 'sensitive';
  return PERSONAL.test(name) || PERSONAL_LOWER.test(name) ? 'personal' : undefined;
}

/** A column with a Chinese name shows it to people as it is. */
export const hasHan = (name: string): boolean => /\p{Script=Han}/u.test(name);
