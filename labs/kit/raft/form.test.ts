import { expect } from "chai";
import type { PlainData } from "../program";
import { MessageForm } from "./form";
import { Script } from "./monitors/fixture";

const asks = (request: PlainData): Script =>
  new Script(new MessageForm()).calls(0, "requestReadIndex", request);
const answers = (reply: PlainData): Script =>
  new Script(new MessageForm())
    .request(0, 1, "requestReadIndex", { term: 1, lease: false })
    .replies(0, reply);

describe("the form of a read's messages", () => {
  it("lets a follower ask, and a leader answer, with an index or without", () => {
    expect(() => asks({ term: 1, lease: true })).not.to.throw();
    expect(() => answers({ term: 1, index: 7 })).not.to.throw();
    expect(() => answers({ term: 1, index: null, hint: "later" })).not.to.throw();
  });

  it("names what is missing, and where it stands", () => {
    expect(() => asks({ term: 1 })).to.throw(
      "requestReadIndex on server 0: the request needs lease, a boolean (messages.ts; thesis, §6.4); it is missing",
    );
    expect(() => answers({ term: 1 })).to.throw(/the reply needs index, a number or null .*; it is missing/);
    expect(() => answers({ term: null, index: 1 })).to.throw(/needs term, a number .*; it is null/);
  });
});
