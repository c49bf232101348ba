import { type DefaultTreeAdapterTypes, parse } from "parse5";

/** An element of a page, as a browser reads it. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** All text below it. */
  readonly text: () => string;
}

/** A page as a browser reads it. For tests. */
export interface Parsed {
  readonly elements: readonly Element[];
  readonly comments: readonly string[];
  /** What a parser complains about. */
  readonly errors: readonly string[];
}

type Node = DefaultTreeAdapterTypes.Node;

/** Reads a page with a parser that follows the HTML standard. */
export function parsed(page: string): Parsed {
  const errors: string[] = [];
  const tree = parse(page, { onParseError: ({ code }) => void errors.push(code) });
  const elements: Element[] = [];
  const comments: string[] = [];
  const walk = (node: Node): void => {
    if ("attrs" in node) {
      const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
      elements.push({ name: node.tagName, attributes, text: () => textOf(node) });
    }
    if (node.nodeName === "#comment" && "data" in node) comments.push(node.data);
    if ("childNodes" in node) node.childNodes.forEach(walk);
  };
  walk(tree);
  return { elements, comments, errors };
}

function textOf(node: Node): string {
  if ("value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}
