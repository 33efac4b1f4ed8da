// Analyses of a run in sentences. A sentence is
//   kind    word for its class on the page and its mark
//   words   texts and { strong: text }, in order
//   brush   ranges that select its designs: [{ key, from, to }]
//   colour  key of the axis that shows it as colours, or null
import * as analysis from "/assets/analysis.js";
import { integer, three, unit, withUnit, pretty, percent } from "/assets/format.js";

const strong = (text) => ({ strong: String(text) });

/** The words of a sentence as plain text. */
export function textOf(sentence) {
  return sentence.words.map((word) => word.strong ?? word).join("");
}

function share(of, all) {
  return integer(of) + " of " + integer(all);
}

/** A gain as people say it: a ratio in percent on a logarithmic axis, a difference in the unit on a linear one. */
export function gainText(objective, gain) {
  if (!isFinite(gain)) return "–";
  const better = objective.maximise ? 1 : -1;
  if (objective.scale !== "logarithmic")
    return signed(gain * better, (x) => three(x) + (objective.unit ? " " + unit(objective.unit) : ""));
  return signed(10 ** (gain * better) - 1, (x) => (100 * x).toFixed(x < 0.0995 ? 1 : 0) + " %");
}

function signed(value, text) {
  const size = text(Math.abs(value));
  return /^0(\.0+)?( |$)/.test(size) ? "±0" : (value > 0 ? "+" : "−") + size;
}

function levelText(axis, level) {
  return String(axis.levels?.[level] ?? level);
}

function propertyText({ axis, from, to }) {
  return from === to ? axis.title + " = " + levelText(axis, from) : axis.title + " ≤ " + levelText(axis, to);
}

function sideOf(split, cut) {
  const low = split.a / cut.below >= split.b / cut.above;
  return low
    ? { side: "below", have: split.a, of: cut.below, otherSide: "above", other: split.b, otherOf: cut.above }
    : { side: "above", have: split.b, of: cut.above, otherSide: "below", other: split.a, otherOf: cut.below };
}

/** The knob that separates the parts of the front. */
export function separationSentences(cloud) {
  return analysis.separations(cloud).map((cut) => {
    const { objective } = cut;
    const [first, ...rest] = cut.splits;
    const s = sideOf(first, cut);
    const at = withUnit(cut.at, objective.unit);
    const words = [];
    if (cut.gap >= 0.08)
      words.push(
        "The front has a gap from ",
        withUnit(cut.low, objective.unit),
        " to ",
        withUnit(cut.high, objective.unit),
        ". ",
      );
    words.push(
      strong(share(s.have, s.of)),
      " members " + s.side + " " + at + " use ",
      strong(propertyText(first)),
      ", " + integer(s.other) + " of " + integer(s.otherOf) + " " + s.otherSide + ".",
    );
    const like = rest.filter((split) => split.axis.key !== first.axis.key);
    if (like.length) {
      words.push(" The same cut separates ");
      like.forEach((split, k) => {
        const t = sideOf(split, cut);
        words.push(
          k ? "; " : "",
          strong(propertyText(split)),
          " (" + share(t.have, t.of) + " " + t.side + ", " + share(t.other, t.otherOf) + " " + t.otherSide + ")",
        );
      });
      words.push(".");
    }
    const below = s.side === "below";
    return {
      kind: "separation",
      words,
      brush: [{ key: objective.key, from: below ? -Infinity : cut.at, to: below ? cut.at : Infinity }],
      colour: first.axis.key,
    };
  });
}

/** Values that all members share. */
export function commonSentences(cloud) {
  const found = analysis.common(cloud);
  if (!found.length) return [];
  const words = ["All " + integer(cloud.members.length) + " members use "];
  found
    .slice(0, 5)
    .forEach(({ axis, level }, k) => words.push(k ? ", " : "", strong(axis.title + " = " + levelText(axis, level))));
  words.push(found.length > 5 ? " and " + (found.length - 5) + " more common values." : ".");
  return [
    {
      kind: "common",
      words,
      brush: found.slice(0, 5).map(({ axis, level }) => ({ key: axis.key, from: level, to: level })),
      colour: found[0].axis.key,
    },
  ];
}

function axisOfKnob(cloud, knob) {
  const { path } = cloud.knobs[knob];
  return cloud.axes.find((axis) => axis.key === path) ?? cloud.axes.find((axis) => axis.title === path);
}

function levelOfValue(axis, value) {
  return axis ? axis.levels.findIndex((text) => String(text) === String(value)) : -1;
}

