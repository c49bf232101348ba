import { expect } from "chai";
import { heartbeat, Script } from "./fixture";
import type { CommitMonitor } from "./commits";
import { ReadMonitor } from "./reads";

const LEASES = { lease: true, minElectionTimeout: 300, maxDrift: 0.05 };
const yes = (term: number): { term: number; success: boolean } => ({ term, success: true });

/** Entries up to 9 were committed long ago; later ones, each at a time of its own. */
const commits = (times: Readonly<Record<number, number>> = {}): Pick<CommitMonitor, "committedAt"> => ({
  committedAt: (index) => times[index] ?? (index <= 9 ? 0 : undefined),
});

/** A world in which server 0 leads term 2, of which entry 3 is applied everywhere; lead() makes more of it. */
function led(servers = 3, options = {}): Script {
  const world = new Script(new ReadMonitor(commits()), servers, options);
  for (let id = 0; id < servers; id++) world.saves(id, { currentTerm: 2, votedFor: 0 });
  world.calls(0, "appendEntries", heartbeat(2, 0));
  for (let id = 0; id < servers; id++) world.applies(id, 3, 2, "x");
  return world.after(1);
}

/** `follower` answers a call of server 0; the answer arrives 1 ms later. */
function follows(world: Script, follower: number, term = 2): Script {
  world.request(follower, 0, "appendEntries", heartbeat(term, 0)).replies(follower, yes(term)).after(1);
  return world.hears(0, follower, "appendEntries", heartbeat(term, 0), yes(term));
}

/** Server 1 asks server 0, which gets the question 1 ms later. */
function forwards(world: Script, lease = false): Script {
  const request = { term: 2, lease };
  return world.calls(1, "requestReadIndex", request).after(1).request(0, 1, "requestReadIndex", request, 7);
}

const answered = (world: Script, index: number): Script =>
  world
    .replies(0, { term: 2, index }, 7)
    .after(1)
    .hears(1, 0, "requestReadIndex", { term: 2 }, { term: 2, index });

