import { expect } from "chai";
import type { Message } from "../trace";
import { Network } from "./network";
import { NETWORKS, RELIABLE, type Quality } from "./quality";

const REQUEST: Message = { kind: "request", from: 0, to: 1, method: "ping", request: {}, life: 1 };
const REPLY: Message = { ...REQUEST, kind: "reply", from: 1, to: 0, reply: {} };

/** What became of `n` messages that all left at 0: for each the times in ms at which its copies arrive. */
function fates(quality: Quality, message: Message, n = 20_000): number[][] {
  const network = new Network(1, 2);
  network.setQuality(quality);
  return Array.from({ length: n }, () => network.send(message, 0).map((us) => us / 1000));
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
}

describe("the quality of a network", () => {
  it("draws delays evenly from the span of the message's kind", () => {
    const quality = { ...RELIABLE, requestDelay: { min: 5, max: 15 }, replyDelay: { min: 100, max: 200 } };
    const requests = fates(quality, REQUEST).flat();
    const replies = fates(quality, REPLY).flat();
    expect(Math.min(...requests)).to.be.within(5, 5.05);
    expect(Math.max(...requests)).to.be.within(14.95, 15);
    expect(mean(requests)).to.be.closeTo(10, 0.1);
    expect(Math.min(...replies)).to.be.within(100, 100.5);
    expect(Math.max(...replies)).to.be.within(199.5, 200);
    expect(share(replies, (ms) => ms < 150)).to.be.closeTo(0.5, 0.02);
  });

  it("never takes no time at all", () => {
    const instant = { ...RELIABLE, requestDelay: { min: 0, max: 0 } };
    expect(Math.min(...fates(instant, REQUEST).flat())).to.equal(0.001);
  });

  it("loses requests and replies with probabilities of their own", () => {
    const quality = { ...RELIABLE, requestLoss: 0.3, replyLoss: 0.05 };
    expect(share(fates(quality, REQUEST), (copies) => copies.length === 0)).to.be.closeTo(0.3, 0.01);
    expect(share(fates(quality, REPLY), (copies) => copies.length === 0)).to.be.closeTo(0.05, 0.01);
  });

  it("doubles requests and replies with probabilities of their own, each copy with a delay of its own", () => {
    const quality = { ...RELIABLE, requestDuplication: 0.2, replyDuplication: 0.4 };
    const requests = fates(quality, REQUEST);
    expect(share(requests, (copies) => copies.length === 2)).to.be.closeTo(0.2, 0.01);
    expect(share(fates(quality, REPLY), (copies) => copies.length === 2)).to.be.closeTo(0.4, 0.01);
    const doubled = requests.filter((copies) => copies.length === 2);
    expect(share(doubled, ([first = 0, second = 0]) => second < first)).to.be.closeTo(0.5, 0.05);
  });

  it("is late by a heavy tail: one in k by scale (sqrt(k) - 1) or more, and never by more than the most", () => {
    const instant = { ...RELIABLE, requestDelay: { min: 0, max: 0 }, tail: { scale: 2, most: 50 } };
    const late = fates(instant, REQUEST).flat();
    expect(share(late, (ms) => ms >= 2 * (Math.SQRT2 - 1))).to.be.closeTo(1 / 2, 0.02);
    expect(share(late, (ms) => ms >= 2)).to.be.closeTo(1 / 4, 0.02);
    expect(share(late, (ms) => ms >= 18)).to.be.closeTo(1 / 100, 0.005);
    expect(Math.max(...late)).to.equal(50);
  });

  it("lets a share of the messages be overtaken", () => {
    const quality = { ...RELIABLE, reordering: 0.25, reorderDelay: { min: 10, max: 50 } };
    for (const message of [REQUEST, REPLY]) {
      const times = fates(quality, message).flat();
      expect(share(times, (ms) => ms > 2)).to.be.closeTo(0.25, 0.01);
      expect(times.filter((ms) => ms > 2 && (ms < 10.5 || ms > 52))).to.be.empty;
    }
  });

  it("belongs to one direction of one link, if it is set so", () => {
    const network = new Network(1, 3);
    network.setLinkQuality(0, 1, { ...RELIABLE, requestLoss: 1 });
    expect(network.send(REQUEST, 0)).to.be.empty;
    expect(network.send({ ...REQUEST, from: 1, to: 0 }, 0)).to.have.length(1);
    expect(network.send({ ...REQUEST, to: 2 }, 0)).to.have.length(1);
    network.setLinkQuality(0, 1, undefined);
    expect(network.send(REQUEST, 0)).to.have.length(1);
  });
});

