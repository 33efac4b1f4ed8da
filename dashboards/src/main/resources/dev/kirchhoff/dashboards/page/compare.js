// Two to four designs or runs in one grid: first why they differ, then how sure that is, then the differences alone.
import { h, draw, get, report } from "/assets/dom.js";
import { address, designAddress, setCompared, compareAddress, showAddress } from "/assets/store.js";
import { ask } from "/assets/models.js";
import { described, metricKeys, metricOf, wordsOf, figure, figuresOf, bandTitle, better } from "/assets/metrics.js";
import {
  waterfall,
  foremost,
  changeText,
  draws,
  outcome,
  lettered,
  sharedAxes,
  projected,
  attained,
  band,
} from "/assets/ratios.js";
import { breakdown, swatch, Delta } from "/assets/designBlocks.js";
import { groupPath, shortPath, tally, valueText } from "/assets/knobs.js";
import { three, integer, percent, points, pretty, share, shortId, unit, withUnit } from "/assets/format.js";

const interval = (text) => h("small.interval", null, text);

// Figures of simulated chips by their name in a design's accuracy: title, and a count in words.
const SIMULATED = [
  ["agreement", "agreement, simulated", (of) => [percent(of.value), interval(share(of))]],
  [
    "loss",
    "accuracy lost, simulated",
    (of) => [points(of.value) + " points", interval(points(of.low) + " – " + points(of.high))],
  ],
  ["accuracy", "accuracy, simulated", (of) => [percent(of.value), interval(share(of))]],
];

const LETTERS = ["A", "B", "C", "D"];