describe("the monitor of reads", () => {
  it("accepts an index that a majority has confirmed since the read came", () => {
    expect(() => follows(led().invokes(0, "readIndex", 1, false), 1).readReady(0, 1, 3)).not.to.throw();
    const five = follows(follows(led(5).invokes(0, "readIndex", 1, false), 1), 4);
    expect(() => five.readReady(0, 1, 3)).not.to.throw();
  });

  it("accepts at the same instant what is certain in a cluster of one", () => {
    expect(() => led(1).invokes(0, "readIndex", 1, false).readReady(0, 1, 3)).not.to.throw();
  });

  it("accepts any number of reads that share a round, in any order", () => {
    const world = led().invokes(0, "readIndex", 1, false).invokes(0, "readIndex", 2, false);
    expect(() => follows(world, 2).readReady(0, 2, 3).readReady(0, 1, 4)).not.to.throw();
  });

  it("accuses an answer that nobody has confirmed, though its index would do", () => {
    expect(() => led().invokes(0, "readIndex", 1, false).readReady(0, 1, 3)).to.throw(
      /nobody has answered a call of its term 2: a leader that was deposed would say the same/,
    );
    const five = follows(led(5).invokes(0, "readIndex", 1, false), 1);
    expect(() => five.readReady(0, 1, 3)).to.throw(/only server 1 has answered/);
  });

  it("counts neither what was answered before the read came, nor another term", () => {
    const late = led().invokes(0, "readIndex", 9, false).request(1, 0, "appendEntries", heartbeat(2, 0));
    late.replies(1, yes(2)).after(1).invokes(0, "readIndex", 1, false);
    late.hears(0, 1, "appendEntries", heartbeat(2, 0), yes(2));
    expect(() => late.readReady(0, 1, 3)).to.throw(/nobody has answered/);
    const other = led().invokes(0, "readIndex", 1, false).request(1, 0, "appendEntries", heartbeat(2, 0));
    other.replies(1, yes(3)).after(1).hears(0, 1, "appendEntries", heartbeat(2, 0), yes(3));
    expect(() => other.readReady(0, 1, 3)).to.throw(/nobody has answered/);
  });

  it("accuses an index below what anybody had applied, and says who, when and why", () => {
    const early = led().saves(0, { currentTerm: 4, votedFor: 0 }).calls(0, "appendEntries", heartbeat(4, 0));
    follows(early.applies(2, 4, 2, "y").invokes(0, "readIndex", 1, false), 1, 4);
    expect(() => early.readReady(0, 1, 3)).to.throw(
      /entry 4 was committed by then: server 2 had applied it at 1.000 ms. Server 0 leads term 4, and no entry of that term/,
    );
    const deposed = led().applies(2, 4, 3, "y").invokes(0, "readIndex", 1, false);
    expect(() => deposed.readReady(0, 1, 3)).to.throw(/entry 4 .* it is deposed, and others have gone on/);
    const old = led().applies(0, 4, 2, "y").invokes(0, "readIndex", 1, false);
    expect(() => follows(old, 1).readReady(0, 1, 3)).to.throw(
      /the index was noted too early, before the read came or/,
    );
  });

  it("accepts the index of an entry that became committed since, whoever told", () => {
    const answer = (committedAt: number): Script =>
      new Script(new ReadMonitor(commits({ 4: committedAt })))
        .after(5)
        .invokes(0, "readIndex", 1, false)
        .after(5)
        .readReady(0, 1, 4);
    expect(() => answer(6)).not.to.throw();
    expect(() => answer(4)).to.throw(/has no answer from a leader/);
  });

  it("asks of a read index no more than what was applied when the read came", () => {
    const world = led().invokes(0, "readIndex", 1, false).applies(2, 4, 2, "y");
    expect(() => follows(world, 1).readReady(0, 1, 3)).not.to.throw();
  });

  it("lets a read be given up, and accuses one that nobody asked for, or that is answered twice", () => {
    const world = led().invokes(0, "readIndex", 1, false).readReady(0, 1);
    expect(() => world.readReady(0, 1)).to.throw(/answers readIndex\(1\) at 1.000 ms, but has answered that/);
    expect(() => world.readReady(0, 2)).to.throw(/nobody has asked that in its present life/);
    expect(() => world.invokes(0, "readIndex", 5, false).boot(0).readReady(0, 5)).to.throw(
      /nobody has asked/,
    );
    expect(() => led().readReady(0, 1)).to.throw(/nobody has asked/);
  });

  it("calls a token or an index that is no number by its name", () => {
    expect(() => led().invokes(0, "readIndex", "a", false)).to.throw(/token must be a whole number/);
    const world = led().invokes(0, "readIndex", 1, false);
    expect(() => world.readReady(0, 1, 0.5)).to.throw(/index must be a whole number, 0 or more; it is 0.5/);
  });
});

