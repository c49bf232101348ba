import type ts from "typescript";

/**
 * Turns `#x` into an ordinary field. A world that is captured and restored copies the fields of its programs,
 * and nobody outside a class can see a `#private` one. Inside the class everything works as before; `#x in o`
 * too.
 *
 * The new name carries the class, and for a derived class the file: two classes of one chain may each have
 * their own `#x`, and those must stay apart.
 */
export function renamePrivates(compiler: typeof ts, path: string): ts.TransformerFactory<ts.SourceFile> {
  const tag = path.replace(/\W+/g, "_");
  return (context) => (file) => {
    const scopes: ReadonlyMap<string, string>[] = [];
    const classes = new Map<string, number>();

    const classKey = (node: ts.ClassLikeDeclaration): string => {
      const name = node.name?.text ?? "class";
      const count = (classes.get(name) ?? 0) + 1;
      classes.set(name, count);
      const derived =
        node.heritageClauses?.some((c) => c.token === compiler.SyntaxKind.ExtendsKeyword) === true;
      return [name, ...(count > 1 ? [count] : []), ...(derived ? [tag] : [])].join("_");
    };

    const scopeOf = (node: ts.ClassLikeDeclaration): ReadonlyMap<string, string> => {
      const key = classKey(node);
      const scope = new Map<string, string>();
      for (const { name } of node.members) {
        if (name !== undefined && compiler.isPrivateIdentifier(name)) {
          scope.set(name.text, `_private_${key}_${name.text.slice(1)}`);
        }
      }
      return scope;
    };

    const newName = (name: ts.PrivateIdentifier): string | undefined => {
      for (let i = scopes.length - 1; i >= 0; i--) {
        const found = scopes[i]?.get(name.text);
        if (found !== undefined) return found;
      }
      return undefined; // not declared: left as it is, and the engine reports it
    };

    const placed = <T extends ts.Node>(made: T, from: ts.Node): T =>
      compiler.setTextRange(compiler.setOriginalNode(made, from), from);

    const visit = (node: ts.Node): ts.Node => {
      if (compiler.isClassLike(node)) {
        scopes.push(scopeOf(node));
        const made = compiler.visitEachChild(node, visit, context);
        scopes.pop();
        return made;
      }
      if (compiler.isBinaryExpression(node) && compiler.isPrivateIdentifier(node.left)) {
        const name = newName(node.left);
        if (name === undefined) return node;
        const left = placed(context.factory.createStringLiteral(name), node.left);
        const right = compiler.visitNode(node.right, visit, compiler.isExpression);
        return context.factory.updateBinaryExpression(node, left, node.operatorToken, right);
      }
      if (compiler.isPrivateIdentifier(node)) {
        const name = newName(node);
        return name === undefined ? node : placed(context.factory.createIdentifier(name), node);
      }
      return compiler.visitEachChild(node, visit, context);
    };

    return compiler.visitEachChild(file, visit, context);
  };
}