describe("the networks that have a name", () => {
  it("reliable: 0.5 to 2 ms each way, and everything arrives once", () => {
    for (const message of [REQUEST, REPLY]) {
      const all = fates(NETWORKS.reliable, message);
      expect(all.every((copies) => copies.length === 1)).to.be.true;
      expect(Math.min(...all.flat())).to.be.within(0.5, 0.51);
      expect(Math.max(...all.flat())).to.be.within(1.99, 2);
    }
  });

  it("regional: 5 to 15 ms each way, and everything arrives once", () => {
    for (const message of [REQUEST, REPLY]) {
      const all = fates(NETWORKS.regional, message);
      expect(all.every((copies) => copies.length === 1)).to.be.true;
      expect(Math.min(...all.flat())).to.be.within(5, 5.02);
      expect(Math.max(...all.flat())).to.be.within(14.98, 15);
    }
  });

  it("unreliable (MIT): requests take 0 to 26 ms, one in ten is lost, and one reply in ten", () => {
    const requests = fates(NETWORKS.unreliable, REQUEST);
    const replies = fates(NETWORKS.unreliable, REPLY);
    expect(mean(requests.flat())).to.be.closeTo(13, 0.3);
    expect(Math.max(...requests.flat())).to.be.within(25.9, 26);
    for (const all of [requests, replies]) {
      expect(share(all, (copies) => copies.length === 0)).to.be.closeTo(0.1, 0.01);
      expect(all.filter((copies) => copies.length > 1)).to.be.empty;
    }
  });

  it("long reordering (MIT): besides, two replies in three take 200 to 2200 ms, most of them on the short side", () => {
    const replies = fates(NETWORKS["long reordering"], REPLY);
    const arrived = replies.flat();
    const long = arrived.filter((ms) => ms > 2);
    expect(share(replies, (copies) => copies.length === 0)).to.be.closeTo(0.1, 0.01);
    expect(long.length / arrived.length).to.be.closeTo(2 / 3, 0.015);
    expect(Math.min(...long)).to.be.within(200.5, 203);
    expect(Math.max(...long)).to.be.within(2000, 2202);
    // U(0, U(0, 2000)) has a mean of 500, and 0.85 of it lies below 1000.
    expect(mean(long)).to.be.closeTo(701, 15);
    expect(share(long, (ms) => ms < 1201)).to.be.closeTo(0.847, 0.02);
    expect(Math.max(...fates(NETWORKS["long reordering"], REQUEST).flat())).to.be.at.most(26);
  });

  it("duplicating: one message in ten comes twice, one in five late", () => {
    for (const message of [REQUEST, REPLY]) {
      const arrived = fates(NETWORKS.duplicating, message).filter((copies) => copies.length > 0);
      expect(share(arrived, (copies) => copies.length === 2)).to.be.closeTo(0.1, 0.01);
      const base = message.kind === "request" ? 26 : 2;
      expect(share(arrived.flat(), (ms) => ms > base)).to.be.within(0.17, 0.2);
    }
  });
});

describe("the draws of a network", () => {
  const random: Quality = { ...NETWORKS.duplicating, longReplies: 0.3 };

  function network(seed = 7): Network {
    const made = new Network(seed, 4);
    made.setQuality(random);
    return made;
  }

  const take = (from: Network, message: Message, n: number): (readonly number[])[] =>
    Array.from({ length: n }, () => from.send(message, 0));

  it("are the same for the n-th message of a link, whatever other links do", () => {
    const quiet = take(network(), REQUEST, 50);
    const busy = network();
    const seen = Array.from({ length: 50 }, () => {
      busy.send({ ...REQUEST, to: 2 }, 0);
      busy.send({ ...REQUEST, from: 3, to: 0 }, 0);
      busy.send({ ...REQUEST, from: 1, to: 0 }, 0);
      return busy.send(REQUEST, 0);
    });
    expect(seen).to.deep.equal(quiet);
  });

  it("are apart for requests and replies that go the same way", () => {
    const quiet = take(network(), REQUEST, 20);
    const busy = network();
    take(busy, { ...REPLY, from: 0, to: 1 }, 5);
    expect(take(busy, REQUEST, 20)).to.deep.equal(quiet);
  });

  it("are as many for a lost message as for one that comes twice", () => {
    const one = network();
    const other = network();
    one.setQuality({ ...random, requestLoss: 1 });
    other.setQuality({ ...random, requestLoss: 0, requestDuplication: 1 });
    take(one, REQUEST, 10);
    take(other, REQUEST, 10);
    one.setQuality(random);
    other.setQuality(random);
    expect(take(one, REQUEST, 20)).to.deep.equal(take(other, REQUEST, 20));
  });

  it("differ from link to link and from seed to seed", () => {
    const one = take(network(), REQUEST, 10);
    expect(take(network(), { ...REQUEST, to: 2 }, 10)).not.to.deep.equal(one);
    expect(take(network(), { ...REQUEST, from: 1, to: 0 }, 10)).not.to.deep.equal(one);
    expect(take(network(8), REQUEST, 10)).not.to.deep.equal(one);
  });
});