/** Knobs at a bound, one sentence a knob; knobs that each layer has are one. */
export function boundSentences(cloud) {
  const seen = new Map();
  for (const bound of analysis.bounds(cloud)) {
    const { path, condition } = cloud.knobs[bound.knob];
    const group = path.replace(/\[[^\]]*\]$/, "");
    const key = group + "|" + condition + "|" + bound.isLowest;
    const known = seen.get(key);
    if (known) known.layers++;
    else seen.set(key, { ...bound, group, condition, layers: 1 });
  }
  return [...seen.values()].map((bound) => {
    const all = cloud.members.length;
    const alternative = bound.condition && bound.holders < all ? " where " + bound.condition : "";
    const words = [
      strong(bound.group + " = " + bound.value),
      " in " +
        share(bound.members, bound.holders) +
        " members" +
        alternative +
        (bound.layers > 1 ? ", in " + bound.layers + " layers" : "") +
        ": the ",
      bound.isLowest ? "lowest" : "highest",
      " value of its choice",
      bound.isFloor ? "; no lower value exists." : "; a wider choice may improve the front.",
    ];
    if (bound.leaning && bound.leaning.members * 3 >= bound.members)
      words.push(
        " " +
          share(bound.leaning.members, bound.members) +
          " of these lie within 5 % of " +
          pretty(bound.leaning.limit.name) +
          ".",
      );
    const axis = axisOfKnob(cloud, bound.knob);
    const level = levelOfValue(axis, bound.value);
    return {
      kind: "bound",
      words,
      brush: axis && level >= 0 ? [{ key: axis.key, from: level, to: level }] : [],
      colour: axis?.key ?? null,
      isFloor: bound.isFloor,
    };
  });
}

/** Limits that bind. */
export function leaningSentences(cloud, within = 0.05) {
  return analysis.leaning(cloud, within).map(({ limit, members }) => ({
    kind: "limit",
    words: [
      strong(share(members, cloud.members.length)),
      (members === 1 ? " members lies within " : " members lie within ") + percent(within).replace(".0", "") + " of ",
      strong(pretty(limit.name)),
      ".",
    ],
    brush: [{ key: limit.key, from: 0, to: within * Math.abs(analysis.setAt(limit)) }],
    colour: limit.key,
  }));
}

function stepText(limit, move) {
  const from = analysis.setAt(limit);
  const change = Math.abs(move.to - from);
  return limit.scale === "linear"
    ? three(change).replace(/\.0+$/, "") + " " + unit(limit.unit)
    : ((100 * change) / Math.abs(from)).toFixed(0) + " %";
}

/** The price of each limit: what a step buys or costs. Limits that no step moves are left out. */
export function moveSentences(cloud, knee = -1) {
  const sentences = [];
  for (const { limit, moves } of analysis.limitMoves(cloud, knee)) {
    moves.forEach((move, k) => {
      const loosened = k === 0;
      const moved = move.objectives.filter((of) => Math.abs(of.gain) > 1e-4 || Math.abs(of.kneeGain) > 1e-4);
      if (!moved.length) return;
      const words = [
        strong(stepText(limit, move) + " " + (loosened === limit.upper ? "more" : "less")),
        " (" +
          pretty(
            limit.metric + (limit.upper ? " <= " : " >= ") + three(move.to).replace(/\.0+$/, "") + " " + limit.unit,
          ).trim() +
          "): ",
      ];
      const best = moved.filter((of) => Math.abs(of.gain) > 1e-4);
      best.forEach((of, j) =>
        words.push(
          j ? ", " : "best ",
          of.objective.name + " ",
          strong(gainText(of.objective, of.gain)),
          valueOf(of.objective, of.row),
        ),
      );
      const atKnee = moved.filter((of) => isFinite(of.kneeGain) && Math.abs(of.kneeGain) > 1e-4);
      atKnee.forEach((of, j) =>
        words.push(
          j ? ", " : (best.length ? "; at" : "At") + " the knee's other figures: ",
          of.objective.name + " ",
          strong(gainText(of.objective, of.kneeGain)),
        ),
      );
      words.push(
        loosened
          ? ". " + integer(move.gained) + " more of the evaluated designs are feasible."
          : ". " + integer(-move.gained) + " designs drop out.",
      );
      const step = Math.abs(move.to - analysis.setAt(limit));
      sentences.push({
        kind: loosened ? "looser" : "tighter",
        words,
        limit,
        to: move.to,
        brush: [{ key: limit.key, from: loosened ? -step : 0, to: loosened ? 0 : step }],
        colour: limit.key,
      });
    });
  }
  return sentences;
}

function valueOf(objective, row) {
  return row >= 0 ? " to " + withUnit(objective.values[row], objective.unit) : "";
}

