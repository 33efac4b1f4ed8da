// Analyses of a run in sentences. A sentence is
//   kind    word for its class on the page and its mark
//   words   texts and { strong: text }, in order
//   brush   ranges that select its designs: [{ key, from, to }]
//   colour  key of the axis that shows it as colours, or null
import * as analysis from "/assets/analysis.js";
import { integer, three, unit, withUnit, pretty, percent, wholePercent } from "/assets/format.js";
import { groupPath } from "/assets/knobs.js";

const SURE = 0.9; // share of draws from which on a kind is before another
const FEW_OTHERS = 3;
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

/** A level of a knob, with the knob; of one that each layer has, the layers that take its last value. */
function propertyText({ axis, from, to }) {
  const text = (level) => String(axis.levels?.[level] ?? level);
  if (!axis.layers) return axis.title + (from === to ? " = " + text(from) : " ≤ " + text(to));
  return axis.title + " in " + (from === to ? "" : "at most ") + text(to) + " of " + axis.layers + " layers";
}

const knobWord = (axis, from, to = from) => ({ strong: propertyText({ axis, from, to }), term: axis.key });

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
      knobWord(first.axis, first.from, first.to),
      ", " + integer(s.other) + " of " + integer(s.otherOf) + " " + s.otherSide + ".",
    );
    const like = rest.filter((split) => split.axis.key !== first.axis.key).slice(0, 2);
    if (like.length) {
      words.push(" The same cut separates ");
      like.forEach((split, k) => {
        const t = sideOf(split, cut);
        words.push(
          k ? "; " : "",
          knobWord(split.axis, split.from, split.to),
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

/** Costs of a step of an objective along the front. */
export function exchangeSentences(cloud) {
  return analysis.exchange(cloud).map(({ objective, step, steps, from, to, costs }) => {
    const words = ["Along the front ", strong(step + " " + unit(objective.unit)), " "];
    words.push((objective.maximise ? "more " : "less ") + objective.name + " moves the best ");
    costs.forEach((cost, k) =>
      words.push(k ? ", " : "", cost.objective.name + " by ", strong(gainText(cost.objective, cost.median))),
    );
    words.push(
      " (medians of " + integer(steps) + " steps, " + withUnit(from, objective.unit) + " to ",
      withUnit(to, objective.unit) + ").",
    );
    return { kind: "exchange", words, brush: [], colour: objective.key };
  });
}

/** The front's structure: the knob that parts it most, costs along it, further knobs. */
function structureSentences(cloud) {
  const [first, ...others] = separationSentences(cloud);
  return [...(first ? [first] : []), ...exchangeSentences(cloud), ...others, ...commonSentences(cloud)];
}

/** Values that all members share. */
export function commonSentences(cloud) {
  const floors = new Set(
    analysis
      .bounds(cloud)
      .filter((bound) => bound.isFloor)
      .map((bound) => groupPath(cloud.knobs[bound.knob].path)),
  );
  const found = analysis.common(cloud).filter(({ axis }) => !floors.has(axis.key));
  if (!found.length) return [];
  const words = ["All " + integer(cloud.members.length) + " members use "];
  found.slice(0, 5).forEach(({ axis, level }, k) => words.push(k ? ", " : "", knobWord(axis, level)));
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
  return cloud.axes.find(({ key }) => key === groupPath(cloud.knobs[knob].path));
}

/** Level of an axis at which a knob is at a bound; an axis of layers counts those at the last value, and tells no other. */
function levelOfBound(cloud, axis, { knob, value, ordinal, layers, allLayers }) {
  if (!axis?.layers) return levelOfValue(axis, value);
  const last = cloud.knobs[knob].values.length - 1;
  if (layers < allLayers || (ordinal < last && last > 1)) return -1;
  return ordinal === last ? allLayers : 0;
}

function levelOfValue(axis, value) {
  return (axis?.levels ?? []).findIndex((text) => String(text) === String(value));
}

/** The value beyond a bound in words, with what the grammar allows where it is known. */
function beyond(bound, range) {
  if (bound.isFloor) return "; no lower value exists.";
  const value = Number(bound.value);
  if (range && Number.isInteger(value) && (bound.isLowest ? value <= range.least : value >= range.most))
    return "; its model allows no " + (bound.isLowest ? "lower" : "higher") + " one.";
  const allowed =
    range && Number.isInteger(value) ? " (" + integer(range.least) + " to " + integer(range.most) + " allowed)" : "";
  return "; a wider choice" + allowed + " may improve the front.";
}

/** Kind of the alternative that a condition names: "sar" of "pe.readout = sar". */
function kindOf(condition) {
  return String(condition ?? "").split(" = ")[1] ?? null;
}

/** Knobs at a bound, one sentence a knob, then ends that hold the best of an objective. `rangeOf` gives the grammar's range. */
export function boundSentences(cloud, rangeOf = () => null) {
  const all = analysis.bounds(cloud);
  const floors = all.filter((bound) => bound.isFloor && bound.members === cloud.members.length);
  const rest = all.filter((bound) => !floors.includes(bound));
  const sentences = [
    ...rest.map((bound) => boundSentence(cloud, bound, rangeOf)),
    ...analysis.bestEnds(cloud, all).map((end) => endSentence(cloud, end, rangeOf)),
  ];
  return floors.length ? [...sentences, floorSentence(cloud, floors)] : sentences;
}

/** A knob with its value, and the layers that have it. */
function valueWord(cloud, { knob, value, layers = 1, allLayers = 1 }) {
  const path = groupPath(cloud.knobs[knob].path);
  const many = layers === allLayers ? " in all " + layers : " in " + layers + " of " + allLayers;
  return [{ strong: path + " = " + value, term: path }, allLayers > 1 ? many + " layers" : ""];
}

function boundSentence(cloud, bound, rangeOf) {
  const { path, condition } = cloud.knobs[bound.knob];
  const isPartial = condition && bound.holders < cloud.members.length;
  const words = [
    ...valueWord(cloud, bound),
    " in " + share(bound.members, bound.holders) + " members" + (isPartial ? " with " + condition : "") + ": the ",
    (bound.isLowest ? "lowest" : "highest") + " value of its choice",
    beyond(bound, rangeOf(groupPath(path), kindOf(condition))),
  ];
  const lean = bound.leaning;
  if (lean && lean.members * 2 >= bound.members && bound.members < cloud.members.length)
    words.push(" " + integer(lean.members) + " of these lie within 5 % of " + pretty(lean.limit.name) + ".");
  return { kind: "bound", words, ...brushOfBound(cloud, bound) };
}

function endSentence(cloud, end, rangeOf) {
  const { path, condition } = cloud.knobs[end.knob];
  const { objective } = end;
  const words = [
    ...valueWord(cloud, end),
    " in the " + integer(end.members) + " members best in " + objective.name,
    " (" + withUnit(end.worst, objective.unit) + " or better): the ",
    (end.isLowest ? "lowest" : "highest") + " value of its choice",
    beyond(end, rangeOf(groupPath(path), kindOf(condition))),
  ];
  const [from, to] = objective.maximise ? [end.worst, Infinity] : [-Infinity, end.worst];
  return {
    kind: "bound",
    words,
    brush: [{ key: objective.key, from, to }],
    colour: axisOfKnob(cloud, end.knob)?.key ?? null,
  };
}

/** Knobs that all members have at a value below which there is none. */
function floorSentence(cloud, floors) {
  const words = [];
  floors.forEach((bound, k) =>
    words.push(k ? (k === floors.length - 1 ? " and " : ", ") : "", ...valueWord(cloud, bound)),
  );
  words.push(" in all " + integer(cloud.members.length) + " members: the lowest; no lower value exists.");
  const brush = floors.flatMap((bound) => brushOfBound(cloud, bound).brush);
  return { kind: "bound", words, brush, colour: brushOfBound(cloud, floors[0]).colour };
}

function brushOfBound(cloud, bound) {
  const axis = axisOfKnob(cloud, bound.knob);
  const level = levelOfBound(cloud, axis, bound);
  const condition = conditionBrush(cloud, bound.condition);
  return {
    brush: axis && level >= 0 ? [{ key: axis.key, from: level, to: level }, ...condition] : condition,
    colour: axis?.key ?? null,
  };
}

/** The brush of a condition, "pe.readout = sar". */
function conditionBrush(cloud, condition) {
  const [path, value] = String(condition ?? "").split(" = ");
  const axis = value === undefined ? null : cloud.axes.find(({ key }) => key === path);
  const level = levelOfValue(axis, value);
  return level >= 0 ? [{ key: axis.key, from: level, to: level }] : [];
}

/** Brush of the designs with a slack to a limit as it is set, over the slacks as they are recorded. */
function slackBetween(limit, from, to) {
  const shift = analysis.shiftOf(limit);
  return { key: limit.column, from: from - shift, to: to - shift };
}

/** Limits that members lean on. */
export function leaningSentences(cloud, within = 0.05) {
  return analysis.leaning(cloud, within).map(({ limit, members }) => ({
    kind: "limit",
    words: [
      strong(share(members, cloud.members.length)),
      (members === 1 ? " members lies within " : " members lie within ") + percent(within).replace(".0", "") + " of ",
      strong(pretty(limit.name)),
      ".",
    ],
    brush: [slackBetween(limit, 0, within * Math.abs(analysis.setAt(limit)))],
    colour: limit.column,
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
          j
            ? " or "
            : (best.length ? "; " : "") + "at the knee's other figures " + (atKnee.length > 1 ? "either " : ""),
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
        limit: { key: limit.key, to: move.to },
        brush: [slackBetween(limit, loosened ? -step : 0, loosened ? 0 : step)],
        colour: limit.column,
      });
    });
  }
  return sentences;
}

function valueOf(objective, row) {
  return row >= 0 ? " to " + withUnit(objective.values[row], objective.unit) : "";
}

/** Limits, those first that most members lean on, each with what a step of it buys and costs. */
export function limitSentences(cloud, knee = -1) {
  const all = [...leaningSentences(cloud), ...moveSentences(cloud, knee)];
  const columns = new Set(all.map(({ colour }) => colour));
  return [...columns].flatMap((column) => all.filter(({ colour }) => colour === column));
}

/** The knobs that explain each objective; the bars show the rest. */
export function importanceSentences(cloud, found = analysis.importance(cloud)) {
  return found
    .filter(({ shares }) => shares.length && shares[0].share >= 0.02)
    .map(({ objective, designs, shares }) => ({
      kind: "importance",
      words: [
        { strong: shares[0].axis.title, term: shares[0].axis.key },
        " explains ",
        strong(wholePercent(shares[0].share)),
        " of the variance of " + objective.name + " over " + integer(designs) + " feasible designs",
        shares[1]?.share >= 0.02 ? ", " + shares[1].axis.title + " " + wholePercent(shares[1].share) : "",
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
      strong(wholePercent(cause.share)),
      " of " + integer(cause.designs) + " designs with ",
      knobWord(cause.axis, cause.level),
      " are infeasible, of all " + wholePercent(all),
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
  return [{ kind: "empty", words: [...words, "."], brush: [], colour: first?.limit.column ?? null }];
}

/** Course of the search. */
export function courseSentences(cloud, knee = -1) {
  const found = analysis.course(cloud, knee);
  const sentences = [];
  if (found.designs > 0 && found.stalled >= 0.2 * found.designs)
    sentences.push({
      kind: "stall",
      words: [
        (cloud.isOwn === false ? "By the run's own limits and prices the" : "The") +
          " hypervolume grew by less than 0.1 % over the last ",
        strong(integer(found.stalled)),
        " of " + integer(found.designs) + " designs; another seed tells whether the front has converged.",
      ],
      brush: [],
      colour: "design",
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
  if (words.length) sentences.push({ kind: "course", words: [...words, "."], brush: [], colour: "design" });
  return sentences;
}

/** Shares of joint draws in which members stay on the front. */
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
        " in half; median " + wholePercent(median) + ".",
        half < drawn / 4 ? " The models' errors tell few members from others." : "",
      ],
      brush: firm ? [{ key: "onFront", from: 90, to: 100 }] : [{ key: "onFront", from: 50, to: 100 }],
      colour: "onFront",
    },
  ];
}

/** Kinds that win the best of each objective, those that tie for it, and the error that would turn it. */
export function contestSentences(cloud, contests) {
  return contests.map(({ knob, objective, best, others, turns, alternatives }) => {
    const ties = others.filter(({ behind }) => behind < SURE);
    const names = [best, ...ties].map(({ value }) => value);
    const [turn] = turns;
    return {
      kind: "contest",
      words: [
        "Best " + objective + ", " + knob + ": ",
        strong(ties.length ? names.join(" and ") + ", a tie" : best.value),
        ...others
          .slice(0, FEW_OTHERS)
          .map(
            ({ value, behind }, i) => (i ? ", " : " (before ") + value + " in " + wholePercent(behind) + " of draws",
          ),
        ")",
        turn
          ? "; " +
            turn.to +
            " if " +
            turn.quantity +
            " of " +
            turn.model +
            " is " +
            (turn.factor > 1 ? "more" : "less") +
            " than " +
            three(turn.factor) +
            " of ours"
          : alternatives.length
            ? ""
            : "; no single error of a model turns it",
        ...alternatives.map(({ setting, to }) => "; " + to + " with " + setting),
        ".",
      ],
      brush: [],
      colour: cloud.axes.find(({ key }) => key === groupPath(knob))?.key ?? null,
    };
  });
}

/** Parts of the story, in the order of reading: title, function of the sentences, number of them at first where it is not three. */
export const CHAPTERS = [
  ["Structure of the front", structureSentences],
  ["Winners and ties", (cloud, { contests }) => contestSentences(cloud, contests), 4],
  ["Knobs at a bound", (cloud, { rangeOf }) => boundSentences(cloud, rangeOf), 8],
  ["Limits and what they cost", (cloud, { knee }) => limitSentences(cloud, knee)],
  ["Confidence", (cloud, { shares }) => firmSentences(cloud, shares)],
  ["Causes of infeasibility", (cloud) => infeasibleSentences(cloud)],
  ["Course of the search", (cloud, { knee }) => courseSentences(cloud, knee)],
];

/** All sentences of a run, in the order of reading. */
export function storyOf(cloud, { knee = analysis.kneeOf(cloud), shares = [], contests = [], rangeOf } = {}) {
  if (!cloud.members.length) return [...emptySentences(cloud), ...infeasibleSentences(cloud)];
  return [
    ...CHAPTERS.flatMap(([, of]) => of(cloud, { knee, shares, contests, rangeOf })),
    ...importanceSentences(cloud),
  ];
}