describe("the monitor of reads, at a follower", () => {
  it("accepts what its leader has confirmed since it was asked", () => {
    const world = follows(forwards(led().invokes(1, "readIndex", 1, false)), 2);
    expect(() => answered(world, 3).readReady(1, 1, 3)).not.to.throw();
  });

  it("accuses the leader, too, for an answer that rests on nothing", () => {
    const world = forwards(led().invokes(1, "readIndex", 1, false));
    expect(() => answered(world, 3)).to.throw(/server 0 answers server 1's requestReadIndex of 2.000 ms/);
  });

  it("accuses an answer without a leader, or from what a leader was asked before", () => {
    const alone = led().invokes(1, "readIndex", 1, false);
    expect(() => alone.readReady(1, 1, 3)).to.throw(/has no answer from a leader that it asked since/);
    const world = answered(follows(forwards(led().invokes(1, "readIndex", 1, false)), 2), 3);
    world.readReady(1, 1, 3).after(1).invokes(1, "readIndex", 2, false);
    expect(() => world.readReady(1, 2, 3)).to.throw(/has no answer from a leader/);
    world.applies(2, 4, 2, "y").invokes(1, "readIndex", 3, false);
    expect(() => world.readReady(1, 3, 3)).to.throw(/No leader was asked since the read came/);
  });

  it("lets questions share an answer to the last of them", () => {
    const world = led().invokes(1, "readIndex", 1, false).invokes(1, "readIndex", 2, false);
    answered(follows(forwards(world), 2), 3);
    expect(() => world.readReady(1, 1, 3).readReady(1, 2, 3)).not.to.throw();
  });

  it("accepts a leader's lease only from who was asked for it", () => {
    const told = (asked: boolean): Script => {
      const world = follows(led(3, LEASES), 2).after(100).invokes(1, "readIndex", 1, asked);
      return answered(forwards(world, true), 3);
    };
    expect(() => told(true).readReady(1, 1, 3)).not.to.throw();
    expect(() => told(false).readReady(1, 1, 3)).to.throw(/has no answer from a leader that it asked since/);
  });

  it("takes a null for no answer", () => {
    const world = forwards(led().invokes(1, "readIndex", 1, false)).replies(0, { term: 2, index: null }, 7);
    world.hears(1, 0, "requestReadIndex", { term: 2 }, { term: 2, index: null });
    expect(() => world.readReady(1, 1, 3)).to.throw(/has no answer from a leader/);
  });
});

describe("the monitor of reads, on leases", () => {
  it("accepts a lease while it lasts, if a lease will do", () => {
    const world = follows(led(3, LEASES), 1).after(270);
    expect(() => world.invokes(0, "readIndex", 1, true).readReady(0, 1, 3)).not.to.throw();
    expect(() => world.invokes(0, "readIndex", 2, false).readReady(0, 2, 3)).to.throw(/nobody has answered/);
  });

  it("accuses one that has run out, on the leader's own clock", () => {
    const world = follows(led(3, LEASES), 1).after(271).invokes(0, "readIndex", 1, true);
    expect(() => world.readReady(0, 1, 3)).to.throw(
      /a lease lasts 271.4 ms here .* the latest calls that a majority has answered had reached these servers 272.0 ms before/,
    );
  });

  it("accuses one that was never earned, and one where there are none", () => {
    const none = led(3, LEASES).invokes(0, "readIndex", 1, true);
    expect(() => none.readReady(0, 1, 3)).to.throw(/no majority has answered it yet/);
    const off = follows(led().invokes(0, "readIndex", 1, true), 1)
      .readReady(0, 1, 3)
      .after(1);
    expect(() => off.invokes(0, "readIndex", 2, true).readReady(0, 2, 3)).to.throw(/nobody has answered/);
  });
});

describe("the monitor of reads, with puppets", () => {
  it("counts a puppet's answers from when the call was sent", () => {
    const world = new Script(new ReadMonitor(commits()));
    world.puppets.add(1);
    const call = (term: number): Script => world.calls(0, "appendEntries", heartbeat(term, 0)).after(1);
    const reply = (term: number): Script => world.hears(0, 1, "appendEntries", heartbeat(term, 0), yes(term));
    world.saves(0, { currentTerm: 2, votedFor: 0 }).invokes(0, "readIndex", 1, false);
    call(2);
    expect(() => reply(2).readReady(0, 1, 0)).not.to.throw();
    world.after(1).invokes(0, "readIndex", 2, false);
    expect(() => reply(2).readReady(0, 2, 0)).to.throw(/nobody has answered/);
  });

  it("takes the word of a puppet that leads", () => {
    const world = new Script(new ReadMonitor(commits()));
    world.puppets.add(0);
    world.invokes(1, "readIndex", 1, false).after(2);
    world.hears(1, 0, "requestReadIndex", { term: 2, lease: false }, { term: 2, index: 9 });
    expect(() => world.readReady(1, 1, 9)).not.to.throw();
  });
});
