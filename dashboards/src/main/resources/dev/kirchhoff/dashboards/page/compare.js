// Two to four designs or runs in one grid: first why they differ, then how sure that is, then the differences alone.
import { h, draw, get, report } from "/assets/dom.js";
import { address, designAddress, toggleCompared, isCompared, compareAddress, showAddress } from "/assets/store.js";
import { ask } from "/assets/models.js";
import { described, metricKeys, metricOf, wordsOf, figure, figureBand, bandTitle, better } from "/assets/metrics.js";
import { waterfall, foremost, changeText, draws, attained, band } from "/assets/ratios.js";
import { breakdown, swatch, Delta } from "/assets/designBlocks.js";
import { groupPath, tally, valueText } from "/assets/knobs.js";
import { three, integer, percent, points, share, shortId, unit, withUnit } from "/assets/format.js";

const LETTERS = ["A", "B", "C", "D"];

export function compareView(parent, wanted) {
  const state = {
    items: [],
    pairs: new Map(),
    runPairs: new Map(),
    other: 1,
    all: false,
    busy: true,
    up: 0,
    across: 1,
  };

  function set(part) {
    Object.assign(state, part);
    show();
  }

  async function load() {
    set({ busy: true });
    const items = await Promise.all(
      wanted.map(async ({ run, index }) => {
        try {
          const at = "/api/runs/" + encodeURIComponent(run);
          const [whole, design] = await Promise.all([get(at), index == null ? null : get(at + "/designs/" + index)]);
          return { run, index, whole, header: whole.header, name: whole.run.name, design };
        } catch (problem) {
          return { run, index, problem: problem.message };
        }
      }),
    );
    await described;
    set({ items, busy: false });
    const first = (list) => list.slice(1).map((item) => [list[0], item]);
    for (const [a, b] of first(designs())) request(state.pairs, b, "/api/compare/designs?" + names(a, b));
    for (const [a, b] of first(runs())) request(state.runPairs, b, "/api/compare/runs?" + names(a, b));
  }

  const name = (item) => (item.index == null ? item.run : item.run + "~" + item.index);
  const names = (a, b) => "a=" + encodeURIComponent(name(a)) + "&b=" + encodeURIComponent(name(b));
  const designs = () => state.items.filter((item) => item.design);
  const runs = () => state.items.filter((item) => item.whole && item.index == null);

  // Words of all that are compared, and a metric in these.
  const words = () => wordsOf(...state.items.map((item) => item.header));
  const describe = (key) =>
    metricOf(key, Object.assign({}, ...designs().map((item) => item.design.details?.units)), words());

  function request(into, item, path) {
    Promise.resolve()
      .then(() => ask(path))
      .then(
        (found) => into.set(name(item), found),
        (problem) => into.set(name(item), problem),
      )
      .then(() => show());
  }

  function show() {
    const list = state.items;
    draw(
      parent,
      h(
        "section.compare-page",
        { "aria-label": "Compare", "aria-busy": String(state.busy) },
        h("div.design-line", { key: "head" }, h("h1", null, "Compare"), list.map(chip)),
        !wanted.length
          ? h(
              "p.muted",
              { key: "none" },
              "Nothing to compare yet: open a design and press ",
              h("kbd", null, "c"),
              ", or its Compare button; or choose two runs in the list of runs.",
            )
          : null,
        state.busy ? h("p.state", { key: "busy", role: "status" }, "Loading…") : null,
        list.filter((item) => item.problem).map((item) => h("p.notice", { key: name(item) }, item.problem)),
        designs().length ? designPart() : null,
        runs().length ? runPart() : null,
      ),
    );
  }

  // Letter, link and a way to take it away.
  function chip(item) {
    const kind = item.index == null ? runs() : designs();
    const at = kind.indexOf(item);
    return h(
      "span.compared",
      { key: name(item) },
      at >= 0 ? h("b", null, LETTERS[at]) : null,
      h(
        "a",
        {
          href: item.index == null ? address(item.run) : designAddress(item.run, item.index),
          "data-link": true,
          title: item.run,
        },
        label(item),
      ),
      h(
        "button.link.remove",
        { type: "button", "aria-label": "Take " + label(item) + " away", onclick: () => remove(item) },
        "×",
      ),
    );
  }

  function label(item) {
    const several = new Set(state.items.map((one) => one.run)).size > 1;
    const run = (item.name ?? "") + " " + shortId(item.run);
    return item.index == null ? run : "#" + item.index + (several ? " of " + run : "");
  }

  function remove(item) {
    if (isCompared(item.run, item.index)) toggleCompared(item.run, item.index);
    wanted = wanted.filter((one) => one.run !== item.run || one.index !== item.index);
    state.pairs.clear();
    state.runPairs.clear();
    state.other = 1;
    showAddress(compareAddress(wanted));
    load();
  }

  const block = (title, ...body) =>
    h("section.panel.block", { key: title, "aria-label": title }, h("h2", null, title), ...body);

  // ---- Designs

  function designPart() {
    const list = designs();
    const other = list[Math.min(state.other, list.length - 1)];
    const found = list.length > 1 ? state.pairs.get(name(other)) : null;
    return h(
      "div.overview",
      { key: "designs" },
      notes(list).map((words) => h("p.notice", { key: words }, words)),
      list.length > 1 ? verdict(list) : null,
      list.length > 1 ? why(list, other, found) : null,
      grid(list),
      knobs(list),
      list.some((item) => item.design.details) ? block("Breakdown on one scale", bars(list), parts(list)) : null,
    );
  }

  // Conditions that comparable figures share and these do not.
  function notes(list) {
    const found = [];
    for (const item of list) {
      const pair = state.pairs.get(name(item));
      for (const words of pair?.pair?.notes ?? []) found.push("Not alike: " + words + ".");
      if (item.design.detailsMissing) found.push("#" + item.index + " has no breakdown: " + item.design.detailsMissing);
      const missed = (item.design.violations ?? []).filter((amount) => amount > 0).length;
      if (missed)
        found.push("#" + item.index + " misses " + (missed === 1 ? "a limit" : missed + " limits") + " of its run.");
    }
    return [...new Set(found)];
  }

  // The server names the pair A and B, whichever it is here.
  function refused(letter, problem) {
    const words = letter === "B" ? problem.message : problem.message.replaceAll(/\bB\b/g, letter);
    return h("p.notice", { key: letter }, words);
  }

  // "A is better than B in TOPS/W in 97 of 100 draws, 1.10 to 1.32 times."
  function verdict(list) {
    return block(
      "Is A really better?",
      list.slice(1).map((item, k) => {
        const found = state.pairs.get(name(item));
        const letter = LETTERS[k + 1];
        if (!found)
          return h(
            "p.muted",
            { key: letter, role: "status" },
            report ? "This file holds no models." : "Drawing the models' errors for A and " + letter + "…",
          );
        if (found instanceof Error) return refused(letter, found);
        const { pair } = found;
        return h(
          "ul.pair-words",
          { key: letter },
          pair.objectives.map((objective) => h("li", { key: objective.key }, sentence(objective, "A", letter))),
          h(
            "li.muted",
            { key: "all" },
            "In every objective at once A is better in " +
              draws(pair.aDominates) +
              " draws, " +
              letter +
              " in " +
              draws(pair.bDominates) +
              ". Every limit is met by A in " +
              draws(pair.aFeasible) +
              ", by " +
              letter +
              " in " +
              draws(pair.bFeasible) +
              ".",
          ),
        );
      }),
      h(
        "p.small.muted",
        null,
        "A joint draw gives every circuit model one error, the same in every design that uses it, so that errors which designs share cancel.",
      ),
    );
  }

  function sentence(objective, a, b) {
    const { aBetter, bBetter } = objective;
    const [winner, loser, wins] = aBetter >= bBetter ? [a, b, aBetter] : [b, a, bBetter];
    const { ratio, difference } = objective;
    const sure = wins >= 0.95;
    const metric = describe(objective.key);
    return [
      h("b", null, winner + (sure ? " is better than " : " is ahead of ") + loser),
      " in " + objective.name + " in ",
      h("b", null, draws(wins) + " draws"),
      ratio
        ? [
            ": A / " + b + " = ",
            h("b", null, three(ratio.nominal)),
            ", 95 % of draws " + three(ratio.low) + " to " + three(ratio.high),
          ]
        : [
            ": A − " + b + " = ",
            h("b", null, signed(metric, difference.nominal)),
            ", 95 % of draws " + signed(metric, difference.low) + " to " + signed(metric, difference.high),
          ],
      sure ? "." : h("span.muted", null, "; the sources do not tell them apart."),
    ];
  }

  function why(list, other, found) {
    const letter = LETTERS[list.indexOf(other)];
    const choose =
      list.length > 2
        ? h(
            "div.choice",
            { role: "group", "aria-label": "Pair" },
            list.slice(1).map((item, k) =>
              h(
                "button.quiet",
                {
                  key: k,
                  type: "button",
                  "aria-pressed": String(item === other),
                  onclick: () => set({ other: k + 1 }),
                },
                "A and " + LETTERS[k + 1],
              ),
            ),
          )
        : null;
    if (found instanceof Error) return choose;
    if (!found)
      return block(
        "Why",
        choose,
        found ? null : h("p.none.muted", { role: "status" }, report ? "This file holds no models." : "Evaluating…"),
      );
    const { pair, effects } = found;
    return block(
      "Why",
      choose,
      h(
        "div.whys",
        null,
        ["energy", "area"].map((which) => partWhy(pair, which, letter)),
        knobWhy(pair, effects, letter),
        sourceWhy(pair, letter),
      ),
    );
  }

  const titleOf = (which) => (which === "energy" ? "Energy of one " + words().work : "Area");

  // Waterfall of ln(A/B) by part, told as changes that multiply to the ratio.
  function partWhy(pair, which, letter) {
    const rows = pair.parts.filter((part) => part.figure === which);
    const total = rows.find((part) => part.part === "total");
    if (!total) return null;
    const of = (side) =>
      new Map(rows.filter((part) => part !== total && part[side] != null).map((part) => [part.part, part[side]]));
    const { shown, rest, count } = foremost(waterfall(of("a"), of("b")));
    const entries = [
      ...shown.map((entry) => ({
        ...entry,
        title: withUnit(entry.a, total.unit) + " in A, " + withUnit(entry.b, total.unit) + " in " + letter,
        words: parted(entry, total.unit),
      })),
    ];
    if (count) entries.push({ name: count + " more parts", log: rest, words: "", title: "" });
    return chart(
      titleOf(which) + ": A / " + letter + " = " + three(total.a / total.b),
      entries,
      Math.log(total.a / total.b),
      (entry) => (entry.title ? swatch(entry.name) : null),
      false,
    );
  }

  function parted(entry, of) {
    const difference = entry.a - entry.b;
    return (difference > 0 ? "+" : "−") + withUnit(Math.abs(difference), of);
  }

  // Effects of knobs on each objective, one knob at a time.
  function knobWhy(pair, effects, letter) {
    if (!effects.length) return null;
    return pair.objectives.map((objective, m) => {
      const entries = effects
        .filter((effect) => effect.effects[m] != null)
        .map((effect) => ({
          name: effect.path,
          log: effect.effects[m],
          title: "A " + few(effect.a) + ", " + letter + " " + few(effect.b),
          words: few(effect.b) + " → " + few(effect.a),
        }))
        .sort((a, b) => Math.abs(b.log) - Math.abs(a.log));
      const { ratio, difference } = objective;
      const total = ratio ? Math.log(ratio.nominal) : difference.nominal;
      const least = ratio ? 0.002 : 0.005 * Math.abs(total);
      const rest = total - entries.reduce((sum, entry) => sum + entry.log, 0);
      const { shown, rest: small, count } = foremost(entries, 7, least);
      const all = [...shown];
      if (count) all.push({ name: count + " more knobs", log: small, words: "", title: "" });
      if (Math.abs(rest) > least)
        all.push({
          name: "together",
          log: rest,
          words: "",
          title: "Joint effect of the knobs beyond the sum of their single effects",
        });
      const told = (value) => signed(describe(objective.key), value);
      const head = ratio ? ": A / " + letter + " = " + three(ratio.nominal) : ": A − " + letter + " = " + told(total);
      return chart(objective.name + " by knob" + head, all, total, null, objective.maximise, ratio ? undefined : told);
    });
  }

  // A difference with its sign and unit.
  function signed(metric, value) {
    const size = metric ? figure(metric, Math.abs(value)).join(" ").trim() : three(Math.abs(value));
    return (value < 0 ? "−" : "+") + size;
  }

  // A kind of part with its own knobs, or the layers of a knob together.
  const few = (values) =>
    (values.length > 4 || new Set(values).size === 1 ? tally(values) : values.map(valueText).join(" ")).replace(
      / × 1$/,
      "",
    );

  // Bars on both sides of "equal"; `up` is true where more is better.
  function chart(title, entries, total, mark, up, told = (log) => changeText(log, three)) {
    const widest = Math.max(...entries.map((entry) => Math.abs(entry.log)), Math.abs(total), 1e-9);
    const row = (entry, key) =>
      h(
        "div.why-row",
        { key, title: entry.title, class: key === "total" ? "total" : "" },
        h("span.why-name", null, mark?.(entry), entry.name),
        h(
          "span.why-track",
          { "aria-hidden": "true" },
          h("i.zero"),
          h("i.range", {
            "data-kind": Math.abs(entry.log) < 0.0005 ? "" : entry.log > 0 === up ? "gain" : "loss",
            style: {
              left: entry.log < 0 ? 50 + (50 * entry.log) / widest + "%" : "50%",
              width: (50 * Math.abs(entry.log)) / widest + "%",
            },
          }),
        ),
        h("span.num", null, told(entry.log)),
        h("small.muted", null, entry.words),
      );
    return h(
      "div.why",
      { key: title },
      h("h3", null, title),
      entries.map((entry, k) => row(entry, k)),
      row({ name: "A against the other", log: total, words: "", title: "" }, "total"),
    );
  }

  // Sources of the ratio's error: what to measure to tell the designs apart.
  function sourceWhy(pair, letter) {
    return h(
      "div.why",
      { key: "sources" },
      h("h3", null, "Sources of the ratios' error: measure or calibrate the first"),
      pair.objectives.map((objective) =>
        objective.sources.length
          ? h(
              "p",
              { key: objective.key },
              h("b", null, objective.name),
              ": ",
              objective.sources
                .slice(0, 3)
                .map((source, k) => [
                  k ? ", " : "",
                  source.quantity + " of " + source.model + " (" + percent(source.share) + ")",
                ]),
              ".",
            )
          : h(
              "p",
              { key: objective.key },
              h("b", null, objective.name),
              ": the ratio of A and " + letter + " is exact.",
            ),
      ),
    );
  }

  function toggle() {
    return h(
      "label.small",
      null,
      h("input", {
        type: "checkbox",
        checked: state.all,
        onchange: (event) => set({ all: event.currentTarget.checked }),
      }),
      " equal rows too",
    );
  }

  function heads(list) {
    return h(
      "tr",
      null,
      h("th", null, h("span.sr-only", null, "Figure")),
      list.map((item, k) => h("th.num", { key: k }, h("b", null, LETTERS[k]), " " + label(item))),
    );
  }

  function table(title, head, rows) {
    return h(
      "div.scroll",
      { tabindex: "0", role: "region", "aria-label": title },
      h("table.list.compare-grid", null, h("thead", null, head), h("tbody", null, rows)),
    );
  }

  // All metrics; the ratio to A, and the joint interval where it was drawn.
  function grid(list) {
    const rows = [];
    let equal = 0;
    for (const key of metricKeys()) {
      const metric = describe(key);
      const values = list.map((item) => total(item, metric.key));
      if (values.every((value) => value == null)) continue;
      const texts = values.map((value) => (value == null ? "–" : figure(metric, value).join(" ").trim()));
      if (new Set(texts).size < 2 && list.length > 1) {
        equal++;
        if (!state.all) continue;
      }
      const direction = better(metric);
      const there = values.filter((value) => value != null);
      const best =
        direction && new Set(texts).size > 1
          ? direction === "higher"
            ? Math.max(...there)
            : Math.min(...there)
          : null;
      rows.push(
        h(
          "tr",
          { key: metric.key, "data-metric": metric.key },
          h(
            "th",
            { scope: "row", title: bandTitle(metric.title, list[0].design.details?.bands, metric.key) },
            metric.title,
          ),
          list.map((item, k) =>
            h(
              "td.num",
              { key: k, class: values[k] != null && values[k] === best ? "best-value" : "" },
              h(
                "span.value",
                null,
                texts[k],
                values[k] === best ? h("span.dir", { title: "best of these" }, " ●") : null,
              ),
              k
                ? ratio(item, metric, values[k], values[0])
                : h("small.interval", null, figureBand(metric, item.design.details?.bands?.[metric.key])),
            ),
          ),
        ),
      );
    }
    const simulated = list.map((item) => item.design.accuracy ?? null);
    if (simulated.some(Boolean)) {
      rows.push(
        h(
          "tr",
          { key: "loss" },
          h("th", { scope: "row" }, "accuracy lost, simulated"),
          simulated.map((known, k) =>
            h(
              "td.num",
              { key: k },
              known
                ? [
                    points(known.loss.value) + " points",
                    h("small.interval", null, points(known.loss.low) + " – " + points(known.loss.high)),
                  ]
                : "–",
            ),
          ),
        ),
      );
      rows.push(
        h(
          "tr",
          { key: "right" },
          h("th", { scope: "row" }, "accuracy, simulated"),
          simulated.map((known, k) =>
            h(
              "td.num",
              { key: k },
              known ? [percent(known.accuracy.value), h("small.interval", null, share(known.accuracy))] : "–",
            ),
          ),
        ),
      );
    }
    return block(
      "Figures",
      h(
        "div.design-line",
        null,
        h("span.small.muted", null, equal ? integer(equal) + " are equal" : ""),
        list.length > 1 ? toggle() : null,
      ),
      table("Figures", heads(list), rows),
    );
  }

  function total(item, key) {
    const value = item.design.details?.totals?.[key];
    if (Number.isFinite(value)) return value;
    const at = (item.header?.axes ?? []).findIndex((axis) => axis.key === key && !axis.band);
    return at < 0 ? null : (item.design.values?.[at] ?? null);
  }

  // The ratio to A, with its joint interval where the sources were drawn (as A over this design, turned round).
  function ratio(item, metric, value, first) {
    const objective = state.pairs.get(name(item))?.pair?.objectives?.find((known) => known.key === metric.key);
    const turned = objective?.ratio ? [1 / objective.ratio.high, 1 / objective.ratio.low] : null;
    return h(
      "small.interval",
      null,
      h(Delta, { metric, now: value, before: first }),
      turned
        ? h(
            "span",
            { title: "95 % of joint draws of its ratio to A" },
            " × " + three(turned[0]) + " – " + three(turned[1]),
          )
        : null,
    );
  }

  function knobs(list) {
    const of = (item) => {
      const rows = new Map();
      for (const knob of (item.design.knobs ?? []).filter((known) => known.ordinal >= 0)) {
        const path = groupPath(knob.path);
        rows.set(path, [...(rows.get(path) ?? []), knob.value]);
      }
      return rows;
    };
    const all = list.map(of);
    const paths = [...new Set(all.flatMap((rows) => [...rows.keys()]))];
    const text = (rows, path) => (rows.has(path) ? tally(rows.get(path)) : "–");
    const shown = paths.filter((path) => state.all || new Set(all.map((rows) => text(rows, path))).size > 1);
    const specs = list
      .slice(1)
      .flatMap((item) => (state.pairs.get(name(item))?.pair?.otherRun ? state.pairs.get(name(item)).pair.differ : []));
    return block(
      "Knobs that differ",
      shown.length
        ? table(
            "Knobs that differ",
            heads(list),
            shown.map((path) =>
              h(
                "tr",
                { key: path },
                h("th", { scope: "row" }, path),
                all.map((rows, k) => h("td.num", { key: k }, text(rows, path))),
              ),
            ),
          )
        : h("p.none.muted", null, list.length > 1 ? "None." : "Add a second design to see differences."),
      h("p.small.muted", null, integer(paths.length - shown.length) + " are the same"),
      specs.length ? specDifferences(specs, ["A", "the other"]) : null,
    );
  }

  function specDifferences(differ, [a, b]) {
    return [
      h("h3", { key: "h" }, "Specs differ in"),
      table(
        "Specs differ in",
        h("tr", null, h("th", null, "Place"), h("th", null, a), h("th", null, b)),
        differ.map((place) =>
          h(
            "tr",
            { key: place.path },
            h("th", { scope: "row" }, place.path),
            [place.a, place.b].map((value, k) =>
              h("td.spec-value", { key: k }, specValue(value, k ? place.a : place.b)),
            ),
          ),
        ),
      ),
    ];
  }

  // Of lists only what the other has not.
  function specValue(value, other) {
    if (value === undefined) return "–";
    if (Array.isArray(value) && Array.isArray(other)) {
      const has = new Set(other.map((one) => JSON.stringify(one)));
      const own = value.filter((one) => !has.has(JSON.stringify(one)));
      return own.length
        ? own.map(valueText).join(", ") + " (of " + value.length + ")"
        : "nothing that the other has not (" + value.length + ")";
    }
    return valueText(value);
  }

  function bars(list) {
    const most = (which) => Math.max(...list.map((item) => item.design.details?.trees?.[which]?.value ?? 0));
    return h(
      "div.scale",
      null,
      ["energy", "area", "latency"].map((which) =>
        list.map((item, k) => {
          const tree = item.design.details?.trees?.[which];
          if (!tree) return null;
          // Padded to the largest, so that all bars of a figure have one scale.
          const details = { trees: { [which]: tree } };
          return h(
            "div.scaled",
            { key: which + k },
            h("b", null, LETTERS[k]),
            breakdown(details, { figuresOf: [which], scale: most(which), bare: k > 0, work: words().work }),
          );
        }),
      ),
    );
  }

  // Parts of one name are added up over tiles and chip, as `compare` prints them.
  function parts(list) {
    const pairs = list.slice(1).map((item) => state.pairs.get(name(item))?.pair?.parts ?? null);
    if (!pairs.length || pairs.some((found) => !found)) return null;
    return ["energy", "area"].map((which) => {
      const rows = pairs[0].filter((part) => part.figure === which);
      const keys = [
        ...new Set(pairs.flatMap((found) => found.filter((part) => part.figure === which).map((part) => part.part))),
      ];
      const value = (key, k) =>
        k === 0
          ? pairs
              .map((found) => found.find((part) => part.figure === which && part.part === key)?.a)
              .find((known) => known != null)
          : pairs[k - 1].find((part) => part.figure === which && part.part === key)?.b;
      return h(
        "details",
        { key: which },
        h("summary", null, titleOf(which) + " by part"),
        table(
          titleOf(which) + " by part",
          heads(list),
          keys.map((key) =>
            h(
              "tr",
              { key, "data-part": key },
              h("th", { scope: "row" }, key === "total" ? "total" : [swatch(key), key]),
              list.map((_, k) => {
                const own = value(key, k);
                const first = value(key, 0);
                return h(
                  "td.num",
                  { key: k },
                  own == null ? "–" : withUnit(own, rows[0].unit),
                  k && own > 0 && first > 0
                    ? h("small.interval", null, changeText(Math.log(own / first), three))
                    : null,
                );
              }),
            ),
          ),
        ),
      );
    });
  }

  // ---- Runs

  function runPart() {
    const list = runs();
    const other = list[Math.min(state.other, list.length - 1)];
    const found = list.length > 1 ? state.runPairs.get(name(other)) : null;
    const heading = (item, k) => h("th.num", { key: k }, h("b", null, LETTERS[k]), " " + label(item));
    return h(
      "div.overview",
      { key: "runs" },
      list.length > 1 ? block("What differs", runSentences(list)) : null,
      block("Fronts in one plot", fronts(list)),
      bestTable(list) ? block("Best values", bestTable(list)) : null,
      block(
        "Runs",
        list.length > 1 ? toggle() : null,
        table(
          "Runs",
          h("tr", null, h("th", null, h("span.sr-only", null, "Figure")), list.map(heading)),
          runRows(list).map(([title, values]) =>
            h(
              "tr",
              { key: title },
              h("th", { scope: "row" }, title),
              values.map((value, k) => h("td.num", { key: k }, value)),
            ),
          ),
        ),
      ),
      found && !(found instanceof Error)
        ? block(
            "Specs",
            found.differ.length
              ? specDifferences(found.differ, ["A", LETTERS[list.indexOf(other)]])
              : h(
                  "p.none.muted",
                  null,
                  "The specs are the same" + (seedOf(list[0]) === seedOf(other) ? "." : "; only the seeds differ."),
                ),
          )
        : null,
    );
  }

  function runSentences(list) {
    return list.slice(1).map((item, k) => {
      const found = state.runPairs.get(name(item));
      const letter = LETTERS[k + 1];
      if (!found) return h("p.muted", { key: letter, role: "status" }, "Comparing A and " + letter + "…");
      if (found instanceof Error) return refused(letter, found);
      const { a, b } = found;
      const bigger =
        a.hypervolume >= b.hypervolume
          ? ["A", letter, a.hypervolume / b.hypervolume]
          : [letter, "A", b.hypervolume / a.hypervolume];
      return h(
        "ul.pair-words",
        { key: letter },
        h(
          "li",
          null,
          h(
            "b",
            null,
            (sameLimits(found) ? "The front of " : "Each under its own limits, the front of ") +
              bigger[0] +
              " covers " +
              (bigger[2] < 1.0005
                ? "as much as"
                : changeText(Math.log(bigger[2]), three).replace("+", "") + " more than") +
              " that of " +
              bigger[1],
          ),
          " (hypervolume " + three(a.hypervolume) + " and " + three(b.hypervolume) + " of the box around both).",
        ),
        h(
          "li",
          null,
          percent(a.dominated) +
            " of the " +
            integer(a.members) +
            " members of A are dominated by " +
            letter +
            ", " +
            percent(b.dominated) +
            " of the " +
            integer(b.members) +
            " of " +
            letter +
            " by A; " +
            integer(found.common) +
            (found.common === 1 ? " member is" : " members are") +
            " on both.",
        ),
        found.best.map((best) =>
          h(
            "li",
            { key: best.key },
            (best.maximise ? "Most " : "Least ") +
              best.name +
              ": A " +
              best_(best, best.a) +
              ", " +
              letter +
              " " +
              best_(best, best.b) +
              (best.ratio != null ? ", A / " + letter + " = " + three(best.ratio) : "") +
              ".",
          ),
        ),
        found.differ.length
          ? h(
              "li",
              null,
              "The specs differ in " +
                found.differ
                  .map((place) => place.path)
                  .slice(0, 6)
                  .join(", ") +
                (found.differ.length > 6 ? " and " + (found.differ.length - 6) + " more" : "") +
                ".",
            )
          : h(
              "li",
              null,
              a.seed === b.seed
                ? "The specs are the same."
                : "The specs are the same; the seeds are " + a.seed + " and " + b.seed + ".",
            ),
      );
    });
  }

  function best_(best, value) {
    const metric = describe(best.key);
    return value == null ? "–" : metric ? figure(metric, value).join(" ") : three(value);
  }

  function bestTable(list) {
    const [, ...others] = list;
    const pairs = others
      .map((item) => state.runPairs.get(name(item)))
      .filter((pair) => pair && !(pair instanceof Error));
    if (!pairs.length || pairs.length < others.length) return null;
    return table(
      "Best values",
      heads(list),
      pairs[0].best.map((best, m) =>
        h(
          "tr",
          { key: best.key },
          h("th", { scope: "row" }, (best.maximise ? "most " : "least ") + best.name),
          list.map((item, k) => {
            const [value, index] =
              k === 0 ? [best.a, best.aIndex] : [pairs[k - 1].best[m].b, pairs[k - 1].best[m].bIndex];
            return h(
              "td.num",
              { key: k },
              best_(best, value),
              index == null
                ? null
                : h(
                    "div",
                    null,
                    h("a.small", { href: designAddress(item.run, index), "data-link": true }, "#" + index),
                  ),
            );
          }),
        ),
      ),
    );
  }

  function runRows(list) {
    const rows = [
      ["state", list.map((item) => item.whole.run.state)],
      ["designs", list.map((item) => integer(item.whole.run.evaluated))],
      ["feasible", list.map((item) => integer(item.whole.run.feasible))],
      ["members", list.map((item) => integer(item.whole.front.length))],
      ["seed", list.map((item) => String(seedOf(item) ?? "–"))],
      ["engine", list.map((item) => item.header.engine ?? item.whole.run.engine ?? "–")],
      ["model version", list.map((item) => item.header.version ?? item.whole.run.version ?? "–")],
    ];
    return rows.filter(
      ([, values]) =>
        !values.every((value) => value === "–") && (state.all || list.length < 2 || new Set(values).size > 1),
    );
  }

  // Fronts of the first two objectives; of runs that differ in their seed alone the band between them.
  function fronts(list) {
    const axes = list[0].header?.axes ?? [];
    if (axes.length < 2) return h("p.none.muted", null, "The runs have one objective.");
    const up = Math.min(state.up, axes.length - 1);
    const across = state.across === up ? (up + 1) % axes.length : Math.min(state.across, axes.length - 1);
    const [y, x] = [axes[up], axes[across]];
    const of = (item) =>
      item.whole.front
        .map((member) => [member.values[across], member.values[up], member])
        .filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b));
    const series = list
      .filter((item) => sameAxes(item.header?.axes, axes))
      .map((item) => ({ item, points: of(item).sort((a, b) => a[0] - b[0]) }));
    const all = series.flatMap((one) => one.points);
    if (!all.length) return h("p.none.muted", null, "No front has a member yet.");
    const scaleX = scaleOf(
      all.map(([a]) => a),
      x.scale === "logarithmic",
      60,
      700,
    );
    const scaleY = scaleOf(
      all.map(([, b]) => b),
      y.scale === "logarithmic",
      330,
      14,
    );
    const seeds = seedGroup(list);
    const grid = Array.from({ length: 120 }, (_, k) => scaleX.back(60 + (640 * k) / 119));
    const curves =
      seeds.length > 1 ? seeds.map((item) => attained(of(item), grid, [x.maximise ? -1 : 1, y.maximise ? -1 : 1])) : [];
    const ribbon = band(curves)
      .map((ends, k) => ends && [grid[k], ...ends])
      .filter(Boolean);
    const area = ribbon.length
      ? "M" +
        ribbon.map(([at, low]) => scaleX.at(at).toFixed(1) + " " + scaleY.at(low).toFixed(1)).join("L") +
        "L" +
        [...ribbon]
          .reverse()
          .map(([at, , high]) => scaleX.at(at).toFixed(1) + " " + scaleY.at(high).toFixed(1))
          .join("L") +
        "Z"
      : null;
    const title = (axis) =>
      axis.name +
      (axis.unit && axis.unit !== axis.name ? ", " + unit(axis.unit) : "") +
      (axis.maximise ? " (more is better)" : " (less is better)");
    const pick = (title, value, key) =>
      h(
        "label.small",
        null,
        title + " ",
        h(
          "select.quiet",
          {
            "aria-label": title,
            value: String(value),
            onchange: (event) => set({ [key]: Number(event.currentTarget.value) }),
          },
          axes.map((axis, k) => h("option", { key: k, value: String(k) }, axis.name)),
        ),
      );
    return h(
      "figure.fronts",
      null,
      axes.length > 2
        ? h("div.design-line", null, pick("Upwards", up, "up"), pick("To the right", across, "across"))
        : null,
      h(
        "svg",
        {
          viewBox: "0 0 720 380",
          role: "img",
          "aria-label": "Fronts of " + series.length + " runs; the tables hold the same ends",
        },
        scaleX.ticks.map((tick) =>
          h(
            "g",
            { key: "x" + tick },
            h("line.grid", { x1: scaleX.at(tick), x2: scaleX.at(tick), y1: 14, y2: 330 }),
            h("text", { x: scaleX.at(tick), y: 346, "text-anchor": "middle" }, three(tick)),
          ),
        ),
        scaleY.ticks.map((tick) =>
          h(
            "g",
            { key: "y" + tick },
            h("line.grid", { x1: 60, x2: 700, y1: scaleY.at(tick), y2: scaleY.at(tick) }),
            h("text", { x: 54, y: scaleY.at(tick) + 4, "text-anchor": "end" }, three(tick)),
          ),
        ),
        area ? h("path.ribbon", { d: area }) : null,
        series.map(({ item, points }) => {
          const k = list.indexOf(item);
          return h(
            "g",
            { key: k, class: "series-" + k },
            points.map(([a, b, member]) =>
              h(
                SHAPES[k].tag,
                { key: member.index, ...SHAPES[k].of(scaleX.at(a), scaleY.at(b)) },
                h(
                  "title",
                  null,
                  LETTERS[k] +
                    " #" +
                    member.index +
                    ": " +
                    three(b) +
                    " " +
                    unit(y.unit) +
                    ", " +
                    three(a) +
                    " " +
                    unit(x.unit),
                ),
              ),
            ),
          );
        }),
        h("text.title", { x: 380, y: 370, "text-anchor": "middle" }, title(x)),
        h("text.title", { x: 14, y: 172, "text-anchor": "middle", transform: "rotate(-90 14 172)" }, title(y)),
      ),
      h(
        "figcaption.legend",
        null,
        series.map(({ item }) => {
          const k = list.indexOf(item);
          return h(
            "span.part",
            { key: k },
            h(
              "svg.mark-shape",
              { viewBox: "0 0 12 12", "aria-hidden": "true" },
              h("g", { class: "series-" + k }, h(SHAPES[k].tag, SHAPES[k].of(6, 6))),
            ),
            LETTERS[k] + " " + label(item),
          );
        }),
        seeds.length > 1
          ? h(
              "span.part",
              null,
              h("i.swatch.ribbon-mark", { "aria-hidden": "true" }),
              "between the seeds " + seeds.map(seedOf).join(", "),
            )
          : null,
      ),
    );
  }

  const sameAxes = (a, b) =>
    JSON.stringify((a ?? []).map((axis) => [axis.key, axis.maximise])) ===
    JSON.stringify(b.map((axis) => [axis.key, axis.maximise]));

  // Runs that differ from A in their seed alone; A is the first of them.
  function seedGroup(list) {
    const same = list.slice(1).filter((item) => {
      const found = state.runPairs.get(name(item));
      return (
        found &&
        !(found instanceof Error) &&
        found.differ.length === 0 &&
        found.a.seed !== found.b.seed &&
        found.a.engine === found.b.engine
      );
    });
    return same.length ? [list[0], ...same] : [];
  }

  load();
  return {
    close() {
      draw(parent);
    },
  };
}

