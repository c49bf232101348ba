import { expect } from "chai";
import { ground, type Ground } from "./fixture";
import { MOVES, type Move } from "./index";

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

function moveOf(name: string): Move {
  const move = MOVES.find((each) => each.name === name);
  if (move === undefined) throw new Error(`no move is called ${name}`);
  return move;
}

/** A ground on which a move was played, under each of some seeds. */
function played(name: string): Ground[] {
  return SEEDS.map((seed) => {
    const field = ground(seed);
    field.play(moveOf(name));
    return field;
  });
}

/** Directions of links that were cut or mended, in order, as “from-to”. */
function links({ bench }: Ground, kind: "cut" | "mend"): string[] {
  return bench.trace.records.flatMap((one) =>
    one.type === "event" && one.event.kind === kind ? [`${one.event.from}-${one.event.to}`] : [],
  );
}

function cuts(field: Ground): string[] {
  return links(field, "cut");
}

/** Servers that lost a direction of a link. */
function senders(field: Ground): Set<number> {
  return new Set(cuts(field).map((link) => Number(link.split("-")[0])));
}

/** Servers that were paused, in order. */
function paused({ bench }: Ground): number[] {
  return bench.trace.records.flatMap((one) =>
    one.type === "event" && one.event.kind === "freeze" ? [one.event.server] : [],
  );
}

/** Servers that crashed, in order. */
function crashes({ bench }: Ground): number[] {
  return bench.events("crash").map(({ server }) => server);
}

/** When things of these kinds happened, in virtual ms. */
function times({ bench }: Ground, kind: "crash" | "cut" | "mend" | "freeze" | "thaw"): number[] {
  return bench.trace.records.flatMap((one) =>
    one.type === "event" && one.event.kind === kind ? [one.at] : [],
  );
}

describe("a move", () => {
  it("has a name of its own, and mends what it broke", () => {
    expect(new Set(MOVES.map(({ name }) => name)).size).to.equal(MOVES.length);
    for (const move of MOVES) {
      for (const seed of SEEDS) {
        const field = ground(seed);
        field.follow(0, 1);
        field.play(move);
        field.watch(2000); // a server that crashed at a place comes back by itself
        expect(field.well, `${move.name} under seed ${seed}`).to.equal(true);
      }
    }
  });

  it("that needs a leader does nothing without one", () => {
    for (const name of [
      "crash-saved-leader",
      "cut-acknowledger",
      "isolate-leader",
      "late-replies",
      "figure-8",
    ]) {
      const field = ground();
      field.lastLeadership = undefined;
      field.play(moveOf(name));
      expect([cuts(field), crashes(field), field.proposed, field.bench.world.pendingCrashPoints]).to.eql([
        [],
        [],
        [],
        0,
      ]);
    }
  });
});

describe("the moves that crash", () => {
  it("end one life, of any server", () => {
    const victims = played("crash").map(crashes);
    expect(victims.every((each) => each.length === 1)).to.equal(true);
    expect(new Set(victims.flat()).size).to.be.greaterThan(2);
  });

  it("set a crash in the middle of some effects", () => {
    for (const field of played("crash-at-place")) expect(field.bench.world.pendingCrashPoints).to.equal(1);
  });

  it("take the leader between its save and whatever follows", () => {
    for (const { bench, proposed } of played("crash-saved-leader")) {
      expect(bench.events("crash")).to.eql([{ kind: "crash", server: 0, where: "after its save" }]);
      expect(proposed).to.eql([{ server: 0, at: 0 }]);
    }
  });

  it("take a majority, one after the other", () => {
    for (const field of played("crash-majority")) {
      expect(new Set(crashes(field)).size).to.equal(3);
      expect(new Set(times(field, "crash")).size).to.equal(3);
    }
  });
});

