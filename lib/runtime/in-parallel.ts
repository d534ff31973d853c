/** The answers of `work` for every item, in order, with at most `width` of them under way. */
export async function inParallel<T, R>(
  width: number,
  items: readonly T[],
  work: (item: T, index: number) => Promise<R> | R,
): Promise<readonly R[]> {
  const answers = new Array<R>(items.length);
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) answers[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return answers;
}
