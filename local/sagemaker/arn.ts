export const ACCOUNT_ID = '000000000000';

export const REGION = 'us-east-1';

export const arnOf = (kind: string, name: string) =>
  `arn:aws:sagemaker:${REGION}:${ACCOUNT_ID}:${kind}/${name.toLowerCase()}`;
