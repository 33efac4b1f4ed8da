// A run to start: a spec beside its check, options, and the start of an explorer of its own.
import { afterPause } from "/assets/pause.js";
import { h, draw, get, post } from "/assets/dom.js";
import { follow } from "/assets/links.js";
import { address } from "/assets/store.js";
import { integer, pretty } from "/assets/format.js";

const PAUSE_MILLIS = 350; // of typing, after which the spec is checked
const KEPT = "kirchhoff-spec";

function kept() {
  try {
    return sessionStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

function keep(text) {
  try {
    sessionStorage.setItem(KEPT, text);
  } catch {
    // a private window forgets it
  }
}

export function newRunPage(parent) {
  let examples = [];
  let text = kept();
  let checked = { text: null, verdict: null };
  let checking = false;
  let starting = false;
  let trouble = "";
  const settled = afterPause(check, PAUSE_MILLIS);
  let closed = false;
  const options = { budget: "", time: "", seed: "", limits: "", streams: false };

  get("/api/examples").then(
    (list) => {
      examples = list;
      if (!text && list.length) load(list.find((one) => one.name.endsWith("quickstart.yaml")) ?? list[0]);
      else show();
    },
    (failure) => {
      trouble = failure.message;
      show();
    },
  );

  function load(example) {
    set(example.text, 0);
    const area = parent.querySelector("textarea");
    if (area) area.scrollTop = 0;
  }

  function set(next, pause = PAUSE_MILLIS) {
    text = next;
    keep(text);
    settled.soon(pause);
    show();
  }

  async function check() {
    if (checking || closed || text === checked.text) return;
    if (!text.trim()) {
      checked = { text, verdict: null };
      return show();
    }
    checking = true;
    show();
    const asked = text;
    try {
      checked = { text: asked, verdict: await post("/api/check", { spec: asked }) };
      trouble = "";
    } catch (failure) {
      trouble = failure.message;
      checked = { text: asked, verdict: null };
    }
    checking = false;
    show();
    if (text !== asked) check();
  }

  async function start(event) {
    event.preventDefault();
    starting = true;
    trouble = "";
    show();
    const order = { spec: text, streams: options.streams };
    for (const key of ["budget", "time", "seed"]) if (options[key].trim()) order[key] = options[key].trim();
    order.limits = options.limits
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
    try {
      const { run } = await post("/api/start", order);
      if (!closed) follow(address(run));
    } catch (failure) {
      trouble = failure.message;
      starting = false;
      show();
    }
  }

  // Puts the cursor where a mistake is.
  function goTo({ line, column }) {
    const area = parent.querySelector("textarea");
    const lines = text.split("\n");
    const at = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + Math.max(0, column - 1);
    area.focus();
    area.setSelectionRange(
      at,
      at + Math.max(1, (lines[line - 1]?.slice(column - 1).match(/^[\w.-]+/)?.[0] ?? " ").length),
    );
    area.scrollTop = Math.max(0, (line - 6) * parseFloat(getComputedStyle(area).lineHeight));
  }

  function show() {
    if (closed) return;
    const { verdict } = checked;
    const isCurrent = verdict && checked.text === text;
    const good = isCurrent && !verdict.mistakes;
    draw(
      parent,
      h(
        "section.page.new-run",
        null,
        h("h1", null, "New run"),
        h(
          "div.new-columns",
          null,
          h("section.panel.spec-panel", { "aria-label": "Spec" }, specHead(), editor(verdict?.problems ?? [])),
          h(
            "div.new-side",
            null,
            h(
              "section.panel",
              { "aria-label": "Check", "aria-busy": String(!isCurrent) },
              checkHead(isCurrent, verdict),
              findings(verdict),
            ),
            form(good),
          ),
        ),
      ),
    );
  }

  function specHead() {
    const chosen = examples.find((one) => one.text === text);
    return h(
      "div.panel-head",
      null,
      h("h2", null, "Spec"),
      h(
        "select.quiet",
        {
          "aria-label": "Example",
          onchange: (event) => {
            const example = examples.find((one) => one.name === event.currentTarget.value);
            if (example) load(example);
          },
        },
        h("option", { value: "", selected: !chosen }, "your own"),
        examples.map((one) =>
          h(
            "option",
            { value: one.name, selected: one === chosen },
            one.name.replace("examples/", "") + (one.title ? ", " + one.title : ""),
          ),
        ),
      ),
      h("span.muted", null, "It may name files of examples/ and designs/; your own files: ./kirchhoff explore"),
    );
  }

  function editor(problems) {
    const marked = new Set(problems.map((problem) => problem.line));
    const lines = text.split("\n").length;
    return h(
      "div.editor",
      null,
      h(
        "div.gutter",
        { "aria-hidden": "true" },
        Array.from({ length: lines }, (_, k) => h("span", { "data-bad": marked.has(k + 1) ? "" : null }, k + 1)),
      ),
      h("textarea", {
        spellcheck: false,
        autocapitalize: "off",
        "aria-label": "Text of the spec",
        wrap: "off",
        value: text,
        oninput: (event) => set(event.currentTarget.value),
        onscroll: (event) => (event.currentTarget.previousSibling.scrollTop = event.currentTarget.scrollTop),
        onkeydown: (event) => {
          if (event.key !== "Tab" || event.shiftKey || event.ctrlKey || event.altKey) return;
          const area = event.currentTarget;
          if (area.selectionStart === area.selectionEnd && !area.value) return;
          event.preventDefault();
          area.setRangeText("  ", area.selectionStart, area.selectionEnd, "end");
          set(area.value);
        },
      }),
    );
  }

  function checkHead(isCurrent, verdict) {
    const count = verdict?.mistakes ?? 0;
    const word = !text.trim()
      ? "empty"
      : checking || !isCurrent
        ? "checking…"
        : count
          ? count + (count === 1 ? " mistake" : " mistakes")
          : "good";
    return h(
      "div.panel-head",
      null,
      h("h2", null, "Check"),
      h("span", { role: "status", class: isCurrent && count ? "bad" : "muted" }, word),
    );
  }

  function findings(verdict) {
    if (!verdict) return h("p.none.muted", null, text.trim() ? "" : "Choose an example, or paste a spec.");
    if (verdict.mistakes) {
      const more = verdict.mistakes - verdict.problems.length;
      return h(
        "ul.problems",
        null,
        verdict.problems.map((problem) =>
          h(
            "li",
            null,
            problem.line
              ? h(
                  "button.link",
                  { type: "button", onclick: () => goTo(problem) },
                  problem.line + (problem.column ? ":" + problem.column : ""),
                )
              : null,
            " ",
            problem.path ? h("b", null, problem.path + ": ") : null,
            problem.message,
          ),
        ),
        more ? h("li.muted", null, "and " + integer(more) + " more") : null,
      );
    }
    return [
      h(
        "dl.verdict",
        null,
        verdict.summary.map((line) => h("div", null, h("dt", null, line.label), h("dd", null, pretty(line.text)))),
      ),
      verdict.warnings.map((warning) => h("p.notice", null, warning)),
    ];
  }

  function form(good) {
    const field = (key, label, hint, more) =>
      h(
        "label",
        null,
        label,
        h("input", {
          value: options[key],
          placeholder: hint,
          ...more,
          oninput: (event) => (options[key] = event.currentTarget.value),
        }),
      );
    return h(
      "form.panel.start-form",
      { onsubmit: start, "aria-label": "Start" },
      h("h2", null, "Start"),
      field("budget", "Designs, at most", "as the spec says", { inputmode: "numeric" }),
      field("time", "Time, at most", "10 min"),
      field("seed", "Seed", "as the spec says", { inputmode: "numeric" }),
      h(
        "label",
        null,
        "Further limits, one a line",
        h("textarea", {
          rows: 2,
          placeholder: "area <= 40 mm2",
          value: options.limits,
          oninput: (event) => (options.limits = event.currentTarget.value),
        }),
      ),
      h(
        "label.tick",
        null,
        h("input", {
          type: "checkbox",
          checked: options.streams,
          onchange: (event) => (options.streams = event.currentTarget.checked),
        }),
        " also stream to the built-in Kafka broker",
      ),
      trouble ? h("p.notice.trouble", { role: "alert" }, trouble) : null,
      h("button.primary", { type: "submit", disabled: !good || starting }, starting ? "Starting…" : "Start the search"),
      h(
        "p.muted",
        null,
        "The search is a process of its own on the machine of this page: it goes on when the page or the dashboard ends. Pause and stop are in its header.",
      ),
    );
  }

  show();
  if (text) check();
  return {
    close() {
      closed = true;
      settled.cancel();
    },
  };
}
