import { expect } from "chai";
import { copyPlain, ProgramError } from "../program";
import type { Observer } from "../trace";
import { Disk } from "./disk";
import { Bench, ScriptDriver } from "./fixture";
import { World } from "./world";

describe("a disk", () => {
  it("holds the last saved state, whole: a save replaces all of the one before", () => {
    const bench = new Bench();
    bench.do(0, { kind: "save", state: { term: 1, log: [1, 2] } }, { kind: "save", state: { term: 2 } });
    expect(bench.world.saved(0)).to.deep.equal({ term: 2 });
    expect(bench.world.saved(1)).to.be.undefined;
  });

  it("counts writes, changes by value, and bytes", () => {
    const disk = new Disk();
    expect([disk.saved, disk.size]).to.deep.equal([undefined, 0]);
    disk.save({ term: 1 });
    disk.save({ term: 1 });
    disk.save({ term: 2 });
    expect(disk).to.include({ writes: 3, changes: 2, bytesWritten: 45, size: 15 });
  });

  it("is shown to observers with the save already on it", () => {
    const seen: unknown[] = [];
    const observer: Observer = {
      onEffect: (world, server, effect) => void seen.push([effect.kind, world.saved(server)]),
      capture: () => undefined,
      restore: () => undefined,
    };
    const world = new World({ seed: 1, servers: 1 }, new ScriptDriver(), [observer]);
    world.boot(0);
    world.invoke(
      0,
      "do",
      { kind: "save", state: 1 },
      { kind: "note", text: "x" },
      { kind: "save", state: 2 },
    );
    expect(seen).to.deep.equal([
      ["save", 1],
      ["note", 1],
      ["save", 2],
    ]);
  });

  it("refuses a state of the wrong form, and says what is wrong with it", () => {
    const checkSave = (state: unknown): string | undefined => (state === 7 ? undefined : "it must be seven");
    const bench = new Bench({ checkSave });
    bench.do(0, { kind: "save", state: 7 });
    expect(() => bench.do(0, { kind: "save", state: 8 })).to.throw(
      ProgramError,
      "ctx.save on server 0: it must be seven",
    );
    expect(bench.world.saved(0)).to.equal(7);
  });

  it("can be copied", () => {
    const disk = new Disk();
    disk.save(copyPlain({ term: 1 }, "state"));
    const copy = disk.clone();
    disk.save({ term: 2 });
    expect(copy).to.deep.include({ saved: { term: 1 }, writes: 1, bytesWritten: 15 });
  });
});
