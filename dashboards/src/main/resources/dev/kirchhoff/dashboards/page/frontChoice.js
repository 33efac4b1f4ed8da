// A front to choose from: representatives of its members by shape, each with the members that it stands for, near ties, pins
// with names, and a bound that the choice must keep.
import { afterPause } from "/assets/pause.js";
import { h, draw, get, report } from "/assets/dom.js";
import {
  store,
  listen,
  change,
  changeEntry,
  select,
  hover,
  togglePin,
  isPinned,
  designAddress,
  toggleCompared,
  isCompared,
  changed,
} from "/assets/store.js";
import { columnOf, levelText } from "/assets/axes.js";
import { cloudOf, drawnText, kneeRow, sharesOf } from "/assets/cloud.js";
import { isLoading, isOwn, waitingText } from "/assets/verdict.js";
import { representatives, ties, levelsOf } from "/assets/analysis.js";
import { marksOf, tallyOf } from "/assets/standing.js";
import { hinted } from "/assets/hint.js";
import { bandTitle } from "/assets/metrics.js";
import { integer, three, unit, oneUnit, pretty } from "/assets/format.js";

const COUNTS = [6, 12, 24, 36];
const TOLERANCES = [0.01, 0.03, 0.1];
const KNOBS = 6;

export function frontChoice(parent) {
  let count = 12;
  let tolerance = 0.03;
  let state = null; // { cloud, groups, tied, knobs } as last computed
  let closed = false;
  let { accounts } = store;
  let asking = false;

  const settled = afterPause(compute, 120);

  function compute() {
    if (closed) return;
    const whole = cloudOf(store);
    if (!whole) return show();
    const { shown } = store;
    const cloud = { ...whole, members: whole.members.filter((row) => shown[row]) };
    const knee = kneeRow(store, whole);
    shares = isOwn(store) ? sharesOf(store.front) : new Map(); // draws were of the front of the run
    const groups = representatives(cloud, knee, count, tolerance);
    state = {
      cloud,
      all: whole.members.length,
      knee,
      groups,
      tied: cloud.members.length ? ties(cloud, knee, tolerance).length : 0,
      knobs: telling(cloud),
    };
    show();
    ask();
  }

  // Knobs that tell the members apart most: those of kinds first, by the entropy of their levels.
  function telling(cloud) {
    return cloud.axes
      .map((axis) => {
        const { at, raw } = levelsOf(axis, cloud.members);
        const counts = new Float64Array(raw.length);
        let present = 0;
        for (const level of at) {
          if (level < 0) continue;
          counts[level]++;
          present++;
        }
        let entropy = 0;
        for (const n of counts) if (n) entropy -= (n / at.length) * Math.log2(n / present);
        return { axis, entropy: entropy * (axis.numeric ? 0.4 : 1) };
      })
      .filter(({ entropy }) => entropy > 0.05)
      .sort((a, b) => b.entropy - a.entropy)
      .slice(0, KNOBS)
      .map(({ axis }) => axis);
  }

  // Accounts of the representatives, one after the other: their bands, and the marks of their parts.
  async function ask() {
    if (asking || !state || store.detail?.state === "running") return;
    asking = true;
    const { run } = store;
    try {
      for (const { row } of state.groups) {
        const index = state.cloud.index[row];
        if (accounts.has(index)) continue;
        if (closed || store.run !== run) return;
        accounts.set(index, null);
        const design = await Promise.resolve()
          .then(() => get("/api/runs/" + encodeURIComponent(run) + "/designs/" + index))
          .catch(() => null);
        if (closed || store.run !== run) return;
        accounts.set(
          index,
          design?.details
            ? { bands: design.details.bands ?? {}, marks: marksOf(design.details) }
            : { bands: {}, marks: null },
        );
        changed("accounts");
        show();
      }
    } finally {
      asking = false;
    }
  }

  function brushOf(group) {
    const brush = new Map();
    for (const objective of state.cloud.objectives) {
      let from = Infinity;
      let to = -Infinity;
      for (const row of group.members) {
        from = Math.min(from, objective.values[row]);
        to = Math.max(to, objective.values[row]);
      }
      brush.set(objective.key, [from, to]);
    }
    return brush;
  }

  // Bounds that a choice must keep, each a brush that is open at its better end, and a form for one more.
  function bounds() {
    const { brush } = store.view;
    const axes = store.axes.filter(
      (axis) =>
        axis.kind === "quantity" && axis.maximise !== undefined && !axis.key.startsWith("slack.") && !axis.interval,
    );
    if (!axes.length) return null;
    const bounded = axes.filter((axis) => brush.has(axis.key) && isBound(axis, brush.get(axis.key)));
    const free = axes.filter((axis) => !bounded.includes(axis));
    const next = free.find((axis) => axis.maximise === false) ?? free[0] ?? axes[0];
    const set = (event) => {
      event.preventDefault();
      const of = new FormData(event.target);
      const chosen = axes.find((one) => one.key === of.get("axis"));
      const text = String(of.get("value")).trim();
      const value = Number(text);
      if (!text || isNaN(value)) return changeEntry("brush", chosen.key, null);
      changeEntry("brush", chosen.key, chosen.maximise ? [value, Infinity] : [-Infinity, value]);
    };
    return [
      bounded.map((axis) =>
        h(
          "span.bound-chip",
          { key: axis.key },
          pretty(axis.title + (axis.maximise ? " >= " : " <= ")) +
            three(brush.get(axis.key)[axis.maximise ? 0 : 1]) +
            " " +
            unit(axis.unit),
          h(
            "button",
            {
              type: "button",
              "aria-label": "Remove the bound of " + axis.title,
              onclick: () => changeEntry("brush", axis.key, null),
            },
            "×",
          ),
        ),
      ),
      h(
        "form.front-bound",
        { key: "form " + bounded.map(({ key }) => key), onsubmit: set },
        h(
          "select.quiet",
          { name: "axis", "aria-label": "Bounded figure" },
          axes.map((one) =>
            h(
              "option",
              { key: one.key, value: one.key, selected: one === next },
              pretty(one.title + (one.maximise ? " at least" : " at most") + (one.unit ? ", " + unit(one.unit) : "")),
            ),
          ),
        ),
        h("input", { name: "value", size: 6, inputmode: "decimal", "aria-label": "Bound" }),
        h("button.quiet", { type: "submit" }, "Set"),
      ),
    ];
  }

  const isBound = (axis, [from, to]) =>
    axis.maximise ? to === Infinity && isFinite(from) : from === -Infinity && isFinite(to);

  function picker(label, values, now, text, pick) {
    return h(
      "label.pickers",
      null,
      h("span.muted", null, label),
      h(
        "select.quiet",
        { "aria-label": label, onchange: (event) => pick(Number(event.target.value)) },
        values.map((value) => h("option", { key: value, value, selected: value === now }, text(value))),
      ),
    );
  }

  function headline() {
    const { cloud, all, groups, tied } = state;
    const members = cloud.members.length;
    if (!members && isLoading(store)) return waitingText(store);
    if (!members) return [all ? "No member is inside the brush." : "No design meets every limit yet."];
    return [
      h("b", null, integer(members)),
      (members < all ? " of " + integer(all) : "") + " members",
      tied < members
        ? [", ", h("b", null, integer(tied)), " apart by more than " + tolerance * 100 + " % in some objective"]
        : "",
      groups.length < members ? [", ", h("b", null, integer(groups.length)), " stand for all"] : "",
      ".",
    ];
  }

  function silicon() {
    const known = state.groups
      .map(({ row }) => accounts.get(state.cloud.index[row]))
      .filter((account) => account?.marks);
    const tally = tallyOf(known.map(({ marks }) => marks));
    if (!tally.length) return null;
    return h(
      "p.silicon",
      null,
      "Silicon: ",
      tally.map(({ part, grade, reason, count: of }, k) => [
        k ? "; " : "",
        h(
          "span",
          { title: reason, ...hinted(grade) },
          integer(of) + " of " + integer(known.length) + " " + part + " " + grade,
        ),
      ]),
      ".",
    );
  }

  // Marks of a design in few words, with parts and reasons as a hint of the pointer.
  function markWords(marks) {
    if (!marks) return h("span.muted", { title: "The details of this design are not in the log" }, "–");
    return ["unfitted", "extrapolated"].map((grade) => {
      const parts = marks.filter((mark) => mark.grade === grade);
      const title = parts.map(({ part, reason }) => part + ": " + reason).join("\n");
      return parts.length ? h("span.mark-" + grade, { key: grade, title }, parts.length + " " + grade) : null;
    });
  }

  function roleMark(role) {
    return h("span.role", { key: role, ...hinted(role === "knee" ? "knee" : null) }, role);
  }

  // The unit of a column: that of its representatives.
  function scaleOf(objective) {
    return oneUnit(
      state.groups.map((group) => objective.values[group.row]),
      objective.unit,
    );
  }

  function row(group) {
    const { cloud, knobs } = state;
    const index = cloud.index[group.row];
    const account = accounts.get(index);
    const share = shares.get(index);
    const pinned = isPinned(index);
    return h(
      "tr",
      {
        key: index,
        "data-index": index,
        class: (index === store.hovered ? "hovered " : "") + (index === store.view.selected ? "selected" : ""),
        onpointerenter: () => hover(index),
        onpointerleave: () => hover(null),
      },
      h(
        "th",
        { scope: "row" },
        h(
          "button.link",
          { type: "button", onclick: () => select(index), "aria-label": "Select design " + index },
          "#" + index,
        ),
        group.roles.map(roleMark),
      ),
      h(
        "td.row-actions",
        null,
        h(
          "button.quiet",
          {
            type: "button",
            "aria-pressed": pinned,
            "aria-label": "Pin design " + index,
            onclick: () => togglePin(index, group.roles[0] ?? ""),
          },
          pinned ? "Pinned" : "Pin",
        ),
        h(
          "button.quiet",
          {
            type: "button",
            "aria-pressed": isCompared(store.run, index),
            "aria-label": "Compare design " + index,
            onclick: () => toggleCompared(store.run, index),
          },
          "Compare",
        ),
        h(
          "a.quiet",
          {
            href: designAddress(store.run, index, { ...store.view, tab: null }),
            "data-link": true,
            "aria-label": "Open design " + index,
          },
          "Open",
        ),
      ),
      cloud.objectives.map((objective) => {
        const value = objective.values[group.row];
        const band = account?.bands?.[objective.key];
        const scale = scaleOf(objective);
        const around = band && !store.view.prices.size ? scale.between(band.low, band.high) : "";
        return h(
          "td.num",
          { key: objective.key, title: bandTitle(objective.name, account?.bands, objective.key) },
          scale.text(value),
          around ? h("small.interval", { title: "where the sources of the models disagree" }, around) : null,
        );
      }),
      shares.size ? h("td.num", null, share == null ? notDrawn() : Math.round(100 * share) + " %") : null,
      h(
        "td.num",
        null,
        group.members.length > 1
          ? h(
              "button.link",
              { type: "button", title: "Brush the range of these", onclick: () => change({ brush: brushOf(group) }) },
              integer(group.members.length - 1) + " like this",
            )
          : h("span.muted", null, "itself"),
        group.alike.length
          ? h("small.interval", null, integer(group.alike.length) + " within " + tolerance * 100 + " %")
          : null,
      ),
      knobs.map((axis) =>
        h(
          axis.numeric ? "td.num" : "td",
          { key: axis.key },
          levelText(axis, columnOf(axis, store.data)?.[group.row] ?? -1),
        ),
      ),
      h("td.marks", null, account === null ? h("span.muted", null, "…") : markWords(account?.marks)),
    );
  }

  let shares = new Map();
  const notDrawn = () => h("span.muted", { title: "not among the members that were drawn" }, "not drawn");

  function head(text, term, numeric, small) {
    return h(
      numeric ? "th.num" : "th",
      { scope: "col", key: text },
      h("span.hint", hinted(term), text),
      small ? h("small", null, " " + small) : null,
    );
  }

  function pins() {
    const { pins: list } = store.view;
    if (!list.length) return null;
    const rename = (index, name) =>
      change({ pins: store.view.pins.map((pin) => (pin.index === index ? { ...pin, name } : pin)) });
    return h(
      "div.pins",
      null,
      h("h3", null, "Pinned"),
      list.map(({ index, name }) =>
        h(
          "span.pin-chip",
          { key: index },
          h("button.link", { type: "button", onclick: () => select(index) }, "#" + index),
          h("input", {
            key: name,
            defaultValue: name,
            placeholder: "name",
            size: 10,
            maxlength: 40,
            "aria-label": "Name of design " + index,
            onchange: (event) => rename(index, event.target.value.trim()),
          }),
          h(
            "button.quiet",
            { type: "button", "aria-label": "Unpin design " + index, onclick: () => togglePin(index) },
            "×",
          ),
        ),
      ),
    );
  }

  function show() {
    const { view } = store;
    draw(
      parent,
      h(
        "div.panel-head.choice-head",
        null,
        h("h2", null, "A front to choose from"),
        picker("representatives", COUNTS, count, String, (value) => {
          count = value;
          compute();
        }),
        picker(
          "near ties within",
          TOLERANCES,
          tolerance,
          (value) => value * 100 + " %",
          (value) => {
            tolerance = value;
            compute();
          },
        ),
        bounds(),
      ),
      state ? h("p.choice-line", { role: "status" }, headline()) : h("p.none.muted", null, waitingText(store)),
      state?.groups.length
        ? h(
            "div.scroll",
            { tabindex: 0, role: "region", "aria-label": "Representatives of the front" },
            h(
              "table.representatives",
              null,
              h(
                "thead",
                null,
                h(
                  "tr",
                  null,
                  head("Design", "representatives"),
                  h("th", { scope: "col" }, h("span.unseen", null, "Actions")),
                  state.cloud.objectives.map((objective) =>
                    head(
                      objective.name,
                      objective.name,
                      true,
                      objective.unit === objective.name ? "" : scaleOf(objective).unit,
                    ),
                  ),
                  shares.size ? head("on front", "onFront", true, drawnText(store.front).replace(", ", "")) : null,
                  head("stands for", "representatives", true),
                  state.knobs.map((axis) =>
                    head(
                      axis.path.split(".").slice(-2).join(".") +
                        (axis.layers ? axis.title.slice(axis.path.length) : ""),
                      axis.path,
                      axis.numeric,
                    ),
                  ),
                  head("silicon", "fitted"),
                ),
              ),
              h("tbody", null, state.groups.map(row)),
            ),
          )
        : null,
      state ? silicon() : null,
      pins(),
      view.pins.length || report
        ? null
        : h(
            "p.muted.choice-foot",
            null,
            "Representatives: the knee, the best of each objective, then the member farthest from those chosen; every member belongs to the nearest on the axes of the objectives.",
          ),
    );
    parent.hidden = false;
  }

  const stop = listen((what) => {
    const any = (...words) => words.some((word) => what.has(word));
    if (any("run")) {
      state = null;
      accounts = store.accounts = new Map();
      show();
    }
    if (any("front", "run", "header")) shares = sharesOf(store.front);
    if (any("data", "front", "limits", "prices", "header", "run", "metrics", "figures", "brush"))
      settled.soon(store.detail?.state === "running" ? 1000 : 120);
    else if (any("hover", "selection", "pins", "compared")) show();
  });
  shares = sharesOf(store.front);
  show();
  settled.soon(0);
  return {
    close() {
      closed = true;
      settled.cancel();
      stop();
    },
  };
}
