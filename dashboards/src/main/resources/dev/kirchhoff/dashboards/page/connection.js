// The state of the connection in the bar: one word, and the whole of it in a popover.
import { h, draw } from "/assets/dom.js";
import { store, listen } from "/assets/store.js";
import { integer } from "/assets/format.js";

const BROKER = {
  connected: (kafka) => ["Broker", kafka.bootstrap + ", connected"],
  connecting: (kafka) => ["Broker", "connecting to " + kafka.bootstrap],
  lost: (kafka) => ["Broker", kafka.bootstrap + " does not answer" + (kafka.detail ? ": " + kafka.detail : "")],
  searching: (kafka, orphans) => [
    "Broker",
    orphans
      ? "none runs now; " +
        integer(orphans) +
        (orphans === 1 ? " run is known from it alone and goes" : " runs are known from it alone and go") +
        " on when it is back"
      : "none runs now; runs are read from their files, which are complete without one",
  ],
  off: () => ["Broker", "not looked for; runs are read from their files"],
};

export function connectionStatus(element) {
  function show() {
    const { kafka, broken = [], brokenCount = 0 } = store.connection ?? {};
    // Runs that only the broker tells of.
    const orphans = [...store.runs.values()].filter((run) => run.fromKafka && !run.hasLog).length;
    const lost = kafka?.phase === "lost" || (kafka?.phase === "searching" && orphans > 0);
    const word = !store.online
      ? "Reconnecting…"
      : lost
        ? "Live, broker lost"
        : brokenCount
          ? "Live, messages set aside"
          : "Live";
    element.dataset.state = !store.online ? "off" : lost || brokenCount ? "warn" : "on";
    const lines = [
      [
        "Page",
        store.online
          ? "connected; what happens is shown as it happens"
          : "the dashboard does not answer; it is tried again every few seconds",
      ],
      kafka ? BROKER[kafka.phase]?.(kafka, orphans) : null,
      brokenCount
        ? ["Set aside", integer(brokenCount) + (brokenCount === 1 ? " invalid message" : " invalid messages")]
        : null,
    ].filter(Boolean);
    draw(
      element,
      h(
        "details.menu.connection-menu",
        { onkeydown: (event) => event.key === "Escape" && (event.currentTarget.open = false) },
        h("summary", null, h("span.dot", { "aria-hidden": "true" }), h("span", { role: "status" }, word)),
        h(
          "div.menu-body",
          null,
          h(
            "dl.verdict",
            null,
            lines.map(([label, text]) => h("div", null, h("dt", null, label), h("dd", null, text))),
          ),
          broken.map((one) => h("p.muted", null, one.where + ": " + one.why)),
        ),
      ),
    );
  }

  show();
  document.addEventListener("pointerdown", (event) => {
    const menu = element.querySelector("details[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
  return listen((what) => (what.has("connection") || what.has("runs")) && show());
}
