/** A string or boolean column to be counted. */
export interface CategoricalColumn {
  readonly name: string;
  /** With it only these are counted by name. */
  readonly values?: readonly string[] | undefined;
}
