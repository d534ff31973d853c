import { invalid, limitExceeded } from './errors.ts';
import { MAX_JOB_INSTANCES, MAX_NAME_LENGTH } from './limits.ts';

const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/;

export const required = <T>(value: T | undefined | null, field: string): T => {
  if (value === undefined || value === null || value === '') throw invalid(`${field} is missing`);
  return value;
};

export const requiredName = (value: unknown, field: string, maxLength = MAX_NAME_LENGTH): string => {
  const name = required(value, field);
  if (typeof name !== 'string' || name.length > maxLength || !NAME.test(name)) {
    throw invalid(
      `${field} is ${JSON.stringify(name)}, wanted ${maxLength} letters, digits or inner hyphens at most`,
    );
  }
  return name;
};

export const requiredUri = (value: unknown, field: string): string => {
  const uri = required(value, field);
  if (typeof uri !== 'string' || !/^s3:\/\/[^/]+(\/.*)?$/.test(uri)) {
    throw invalid(`${field} is ${JSON.stringify(uri)}, wanted s3://bucket/key`);
  }
  return uri;
};

export const requiredRole = (value: unknown, field: string): string => {
  const role = required(value, field);
  if (typeof role !== 'string' || !/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(role)) {
    throw invalid(`${field} is ${JSON.stringify(role)}, wanted the ARN of a role`);
  }
  return role;
};

export const oneOf = <T>(value: T, field: string, wanted: readonly T[]): T => {
  if (!wanted.includes(value)) throw invalid(`${field} is ${value}, wanted one of ${wanted.join(', ')}`);
  return value;
};

export const integerBetween = (value: unknown, field: string, lowest: number, highest: number): number => {
  if (!Number.isInteger(value) || Number(value) < lowest || Number(value) > highest) {
    throw invalid(`${field} is ${value}, wanted an integer from ${lowest} to ${highest}`);
  }
  return Number(value);
};

/** Refuses what AWS would do and the twin does not, rather than leaving it out silently. */
export const unsupported = (value: unknown, field: string): void => {
  if (value === undefined || value === null) return;
  throw invalid(`${field} is given, the local SageMaker does not support it`);
};

export const checkInstances = (type: unknown, count: unknown, field: string, inUse: number): void => {
  const instance = required(type, `${field}.InstanceType`);
  if (typeof instance !== 'string' || !/^ml\.[a-z0-9]+\.[a-z0-9]+$/.test(instance)) {
    throw invalid(`${field}.InstanceType is ${JSON.stringify(instance)}, wanted a type such as ml.m5.large`);
  }
  if (integerBetween(count, `${field}.InstanceCount`, 1, 1000) > 1) {
    throw limitExceeded(`${field}.InstanceCount is ${count}, the local SageMaker has 1 instance a job`);
  }
  if (inUse >= MAX_JOB_INSTANCES) {
    throw limitExceeded(
      `the account-level limit of ${MAX_JOB_INSTANCES} instances is reached, got a request for 1 more`,
    );
  }
};
