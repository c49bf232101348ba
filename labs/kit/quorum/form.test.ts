import { expect } from "chai";
import type { PlainData } from "../program";
import { checkReplicaState } from "./state";
import { entry, Script } from "./monitors/fixture";

const HELD = entry(1, 3, "1");
const sends = (method: string, request: PlainData): Script =>
  new Script().asks(3, { kind: "write", key: "x", value: "1" }).sends(3, 0, method, request);
const answers = (method: string, request: PlainData, reply: PlainData): Script =>
  new Script().arrives(0, 3, method, request).replies(0, reply);

describe("the form of Lab 6's messages", () => {
  it("is the contract's, with and without hints", () => {
    expect(() => sends("fetch", { key: "", hint: [1] })).not.to.throw();
    expect(() => sends("store", { key: "x", entry: HELD })).not.to.throw();
    expect(() => answers("fetch", { key: "x" }, { held: null, hint: "none" })).not.to.throw();
    expect(() => answers("compare", { summary: {} }, { entries: [] })).not.to.throw();
  });

  it("is explained where a request lacks something", () => {
    expect(() => sends("fetch", {})).to.throw(
      "C3 sends fetch: the request needs key, a text (contract, QuorumProtocol)",
    );
    expect(() => sends("fetch", ["x"])).to.throw(/the request must be an object/);
    expect(() => sends("store", { key: "x", entry: null })).to.throw(
      /has entry, which must be \{ version, value \}/,
    );
    expect(() => sends("store", { key: "x", entry: { ...HELD, value: 1 } })).to.throw(
      /needs value, a text or null/,
    );
    expect(() => sends("compare", {})).to.throw(/needs summary/);
    expect(() => sends("compare", { summary: 1, entries: [{ ...HELD }] })).to.throw(
      /has entries\[0\], which needs key, a text/,
    );
  });

  it("is explained where a reply lacks something", () => {
    expect(() => answers("fetch", { key: "x" }, {})).to.throw(
      /server 0 sends fetch: the reply has held, which/,
    );
    expect(() => answers("store", { key: "x", entry: HELD }, { version: 1 })).to.throw(
      /the reply needs version, \{ number, writer \}/,
    );
    expect(() => answers("compare", { summary: 1 }, { entries: {} })).to.throw(/needs entries, an array/);
  });
});

describe("the form of what a replica saves", () => {
  const says = (state: PlainData, before?: PlainData): string | undefined => checkReplicaState(state, before);

  it("is entries by key, with room for more", () => {
    expect(says({ entries: {} })).to.equal(undefined);
    expect(says({ entries: { x: HELD, "": entry(2, 4, null) }, extra: [1] })).to.equal(undefined);
  });

  it("is explained where it is broken", () => {
    expect(says(null)).to.match(/entries must be an object by key: save \{ entries/);
    expect(says({ entries: [] })).to.match(/entries must be an object by key/);
    expect(says({ entries: { x: { value: "1" } } })).to.match(
      /^entries\["x"\] needs version, \{ number, writer \}/,
    );
    expect(says({ entries: { x: { version: { number: 0, writer: 3 }, value: null } } })).to.match(
      /needs version.number, a whole number, 1 or more/,
    );
    expect(says({ entries: { x: { version: { number: 1.5, writer: 3 }, value: null } } })).to.match(
      /whole number/,
    );
    expect(says({ entries: { x: { version: { number: 1 }, value: null } } })).to.match(
      /needs version.writer/,
    );
    expect(says({ entries: { x: { version: HELD.version } } })).to.match(/needs value, a text or null/);
  });

  it("is looked at where it differs from the state before", () => {
    const before = { entries: { x: HELD } };
    expect(says({ entries: { ...before.entries, y: HELD } }, before)).to.equal(undefined);
    expect(says({ entries: { ...before.entries, y: 1 } }, before)).to.match(/^entries\["y"\] must be/);
  });
});
