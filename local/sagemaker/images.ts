import { invalid } from './errors.ts';

/** Which process stands in for which managed image, by the image's repository name. */
const STAND_INS: readonly { readonly prefix: string; readonly command: 'python' }[] = [
  { prefix: 'sagemaker-scikit-learn', command: 'python' },
];

/** `<registry>/<repository>:<tag>` or `@digest`. */
export const checkImage = (image: string, field: string): void => {
  const repository = image.split('/').at(-1) ?? '';
  if (STAND_INS.some(({ prefix }) => repository.startsWith(prefix))) return;
  const known = STAND_INS.map(({ prefix }) => prefix).join(', ');
  throw invalid(`${field} is ${image}, the local SageMaker has stand-ins for ${known}`);
};
