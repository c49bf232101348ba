/** Whatever a program gave us, for an error message: its own `toString` may be missing, or throw. */
export function inWords(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(shortened(value));
    case "function":
      return "a function";
    case "object":
      return value === null ? "null" : Array.isArray(value) ? "an array" : "an object";
    default:
      return String(value);
  }
}

/** What a program threw, as a name (of an error only) and a text. Both may lie, throw when they are read, or be no texts at all. */
export function thrownWords(thrown: unknown): { readonly name?: string; readonly text: string } {
  try {
    if (!(thrown instanceof Error)) return { text: shortened(String(thrown)) };
    const { name, message }: { readonly name: unknown; readonly message: unknown } = thrown;
    return {
      name: typeof name === "string" ? shortened(name) : "Error",
      text: typeof message === "string" ? shortened(message) : inWords(message),
    };
  } catch {
    return { text: "something that cannot be shown" };
  }
}

const MOST_CHARACTERS = 2000;

function shortened(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}…`;
}