const seedOf = (item) => item.header?.seed ?? item.whole.run.seed;

// Marks of the runs: shape and colour both tell them apart.
const SHAPES = [
  { tag: "circle", of: (x, y) => ({ cx: x, cy: y, r: 4 }) },
  {
    tag: "path",
    of: (x, y) => ({
      d: "M" + (x - 4.2) + " " + (y + 3.6) + "L" + (x + 4.2) + " " + (y + 3.6) + "L" + x + " " + (y - 4.4) + "Z",
    }),
  },
  { tag: "rect", of: (x, y) => ({ x: x - 3.5, y: y - 3.5, width: 7, height: 7 }) },
  {
    tag: "path",
    of: (x, y) => ({
      d: "M" + x + " " + (y - 5) + "L" + (x + 5) + " " + y + "L" + x + " " + (y + 5) + "L" + (x - 5) + " " + y + "Z",
    }),
  },
];

// A scale from values to pixels with round ticks, logarithmic where asked and possible.
function scaleOf(values, logarithmic, from, to) {
  const isLog = logarithmic && values.every((value) => value > 0);
  const f = isLog ? Math.log : (value) => value;
  const g = isLog ? Math.exp : (value) => value;
  let low = f(Math.min(...values));
  let high = f(Math.max(...values));
  const pad = (high - low) * 0.05 || Math.abs(low) * 0.05 || 1;
  low -= pad;
  high += pad;
  const at = (value) => from + ((f(value) - low) / (high - low)) * (to - from);
  const back = (pixel) => g(low + ((pixel - from) / (to - from)) * (high - low));
  return { at, back, ticks: ticksOf(g(low), g(high), isLog) };
}

// True if two runs have the limits in common, so that their fronts compare searches alone.
function sameLimits(pair) {
  return !pair.differ.some(({ path }) => path === "constraints" || path.startsWith("constraints["));
}

function ticksOf(low, high, isLog) {
  if (isLog && high / low > 3) {
    const ticks = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
      for (const digit of high / low > 100 ? [1] : [1, 2, 5]) {
        const value = digit * 10 ** power;
        if (value >= low && value <= high) ticks.push(value);
      }
    }
    return ticks;
  }
  const rough = (high - low) / 5;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = size * ([1, 2, 5, 10].find((digit) => digit * size >= rough) ?? 10);
  const ticks = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step)
    ticks.push(Number(value.toPrecision(12)));
  return ticks;
}