describe("the moves that cut", () => {
  it("take from the leader whom it heard last", () => {
    const field = ground();
    field.follow(0, 3);
    field.play(moveOf("cut-acknowledger"));
    expect(cuts(field)).to.eql(["0-3", "3-0"]);
  });

  it("keep a follower away until it has campaigned", () => {
    for (const field of played("isolate-follower")) {
      expect(cuts(field)).to.have.length(8);
      expect(cuts(field).filter((link) => link.includes("0"))).to.have.length(2);
      const [gone = 0] = times(field, "cut");
      const [back = 0] = times(field, "mend");
      expect(back - gone).to.be.within(2000, 4000);
    }
  });

  it("keep a leader away with commands of its own", () => {
    for (const field of played("isolate-leader")) {
      expect(cuts(field)).to.have.length(8);
      expect(cuts(field).every((link) => link.includes("0"))).to.equal(true);
      expect(field.proposed.length).to.be.within(1, 5);
      expect(field.proposed.every(({ server, at }) => server === 0 && at === 0)).to.equal(true);
    }
  });

  it("swizzle: one by one, and back in another order", () => {
    const orders = played("swizzle").map((field) => {
      const gone = links(field, "cut");
      const back = links(field, "mend");
      expect([...back].sort()).to.eql([...gone].sort());
      expect(new Set(times(field, "cut")).size).to.equal(gone.length / 2);
      return gone.join() === back.join();
    });
    expect(orders).to.include(false);
  });

  it("divide the servers in two", () => {
    for (const field of played("partition")) {
      expect(senders(field).size).to.equal(5); // everybody lost somebody
      expect(cuts(field).length).to.be.oneOf([8, 12]); // 1 and 4, or 2 and 3, both ways
    }
  });

  it("cut one direction of one link", () => {
    for (const field of played("one-way")) expect(cuts(field)).to.have.length(1);
  });
});

describe("the moves that slow down", () => {
  it("pause a server, the leader preferred", () => {
    const victims = played("freeze").flatMap(paused);
    expect(victims.length).to.equal(SEEDS.length);
    expect(victims.filter((server) => server === 0).length).to.be.greaterThan(SEEDS.length / 2);
  });

  it("make the network bad, and good again", () => {
    const names = played("network").map(({ bench }) => bench.events("network").map(({ name }) => name));
    for (const each of names) expect(each).to.have.length(3);
    expect(names.every(([first, , last]) => first === "reliable" && last === "reliable")).to.equal(true);
    expect(new Set(names.map(([, bad]) => bad))).to.eql(
      new Set(["unreliable", "duplicating", "long reordering"]),
    );
  });

  it("keep the replies to a leader until it has come back", () => {
    const field = ground();
    const { bench } = field;
    const seen: (readonly boolean[])[] = [];
    // The call comes first, so that its reply arrives while replies are held.
    bench.call(0, 1, {}, "appendEntries");
    field.play(moveOf("late-replies"), () => {
      const { world } = bench;
      seen.push([world.reaches(0, 1), world.reaches(1, 2), bench.got(0, "reply").length > 0]);
    });
    expect(seen).to.eql([
      [true, true, false], // as it leads
      [false, true, false], // away
      [true, false, false], // the only one that reaches a majority
      [true, false, true], // its old replies are there
    ]);
    expect(field.well).to.equal(true);
  });
});

describe("the moves that propose", () => {
  it("give the leader many commands at one instant", () => {
    const all = played("burst").map(({ proposed }) => proposed);
    expect(all.flat().every(({ server, at }) => server === 0 && at === 0)).to.equal(true);
    expect(Math.max(...all.map(({ length }) => length))).to.be.greaterThan(10);
  });

  it("try another one if the leader is gone", () => {
    const field = ground();
    field.crash(0);
    field.play(moveOf("burst"));
    expect(new Set(field.proposed.map(({ server }) => server))).to.eql(new Set([1]));
  });

  it("give everybody commands", () => {
    for (const { proposed } of played("burst-everywhere")) {
      expect(new Set(proposed.map(({ server }) => server)).size).to.equal(5);
    }
  });

  it("bring about Figure 8: two leaders lose a command each, and the first comes back", () => {
    const field = ground(3);
    const told: number[] = [];
    field.play(moveOf("figure-8"), (step) => {
      if (step === 1) told.push(...field.others(...senders(field)));
      if (step === 2) field.follow(field.others(0, ...told)[0] ?? 0);
    });
    expect(told, "one server alone heard of the first command").to.have.length(1);
    const second = field.others(0, ...told)[0];
    expect(field.proposed.slice(0, 2).map(({ server }) => server)).to.eql([0, second]);
    expect(crashes(field).slice(0, 2)).to.eql([0, second]);
  });
});
