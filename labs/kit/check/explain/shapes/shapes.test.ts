import { expect } from "chai";
import { kv } from "../../models/kv";
import { get, historyOf, put } from "../classics";
import { cutAt } from "../fixture";
import { Words } from "../words";
import { evidence, SHAPES } from "./index";

describe("The shapes of violations", () => {
  it("are silent where a value was there both before and after another one, since it was written twice", () => {
    const history = historyOf([
      [0, 1, 2, put("u"), {}],
      [0, 3, 4, put("v"), {}],
      [1, 5, 9, get, { value: "v" }],
      [0, 6, 8, put("u"), {}],
    ]);
    const { cells } = kv;
    if (!cells) throw new Error("The model of the service has lost its cells.");
    for (const last of history) {
      const seen = evidence(cutAt(history, last, true), last, history, cells, new Words(history, kv));
      for (const shape of SHAPES) expect(shape(seen), shape.name).to.equal(undefined);
    }
  });
});
