import { scene } from "../kit/kv";

scene("a follower answers with what is true now", { lab: 5, servers: 3, clients: 4 }, (c) => {
  const writer = c.client();
  writer.put("x", "0");
  const readers = c.followers().map((id) => c.client(id));
  for (let i = 1; i <= 10; i++) {
    const { version } = writer.put("x", `${i}`);
    for (const reader of readers) {
      const seen = reader.get("x", "follower");
      c.expect(
        seen.version === version,
        "A follower asks the leader how far it must be (thesis, §6.4)",
        `a follower answers version ${seen.version}; version ${version} had been acknowledged`,
      );
    }
  }
});