/** The knobs that explain each objective; the bars show the rest. */
export function importanceSentences(cloud, found = analysis.importance(cloud)) {
  return found
    .filter(({ shares }) => shares.length && shares[0].share >= 0.02)
    .map(({ objective, designs, shares }) => ({
      kind: "importance",
      words: [
        strong(shares[0].axis.title),
        " explains ",
        strong(percent(shares[0].share).replace(/\.\d/, "")),
        " of the variance of " + objective.name + " over " + integer(designs) + " feasible designs",
        shares[1]?.share >= 0.02
          ? ", " + shares[1].axis.title + " " + percent(shares[1].share).replace(/\.\d/, "")
          : "",
        ".",
      ],
      brush: [],
      colour: shares[0].axis.key,
    }));
}

/** Values that cause infeasibility, the heaviest first. */
export function infeasibleSentences(cloud, most = 3) {
  const { share: all, causes } = analysis.infeasible(cloud);
  const axes = new Set();
  const kept = causes
    .filter(({ axis, share: of }) => of >= all + 0.1 && !axes.has(axis.key) && axes.add(axis.key))
    .slice(0, most);
  return kept.map((cause) => ({
    kind: "infeasible",
    words: [
      strong(percent(cause.share).replace(/\.\d/, "")),
      " of " + integer(cause.designs) + " designs with ",
      strong(cause.axis.title + " = " + levelText(cause.axis, cause.level)),
      " are infeasible, of all " + percent(all).replace(/\.\d/, ""),
      cause.limit ? "; " + share(cause.missing, cause.infeasible) + " miss " + pretty(cause.limit.name) + "." : ".",
    ],
    brush: [{ key: cause.axis.key, from: cause.level, to: cause.level }],
    colour: cause.axis.key,
  }));
}

/** The limits that keep a run without a front. */
export function emptySentences(cloud) {
  if (!cloud.n) return [];
  const [first, ...rest] = analysis.misses(cloud);
  const words = ["None of " + integer(cloud.n) + " designs meets every limit"];
  if (first) words.push(": ", strong(integer(first.designs)), " miss " + pretty(first.limit.name));
  rest.slice(0, 2).forEach(({ limit, designs }) => words.push(", " + integer(designs) + " " + pretty(limit.name)));
  return [{ kind: "empty", words: [...words, "."], brush: [], colour: first?.limit.key ?? null }];
}

/** Course of the search. */
export function courseSentences(cloud, knee = -1) {
  const found = analysis.course(cloud, knee);
  const sentences = [];
  if (found.designs > 0 && found.stalled >= 0.2 * found.designs)
    sentences.push({
      kind: "stall",
      words: [
        "The hypervolume grew by less than 0.1 % over the last ",
        strong(integer(found.stalled)),
        " of " + integer(found.designs) + " designs.",
      ],
      brush: [],
      colour: "round",
    });
  const words = [];
  for (const { objective, row, before } of found.bests) {
    if (row < 0) continue;
    const [now, then] = [row, before].map((at) => (at >= 0 ? withUnit(objective.values[at], objective.unit) : ""));
    words.push(
      words.length ? ", " : "Last improvements: ",
      objective.name === objective.unit ? "" : objective.name + " ",
      strong(now),
      (then && then !== now ? " from " + then : "") + " at design " + integer(cloud.index[row]),
    );
  }
  if (found.knee >= 0) words.push("; the knee at design ", strong(integer(found.knee)));
  if (words.length) sentences.push({ kind: "course", words: [...words, "."], brush: [], colour: "round" });
  return sentences;
}

/** Firmness of the membership. */
export function firmSentences(cloud, shares) {
  const { drawn, firm, half, median } = analysis.firmness(shares);
  if (!drawn) return [];
  return [
    {
      kind: "firm",
      words: [
        "Of " +
          integer(cloud.members.length) +
          " members" +
          (drawn < cloud.members.length ? ", " + integer(drawn) + " of them drawn, " : " "),
        strong(integer(firm)),
        (firm === 1 ? " stays" : " stay") + " in 90 % of draws and ",
        strong(integer(half)),
        " in half; median " + percent(median).replace(/\.\d/, "") + ".",
        firm < drawn / 4 ? " The front is a ribbon of near ties." : "",
      ],
      brush: [],
      colour: "onFront",
    },
  ];
}

/** All sentences of a run, in the order of reading. */
export function storyOf(cloud, { knee = analysis.kneeOf(cloud), shares = [] } = {}) {
  if (!cloud.members.length) return [...emptySentences(cloud), ...infeasibleSentences(cloud)];
  return [
    ...separationSentences(cloud),
    ...commonSentences(cloud),
    ...boundSentences(cloud),
    ...leaningSentences(cloud),
    ...moveSentences(cloud, knee),
    ...firmSentences(cloud, shares),
    ...importanceSentences(cloud),
    ...infeasibleSentences(cloud),
    ...courseSentences(cloud, knee),
  ];
}
