/** A submission as it crosses into a sandbox: compiled, checked and linked by the judge; nothing of it has run. */
export interface Parcel {
  /** How messages call it. */
  readonly name: string;
  /** The folder where its files are, or would be; stacks name it. */
  readonly root: string;
  readonly files: readonly PackedFile[];
}

/** One module of a {@link Parcel}. */
export interface PackedFile {
  readonly path: string;
  readonly scriptName: string;
  /** JavaScript, without the function around it. */
  readonly code: string;
  /** Which file each of its imports means. */
  readonly links: readonly (readonly [specifier: string, path: string])[];
  /** A source map, as JSON. */
  readonly map: string;
}
