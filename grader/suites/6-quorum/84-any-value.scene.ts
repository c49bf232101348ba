import { scene } from "../../../labs/kit/quorum";

const VALUES = [
  "",
  " ",
  "null",
  "0",
  "a\nb\r\n",
  '{"value":null}',
  "é e\u0301 鍵 \u{1f511}",
  "long ".repeat(300),
  "\u0000\u007f",
] as const;

const RULE = "Any text is a value, the empty one too, and comes back as it was written (handout)";

const SETUP = { lab: 6, servers: 3, coordinators: 2, repairEvery: 200, points: 1 } as const;

for (const promise of ["regular", "atomic"] as const) {
  scene(`any text is a value: ${promise} reads`, { ...SETUP, promise }, (c) => {
    const [writer, reader] = [c.coordinator(), c.coordinator()];
    const [away = 0] = c.random("away").shuffle(c.servers);
    c.crash(away);
    for (const [i, value] of VALUES.entries()) writer.write(`key ${i}`, value);
    c.restart(away);
    c.converge();
    c.crash(...c.servers);
    c.restart(...c.servers);
    c.reach(reader, away, ...c.others(away).slice(0, 1));
    for (const [i, value] of VALUES.entries()) {
      const read = reader.read(`key ${i}`).value;
      const told = JSON.stringify(value).slice(0, 40);
      c.expect(
        read === value,
        RULE,
        `what was written as ${told} is read as ${JSON.stringify(read).slice(0, 40)}`,
      );
    }
  });
}
