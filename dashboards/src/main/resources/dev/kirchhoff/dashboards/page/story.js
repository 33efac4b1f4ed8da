// The story of a run: generated sentences with numbers, of which each brushes what it says, and the importance of knobs.
import { h, draw, get } from "/assets/dom.js";
import { store, listen, change, isJudgedHere, axes, axisName, designAddress } from "/assets/store.js";
import { cloudOf, kneeRow, sharesOf } from "/assets/cloud.js";
import { importance } from "/assets/analysis.js";
import { underText, waitingText } from "/assets/verdict.js";
import { CHAPTERS, emptySentences, infeasibleSentences } from "/assets/sentences.js";
import { rangeOf } from "/assets/glossary.js";
import { knownGlossary, explained, hinted } from "/assets/hint.js";
import { integer, oneUnit } from "/assets/format.js";

const FEW = 3; // sentences of a chapter before "more"
const BARS = 6;
const AXIS = { design: "design" };

export function storyPanel(parent) {
  let chapters = null; // [{ title, sentences }] of the last state that was told
  let bars = [];
  let open = new Set();
  let timer = 0;
  let told = 0;
  let cost = 0;
  let closed = false;
  let knees = { run: null, at: -1, list: [] }; // of the run after so many designs

  // Earlier knees of the run, asked for anew after a new state was told.
  async function askKnees() {
    const { run, detail } = store;
    const at = detail?.evaluated ?? 0;
    if (!run || (knees.run === run && knees.at === at)) return;
    knees = { run, at, list: knees.run === run ? knees.list : [] };
    try {
      const list = await get("/api/runs/" + encodeURIComponent(run) + "/knees");
      if (closed || store.run !== run) return;
      knees.list = list;
      show();
    } catch {
      knees.at = -1; // asked for again with the next state; the head of the page says that the server is gone
    }
  }

  // Tells the state again, soon: at once if it was not told yet or somebody set a limit or a price, else so that telling takes a
  // tenth of the time at most.
  function soon(urgent = false) {
    if (closed) return;
    if (timer && !urgent) return;
    clearTimeout(timer);
    const pause = !chapters ? 0 : urgent ? 200 : Math.max(300, 9 * cost - (performance.now() - told));
    timer = setTimeout(() => {
      timer = 0;
      tell();
    }, pause);
  }

  async function tell() {
    const cloud = cloudOf(store);
    if (!cloud) return show();
    const { version } = store.data;
    const start = performance.now();
    const knee = kneeRow(store, cloud);
    const shares = isJudgedHere() ? [] : [...sharesOf(store.front).values()];
    const contests = isJudgedHere() ? [] : (store.detail?.contests ?? []);
    const ranges = (path, kind) => rangeOf(knownGlossary(), path, kind);
    const list = cloud.members.length
      ? CHAPTERS
      : [
          ["Why there is no front", emptySentences],
          ["Causes of infeasibility", (one) => infeasibleSentences(one)],
        ];
    const found = [];
    let spent = 0;
    for (const [title, of, few = FEW] of list) {
      const from = performance.now();
      found.push({ title, few, sentences: of(cloud, { knee, shares, contests, rangeOf: ranges }) });
      spent += performance.now() - from;
      await new Promise((done) => setTimeout(done)); // other views draw between the chapters
      if (closed) return;
    }
    const from = performance.now();
    bars = importance(cloud);
    cost = spent + performance.now() - from;
    told = performance.now();
    chapters = found.filter(({ sentences }) => sentences.length);
    parent.dataset.version = version;
    parent.dataset.cost = Math.round(told - start);
    show();
    askKnees();
  }

  function brushOf(sentence) {
    return new Map(sentence.brush.map(({ key, from, to }) => [key, [from, to]]));
  }

  function isSet(sentence) {
    const { view } = store;
    if (sentence.limit) return view.limits.get(sentence.limit.key) === sentence.limit.to;
    if (!sentence.brush.length) return false;
    const brush = brushOf(sentence);
    return (
      view.brush.size === brush.size &&
      [...brush].every(([key, [from, to]]) => view.brush.get(key)?.[0] === from && view.brush.get(key)?.[1] === to)
    );
  }

  function follow(sentence) {
    const { view } = store;
    if (sentence.limit) {
      const limits = new Map(view.limits);
      if (isSet(sentence)) limits.delete(sentence.limit.key);
      else limits.set(sentence.limit.key, sentence.limit.to);
      return change({ limits });
    }
    if (isSet(sentence)) return change({ brush: new Map() });
    const part = { brush: brushOf(sentence) };
    if (sentence.colour && colourable(sentence.colour)) part.colour = sentence.colour;
    if (sentence.kind === "infeasible") part.infeasible = true;
    change(part);
  }

  const colourable = (key) => store.axes.some((axis) => axis.key === (AXIS[key] ?? key));

  function line(sentence) {
    const words = sentence.words.map((word) =>
      word.strong == null ? word : h("b", word.term ? hinted(word.term) : null, word.strong),
    );
    const acts = sentence.limit || sentence.brush.length || sentence.colour;
    if (!acts) return h("p", null, words);
    const title = sentence.limit
      ? "Judge all evaluated designs by this limit"
      : sentence.brush.length
        ? "Brush these designs"
        : "Colour by this";
    return h(
      "button.sentence-button",
      { type: "button", title, "aria-pressed": isSet(sentence), onclick: () => follow(sentence) },
      words,
    );
  }

  function chapter({ title, few, sentences }) {
    const all = open.has(title);
    const shown = all ? sentences : sentences.slice(0, few);
    return h(
      "div.chapter",
      { key: title },
      h("h3", null, title),
      h(
        "ul",
        null,
        shown.map((sentence, k) => h("li", { key: k, "data-kind": sentence.kind }, line(sentence))),
      ),
      sentences.length > few
        ? h(
            "button.link",
            {
              type: "button",
              "aria-expanded": all,
              onclick: () => {
                if (all) open.delete(title);
                else open.add(title);
                show();
              },
            },
            all ? "Fewer" : sentences.length - few + " more",
          )
        : null,
    );
  }

  // Knees of the front so far, the last one first.
  function kneeHistory() {
    if (knees.run !== store.run || knees.list.length < 2) return null;
    const all = open.has("knees");
    const rows = [...knees.list].reverse();
    const scales = axes().map((axis, k) =>
      oneUnit(
        rows.map(({ values }) => values[k]),
        axis.unit === axis.name ? "" : axis.unit,
      ),
    );
    return h(
      "div.chapter.knees",
      { key: "knees" },
      h("h3", null, "Knees so far", isJudgedHere() ? h("small.muted", null, " by the run's own limits") : null),
      h(
        "div.scroll",
        { tabindex: "0", role: "region", "aria-label": "Knees so far" },
        h(
          "table",
          null,
          h(
            "thead",
            null,
            h(
              "tr",
              null,
              h("th", { scope: "col" }, "After designs"),
              h("th", { scope: "col" }, "Round"),
              h("th", { scope: "col" }, "Design"),
              axes().map((axis) => h("th.num", { scope: "col", key: axis.key }, axisName(axis))),
            ),
          ),
          h(
            "tbody",
            null,
            (all ? rows : rows.slice(0, BARS)).map(({ round, evaluated, index, values }) =>
              h(
                "tr",
                { key: round, "data-index": index },
                h("td", null, integer(evaluated)),
                h("td", null, integer(round)),
                h("td", null, h("a", { href: designAddress(store.run, index), "data-link": true }, "#" + index)),
                axes().map((axis, k) =>
                  h("td.num", { key: axis.key }, (scales[k].text(values[k]) + " " + scales[k].unit).trim()),
                ),
              ),
            ),
          ),
        ),
      ),
      rows.length > BARS
        ? h(
            "button.link",
            {
              type: "button",
              "aria-expanded": all,
              onclick: () => {
                if (!open.delete("knees")) open.add("knees");
                show();
              },
            },
            all ? "Fewer" : rows.length - BARS + " more",
          )
        : null,
    );
  }

  // Importance: a bar for each knob and objective, the most important knobs first.
  function importanceBars() {
    if (!bars.length || !bars.some(({ shares }) => shares.length)) return null;
    const mean = new Map();
    for (const { shares } of bars)
      for (const { axis, share } of shares) mean.set(axis, (mean.get(axis) ?? 0) + share / bars.length);
    const axes = [...mean].sort((a, b) => b[1] - a[1]).slice(0, open.has("importance") ? Infinity : BARS);
    const shareOf = (k, axis) => bars[k].shares.find((one) => one.axis === axis)?.share ?? 0;
    return h(
      "div.chapter.importance",
      { key: "importance" },
      h("h3", null, "Importance of knobs"),
      h(
        "table",
        null,
        h(
          "caption",
          null,
          "Share of the variance of each objective that a knob explains by itself, " +
            integer(bars[0].designs) +
            " feasible designs that the search visited; shares do not add up",
        ),
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            h("th", { scope: "col" }, "Knob"),
            bars.map(({ objective }) => h("th", { scope: "col", key: objective.key }, objective.name)),
          ),
        ),
        h(
          "tbody",
          null,
          axes.map(([axis]) =>
            h(
              "tr",
              { key: axis.key },
              h(
                "th",
                { scope: "row" },
                h(
                  "button.link",
                  {
                    type: "button",
                    ...hinted(axis.path),
                    "aria-pressed": store.view.colour === axis.key,
                    onclick: () => change({ colour: store.view.colour === axis.key ? null : axis.key }),
                  },
                  shortTitle(axis),
                ),
              ),
              bars.map(({ objective }, k) => {
                const share = shareOf(k, axis);
                return h(
                  "td",
                  { key: objective.key },
                  h("i", { style: { width: 100 * share + "%" } }),
                  h("span", null, share < 0.005 ? "–" : Math.round(100 * share) + " %"),
                );
              }),
            ),
          ),
        ),
      ),
      mean.size > BARS
        ? h(
            "button.link",
            {
              type: "button",
              "aria-expanded": open.has("importance"),
              onclick: () => {
                if (!open.delete("importance")) open.add("importance");
                show();
              },
            },
            open.has("importance") ? "Fewer" : mean.size - BARS + " more",
          )
        : null,
    );
  }

  const shortTitle = (axis) => axis.title.split(".").slice(-2).join(".");

  function show() {
    draw(
      parent,
      h(
        "div.panel-head",
        null,
        h("h2", null, "Story"),
        h("span.muted", null, isJudgedHere() ? underText(store) : "a click shows the designs that a sentence is about"),
      ),
      chapters
        ? [...chapters.map(chapter), kneeHistory(), importanceBars()]
        : h("p.none.muted", null, waitingText(store)),
    );
  }

  const stop = listen((what) => {
    const any = (...words) => words.some((word) => what.has(word));
    if (any("run")) {
      chapters = null;
      open = new Set();
      show();
    }
    if (any("data", "figures", "header", "front", "limits", "prices", "metrics", "run")) soon(any("limits", "prices"));
    if (any("brush", "limits", "colour") && chapters) show();
  });
  explained.then(() => chapters && soon());
  show();
  soon();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      stop();
    },
  };
}