export function compareView(parent, wanted) {
  const state = {
    items: [],
    pairs: new Map(),
    reference: null, // name of the item that the others are judged against; else the first
    other: null, // name of the one that is explained; else the first of the others
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
    judge();
  }

  // Asks for the comparisons with the reference that are not here yet.
  function judge() {
    for (const [list, path] of [
      [designs(), "/api/compare/designs?"],
      [runs(), "/api/compare/runs?"],
    ]) {
      for (const item of othersOf(list)) {
        const key = pairKey(referenceOf(list), item);
        if (state.pairs.has(key)) continue;
        state.pairs.set(key, null);
        request(key, path + names(referenceOf(list), item));
      }
    }
  }

  const referenceOf = (list) => list.find((item) => name(item) === state.reference) ?? list[0];
  const othersOf = (list) => list.filter((item) => item !== referenceOf(list));
  const otherOf = (list) => othersOf(list).find((item) => name(item) === state.other) ?? othersOf(list)[0];
  const pairKey = (a, b) => name(a) + " " + name(b);
  const letterOf = (list, item) => LETTERS[list.indexOf(item)];

  // The comparison of the reference with one of the others: null until it is here, an Error where it is refused.
  const pairOf = (list, item) => state.pairs.get(pairKey(referenceOf(list), item)) ?? null;

  // One of the others as the reference.
  function refer(item) {
    state.reference = name(item);
    judge();
    show();
  }

  // The page compares these from now on, and the link in the head says so.
  if (wanted.length) setCompared(wanted);

  const name = (item) => (item.index == null ? item.run : item.run + "~" + item.index);
  const names = (a, b) => "a=" + encodeURIComponent(name(a)) + "&b=" + encodeURIComponent(name(b));
  const designs = () => state.items.filter((item) => item.design);
  const runs = () => state.items.filter((item) => item.whole && item.index == null);

  // Words of all that are compared, and a metric in these.
  const words = () => wordsOf(...state.items.map((item) => item.header));
  const describe = (key) =>
    metricOf(key, Object.assign({}, ...designs().map((item) => item.design.details?.units)), words());

  function request(key, path) {
    Promise.resolve()
      .then(() => ask(path))
      .then(
        (found) => state.pairs.set(key, found),
        (problem) => state.pairs.set(key, problem),
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
        h("div.design-line", { key: "head" }, h("h1", null, "Compare"), list.map(chip), clearing()),
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
        designs().length
          ? h(
              "p.muted",
              { key: "as-evaluated" },
              "Figures are as evaluated: prices and limits that are set on the page of a run do not count here.",
            )
          : null,
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

  function clearing() {
    return state.items.length
      ? h("button.quiet", { key: "clear", type: "button", onclick: () => compareOnly([]) }, "Clear")
      : null;
  }

  const remove = (item) => compareOnly(wanted.filter((one) => one.run !== item.run || one.index !== item.index));

  function compareOnly(list) {
    wanted = list;
    setCompared(wanted);
    showAddress(compareAddress(wanted));
    load();
  }

  // Choice of the one that the others are judged against.
  function references(list) {
    if (list.length < 2) return null;
    return h(
      "div.choice",
      { role: "group", "aria-label": "Reference" },
      h("span.small.muted", null, "judged against "),
      list.map((item, k) =>
        h(
          "button.quiet",
          {
            key: k,
            type: "button",
            "aria-pressed": String(item === referenceOf(list)),
            title: label(item),
            onclick: () => refer(item),
          },
          LETTERS[k],
        ),
      ),
    );
  }

  const block = (title, ...body) =>
    h("section.panel.block", { key: title, "aria-label": title }, h("h2", null, title), ...body);

  // ---- Designs

  function designPart() {
    const list = designs();
    const other = otherOf(list);
    return h(
      "div.overview",
      { key: "designs" },
      notes(list).map((words) => h("p.notice", { key: words }, words)),
      list.length > 1 ? verdict(list) : null,
      list.length > 1 ? why(list, other, pairOf(list, other)) : null,
      grid(list),
      knobs(list),
      list.some((item) => item.design.details) ? block("Breakdown on one scale", bars(list), parts(list)) : null,
    );
  }

  // Conditions that comparable figures share and these do not.
  function notes(list) {
    const found = [];
    for (const item of list) {
      for (const words of pairOf(list, item)?.pair?.notes ?? []) found.push("Not alike: " + words + ".");
      if (item.design.detailsMissing) found.push("#" + item.index + " has no breakdown: " + item.design.detailsMissing);
      const missed = (item.design.violations ?? []).filter((amount) => amount > 0).length;
      if (missed)
        found.push("#" + item.index + " misses " + (missed === 1 ? "a limit" : missed + " limits") + " of its run.");
    }
    return [...new Set(found)];
  }

  function refused(a, b, problem) {
    return h("p.notice", { key: b }, lettered(problem.message, a, b));
  }

  // "A is better than B in TOPS/W in 97 of 100 draws, 1.10 to 1.32 times."
  function verdict(list) {
    const first = letterOf(list, referenceOf(list));
    return block(
      "Is " + first + " really better?",
      list.length > 2 ? references(list) : null,
      othersOf(list).map((item) => {
        const found = pairOf(list, item);
        const letter = letterOf(list, item);
        if (!found)
          return h(
            "p.muted",
            { key: letter, role: "status" },
            report ? "This file holds no models." : "Drawing the models' errors for " + first + " and " + letter + "…",
          );
        if (found instanceof Error) return refused(first, letter, found);
        return pairWords(found.pair, first, letter);
      }),
      h(
        "p.small.muted",
        null,
        "A joint draw gives every circuit model one error, the same in every design that uses it, so that errors which designs share cancel. Differences within 1 % count as none.",
      ),
    );
  }

  function pairWords(pair, a, b) {
    return h(
      "ul.pair-words",
      { key: b },
      commonWords(pair.objectives, pair.onlyA, pair.onlyB, a, b),
      pair.objectives.map((objective) => h("li", { key: objective.key }, sentence(objective, a, b))),
      pair.objectives.length > 1
        ? h(
            "li.muted",
            { key: "all" },
            a + " dominates " + b + " in " + draws(pair.aDominates) + " draws, " + b + " dominates " + a + " in ",
            draws(pair.bDominates) + ".",
          )
        : null,
      h(
        "li.muted",
        { key: "limits" },
        "Every limit is met by " + a + " in " + draws(pair.aFeasible) + " draws, by " + b + " in ",
        draws(pair.bFeasible) + ".",
        pair.missed.map((missed) => " " + missedWords(missed, a, b)),
      ),
    );
  }

  // "Missed: latency ≤ 5 ms by A in 12 of 100 draws, by B in 3 of 100."
  function missedWords(missed, a, b) {
    const side = (letter, share) =>
      share == null ? "no limit of " + letter + "'s run" : "by " + letter + " in " + draws(share);
    return "Missed: " + pretty(missed.limit) + ", " + side(a, missed.a) + ", " + side(b, missed.b) + ".";
  }

  // Objectives that one of two runs alone has.
  function commonWords(objectives, onlyA, onlyB, a, b) {
    if (!onlyA?.length && !onlyB?.length) return null;
    const alone = (names, letter) => (names.length ? " " + letter + " alone has " + listed(names) + "." : "");
    return h(
      "li",
      { key: "common" },
      "Compared on " +
        listed(objectives.map((objective) => objective.name)) +
        (objectives.length === 1 ? ", the objective" : ", the objectives") +
        " both have." +
        alone(onlyA, a) +
        alone(onlyB, b),
    );
  }

  const listed = (names) =>
    names.length < 2 ? names.join() : names.slice(0, -1).join(", ") + " and " + names[names.length - 1];

  function sentence(objective, a, b) {
    const { ratio, difference } = objective;
    const metric = describe(objective.key);
    const { bold, share: wins, after } = outcome(objective, a, b, ratio ? "1 %" : told(metric, objective.within));
    const head = [h("b", null, bold), " in " + objective.name];
    if (objective.verdict === "same") return [head, ": " + told(metric, objective.a) + "."];
    if (objective.verdict === "none") return [head, after + "."];
    const range = (low, high) => (objective.modelled ? ", 95 % of draws " + low + " to " + high : "");
    return [
      head,
      wins == null ? null : [" in ", h("b", null, draws(wins) + " draws")],
      ratio
        ? [": " + a + " / " + b + " = ", h("b", null, three(ratio.nominal)), range(three(ratio.low), three(ratio.high))]
        : [
            ": " + a + " − " + b + " = ",
            h("b", null, signed(metric, difference.nominal)),
            range(signed(metric, difference.low), signed(metric, difference.high)),
          ],
      after ? h("span.muted", null, after) : null,
      ".",
    ];
  }

  const told = (metric, value) => (metric ? figure(metric, value).join(" ").trim() : three(value));

  function why(list, other, found) {
    const first = letterOf(list, referenceOf(list));
    const letter = letterOf(list, other);
    const choose =
      list.length > 2
        ? h(
            "div.choice",
            { role: "group", "aria-label": "Pair" },
            othersOf(list).map((item) =>
              h(
                "button.quiet",
                {
                  key: name(item),
                  type: "button",
                  "aria-pressed": String(item === other),
                  onclick: () => set({ other: name(item) }),
                },
                first + " and " + letterOf(list, item),
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
        ["energy", "area"].map((which) => partWhy(pair, which, first, letter)),
        knobWhy(pair, effects, first, letter),
        sourceWhy(pair, first, letter),
      ),
    );
  }

  const titleOf = (which) => (which === "energy" ? "Energy of one " + words().work : "Area");

  // Waterfall of ln(A/B) by part, told as changes that multiply to the ratio.
  function partWhy(pair, which, first, letter) {
    const rows = pair.parts.filter((part) => part.figure === which);
    const total = rows.find((part) => part.part === "total");
    if (!total) return null;
    const of = (side) =>
      new Map(rows.filter((part) => part !== total && part[side] != null).map((part) => [part.part, part[side]]));
    const { shown, rest, count } = foremost(waterfall(of("a"), of("b")));
    const entries = [
      ...shown.map((entry) => ({
        ...entry,
        title: withUnit(entry.a, total.unit) + " in " + first + ", " + withUnit(entry.b, total.unit) + " in " + letter,
        words: parted(entry, total.unit),
      })),
    ];
    if (count) entries.push({ name: count + " more parts", log: rest, words: "", title: "" });
    return chart(
      titleOf(which) + ": " + first + " / " + letter + " = " + three(total.a / total.b),
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
  function knobWhy(pair, effects, first, letter) {
    if (!effects.length) return null;
    return pair.objectives.map((objective, m) => {
      const entries = effects
        .filter((effect) => effect.effects[m] != null)
        .map((effect) => ({
          name: effect.path,
          log: effect.effects[m],
          title: first + " " + few(effect.a) + ", " + letter + " " + few(effect.b),
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
      const step = (value) => signed(describe(objective.key), value);
      const pairText = first + (ratio ? " / " : " − ") + letter + " = ";
      const head = ": " + pairText + (ratio ? three(ratio.nominal) : step(total));
      return chart(objective.name + " by knob" + head, all, total, null, objective.maximise, ratio ? undefined : step);
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
      row({ name: "in total", log: total, words: "", title: "" }, "total"),
    );
  }

  // Sources of the ratio's error: what to measure to tell the designs apart.
  function sourceWhy(pair, first, letter) {
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
              objective.verdict === "same"
                ? ": the same in " + first + " and " + letter + "."
                : objective.modelled
                  ? ": the errors of " + first + " and " + letter + " cancel."
                  : ": no error is modelled for it.",
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
      const one = figuresOf(metric, values);
      const texts = values.map((value) => (value == null ? "–" : one.text(value)));
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
              item !== referenceOf(list)
                ? ratio(list, item, metric, values[k], values[list.indexOf(referenceOf(list))])
                : h("small.interval", null, one.band(item.design.details?.bands?.[metric.key])),
            ),
          ),
        ),
      );
    }
    for (const [key, title, text] of SIMULATED) {
      const counts = list.map((item) => item.design.accuracy?.[key]);
      if (!counts.some(Boolean)) continue;
      rows.push(
        h(
          "tr",
          { key: "simulated " + key },
          h("th", { scope: "row" }, title),
          counts.map((count, k) => h("td.num", { key: k }, count ? text(count) : "–")),
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

  // The ratio to the reference, with its joint interval where errors are drawn (as the reference over this design, turned round).
  function ratio(list, item, metric, value, first) {
    const objective = pairOf(list, item)?.pair?.objectives?.find((known) => known.key === metric.key);
    const drawn = objective?.ratio && objective.modelled && objective.verdict !== "same";
    const turned = drawn ? [1 / objective.ratio.high, 1 / objective.ratio.low] : null;
    return h(
      "small.interval",
      null,
      h(Delta, { metric, now: value, before: first }),
      turned
        ? h(
            "span",
            { title: "95 % of joint draws of its ratio to " + letterOf(list, referenceOf(list)) },
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
    const specs = othersOf(list).flatMap((item) => {
      const pair = pairOf(list, item)?.pair;
      return pair?.otherRun ? pair.differ : [];
    });
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
      specs.length ? specDifferences(specs, [letterOf(list, referenceOf(list)), "the other"]) : null,
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
        ? own.map(valueText).join(", ") + " and " + (value.length - own.length) + " that both have"
        : "none but the " + value.length + " that both have";
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
    const reference = referenceOf(list);
    const pairs = new Map(othersOf(list).map((item) => [item, pairOf(list, item)?.pair?.parts]));
    if (!pairs.size || [...pairs.values()].some((found) => !found)) return null;
    return ["energy", "area"].map((which) => {
      const all = [...pairs.values()].flat().filter((part) => part.figure === which);
      const keys = [...new Set(all.map((part) => part.part))];
      const value = (key, item) =>
        item === reference
          ? all.find((part) => part.part === key && part.a != null)?.a
          : pairs.get(item).find((part) => part.figure === which && part.part === key)?.b;
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
              list.map((item, k) => {
                const own = value(key, item);
                const first = value(key, reference);
                return h(
                  "td.num",
                  { key: k },
                  own == null ? "–" : withUnit(own, all[0].unit),
                  item !== reference && own > 0 && first > 0
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
    const other = otherOf(list);
    const found = list.length > 1 ? pairOf(list, other) : null;
    const heading = (item, k) => h("th.num", { key: k }, h("b", null, LETTERS[k]), " " + label(item));
    return h(
      "div.overview",
      { key: "runs" },
      list.length > 1 ? block("What differs", list.length > 2 ? references(list) : null, runSentences(list)) : null,
      block("Fronts in one plot", fronts(list)),
      bestTable(list) ? block("Best values", bestTable(list)) : null,
      list.length > 1 ? knobShares(list, other) : null,
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
              ? specDifferences(found.differ, [letterOf(list, referenceOf(list)), letterOf(list, other)])
              : h(
                  "p.none.muted",
                  null,
                  "The specs are the same" +
                    (seedOf(referenceOf(list)) === seedOf(other) ? "." : "; only the seeds differ."),
                ),
          )
        : null,
    );
  }

  function runSentences(list) {
    const first = letterOf(list, referenceOf(list));
    return othersOf(list).map((item) => {
      const found = pairOf(list, item);
      const letter = letterOf(list, item);
      if (!found) return h("p.muted", { key: letter, role: "status" }, "Comparing " + first + " and " + letter + "…");
      if (found instanceof Error) return refused(first, letter, found);
      const { a, b } = found;
      const bigger =
        a.hypervolume >= b.hypervolume
          ? [first, letter, a.hypervolume / b.hypervolume]
          : [letter, first, b.hypervolume / a.hypervolume];
      return h(
        "ul.pair-words",
        { key: letter },
        commonWords(found.best, found.onlyA, found.onlyB, first, letter),
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
          dominance(item, b, a, letter, first),
          "; ",
          dominance(referenceOf(list), a, b, first, letter),
          "; " + integer(found.common) + (found.common === 1 ? " member is" : " members are") + " on both.",
        ),
        found.underBoth ? underBoth(list, item, found.underBoth) : null,
        found.best.map((best) =>
          h(
            "li",
            { key: best.key },
            (best.maximise ? "Most " : "Least ") + best.name + ": " + first + " " + best_(best, best.a),
            bestLink(referenceOf(list), best.aIndex),
            ", " + letter + " " + best_(best, best.b),
            bestLink(item, best.bIndex),
            (best.ratio != null ? ", " + first + " / " + letter + " = " + three(best.ratio) : "") + ".",
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

  // Both runs by the limits of both, where these differ.
  function underBoth(list, item, both) {
    const reference = referenceOf(list);
    const [first, letter] = [letterOf(list, reference), letterOf(list, item)];
    const { a, b } = both;
    const [more, less, ratio] =
      a.hypervolume >= b.hypervolume
        ? [first, letter, a.hypervolume / b.hypervolume]
        : [letter, first, b.hypervolume / a.hypervolume];
    const covers =
      ratio < 1.0005
        ? "both fronts cover as much"
        : "the front of " +
          more +
          " covers " +
          changeText(Math.log(ratio), three).replace("+", "") +
          " more than that of " +
          less;
    const judged = (side) => ({ dominated: side.dominated, compared: side.members, strongest: side.strongest });
    return h(
      "li",
      { key: "both" },
      h("b", null, "By the limits of both, " + (isFinite(ratio) ? covers : "one run has no design")),
      " (" + both.limits.map(pretty).join(", ") + "; " + integer(a.meeting) + " evaluated designs of " + first,
      " meet them, " + integer(b.meeting) + " of " + letter + "): ",
      dominance(item, judged(b), judged(a), letter, first),
      "; ",
      dominance(reference, judged(a), judged(b), first, letter),
      both.best.map((best) => [
        "; " + (best.maximise ? "most " : "least ") + best.name + " " + first + " " + best_(best, best.a),
        ", " + letter + " " + best_(best, best.b),
      ]),
      ".",
      both.unjudged.length
        ? " Not judged, for want of a recorded figure: " + both.unjudged.map(pretty).join(", ") + "."
        : "",
    );
  }

  // Knobs by which two fronts differ the most, with the shares of their values among the members.
  function knobShares(list, item) {
    const found = pairOf(list, item);
    if (!found?.knobs?.length) return null;
    const reference = referenceOf(list);
    const heading = (one) => h("th.num", { title: label(one) }, h("b", null, letterOf(list, one)));
    const part = (share) =>
      h("td.num", null, h("span.share-bar", { style: { "--share": share } }), Math.round(100 * share) + " %");
    return block(
      "Choices of the fronts",
      h("p.small.muted", null, "Share of the members that have a value, the knobs that differ the most first."),
      table(
        "Choices of the fronts",
        h("tr", null, h("th", null, "Knob"), h("th", null, "Value"), heading(reference), heading(item)),
        found.knobs
          .slice(0, 6)
          .flatMap((knob) =>
            knob.values
              .slice(0, 3)
              .map((share, k) =>
                h(
                  "tr",
                  { key: knob.path + " " + share.value, class: k ? "" : "first-value" },
                  k ? h("td") : h("th", { scope: "row", title: knob.path }, shortPath(knob.path)),
                  h("td", null, share.value),
                  part(share.a),
                  part(share.b),
                ),
              ),
          ),
      ),
    );
  }

  // "B has designs that dominate 12 of the 56 members of A, #8388 the most".
  function dominance(item, own, rival, letter, rivalLetter) {
    const members = " of the " + integer(rival.compared) + " members of " + rivalLetter;
    return own.strongest == null
      ? letter + " dominates none" + members
      : [
          h("b", null, letter + " has designs that dominate " + integer(Math.round(rival.dominated * rival.compared))),
          members + ", ",
          h("a", { href: designAddress(item.run, own.strongest), "data-link": true }, "#" + own.strongest),
          " the most",
        ];
  }

  const bestLink = (item, index) =>
    index == null
      ? null
      : [" (", h("a", { href: designAddress(item.run, index), "data-link": true }, "#" + index), ")"];

  function best_(best, value) {
    const metric = describe(best.key);
    return value == null ? "–" : metric ? figure(metric, value).join(" ") : three(value);
  }

  function bestTable(list) {
    const reference = referenceOf(list);
    const pairs = new Map(othersOf(list).map((item) => [item, pairOf(list, item)]));
    if (!pairs.size || [...pairs.values()].some((pair) => !pair || pair instanceof Error)) return null;
    const [any] = pairs.values();
    const of = (item, key) => {
      const best = (item === reference ? any : pairs.get(item)).best.find((one) => one.key === key);
      if (!best) return [null, null];
      return item === reference ? [best.a, best.aIndex] : [best.b, best.bIndex];
    };
    return table(
      "Best values",
      heads(list),
      any.best.map((best) =>
        h(
          "tr",
          { key: best.key },
          h("th", { scope: "row" }, (best.maximise ? "most " : "least ") + best.name),
          list.map((item, k) => {
            const [value, index] = of(item, best.key);
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
    const axes = sharedAxes(list.map((item) => item.header?.axes ?? []));
    if (axes.length < 2)
      return h(
        "p.none.muted",
        null,
        axes.length ? "The runs have one objective in common." : "The runs have no objective in common.",
      );
    const up = Math.min(state.up, axes.length - 1);
    const across = state.across === up ? (up + 1) % axes.length : Math.min(state.across, axes.length - 1);
    const [y, x] = [axes[up], axes[across]];
    const of = (item) =>
      projected(item.whole.front, item.header.axes, axes)
        .map(([member, values]) => [values[across], values[up], member])
        .filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b));
    const series = list.map((item) => ({ item, points: of(item).sort((a, b) => a[0] - b[0]) }));
    const all = series.flatMap((one) => one.points);
    if (!all.length) return h("p.none.muted", null, "No front has a member yet.");
    // As wide as the page, so that text keeps its size.
    const width = Math.max(360, Math.min(1400, parent.clientWidth - 60));
    const right = width - 20;
    const scaleX = scaleOf(
      all.map(([a]) => a),
      x.scale === "logarithmic",
      60,
      right,
    );
    const scaleY = scaleOf(
      all.map(([, b]) => b),
      y.scale === "logarithmic",
      330,
      14,
    );
    const seeds = seedGroup(list);
    const grid = Array.from({ length: 120 }, (_, k) => scaleX.back(60 + ((right - 60) * k) / 119));
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
          viewBox: "0 0 " + width + " 380",
          role: "img",
          "aria-label": "Fronts of " + series.length + " runs; the tables hold the same ends",
        },
        scaleX.ticks.map((tick) =>
          h(
            "g",
            { key: "x" + tick },
            h("line.grid", { x1: scaleX.at(tick), x2: scaleX.at(tick), y1: 14, y2: 330 }),
            h("text", { x: scaleX.at(tick), y: 346, "text-anchor": "middle" }, tickText(tick)),
          ),
        ),
        scaleY.ticks.map((tick) =>
          h(
            "g",
            { key: "y" + tick },
            h("line.grid", { x1: 60, x2: right, y1: scaleY.at(tick), y2: scaleY.at(tick) }),
            h("text", { x: 54, y: scaleY.at(tick) + 4, "text-anchor": "end" }, tickText(tick)),
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
        h("text.title", { x: (60 + right) / 2, y: 370, "text-anchor": "middle" }, title(x)),
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

  // Runs that differ from the reference in their seed alone; it is the first of them.
  function seedGroup(list) {
    const same = othersOf(list).filter((item) => {
      const found = pairOf(list, item);
      return (
        found &&
        !(found instanceof Error) &&
        found.differ.length === 0 &&
        found.a.seed !== found.b.seed &&
        found.a.engine === found.b.engine
      );
    });
    return same.length ? [referenceOf(list), ...same] : [];
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
  return { at, back, ticks: ticksOf(g(low), g(high), isLog, at) };
}

// True if two runs have the limits in common, so that their fronts compare searches alone.
function sameLimits(pair) {
  return !pair.differ.some(({ path }) => path === "constraints" || path.startsWith("constraints["));
}

// Round values between two ends: on a logarithmic scale five or more where they have room.
function ticksOf(low, high, isLog, at) {
  let best = [];
  if (isLog) {
    for (const digits of [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8]]) {
      const ticks = logTicks(low, high, digits);
      const hasRoom = ticks.every((tick, k) => k === 0 || Math.abs(at(tick) - at(ticks[k - 1])) >= 34);
      if (hasRoom && ticks.length > best.length) best = ticks;
      if (best.length > 4) return best;
    }
    if (best.length > 1) return best;
  }
  const rough = (high - low) / 6;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = size * ([1, 2, 5, 10].find((digit) => digit * size >= rough) ?? 10);
  const ticks = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step)
    ticks.push(Number(value.toPrecision(12)));
  return ticks;
}

const tickText = (value) => value.toLocaleString("en-US", { maximumSignificantDigits: 3 });

function logTicks(low, high, digits) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const digit of digits) {
      const value = Number((digit * 10 ** power).toPrecision(12));
      if (value >= low && value <= high) ticks.push(value);
    }
  }
  return ticks;
}
