/** An item's image as DynamoDB and its streams write it, as far as the registry's items use it. */
export type ItemImage = Readonly<Record<string, { readonly S?: string | undefined }>>;

/** The noun of a table item or of a stream record's image. */
export function nounOf<T>(image: ItemImage): T {
  const text = image.item?.S;
  if (text === undefined) throw new Error(`table item ${image.sk?.S} must hold a noun as text, got none`);
  return JSON.parse(text) as T;
}
