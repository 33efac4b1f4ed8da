// Exports of the page of a run: tables, pictures, a snippet for a notebook, notices.
import { Component } from "/assets/preact/preact.module.js";
import { h, copy, report } from "/assets/dom.js";
import { store, axes } from "/assets/store.js";
import { plottedColumn } from "/assets/pricedView.js";
import { integer } from "/assets/format.js";
import { designsCsv } from "/assets/csv.js";
import { figures, asPng, asSvg, save } from "/assets/snapshot.js";
import { noticesAreOn, turnNotices } from "/assets/notice.js";

const FORMATS = [
  ["csv", "CSV"],
  ["parquet", "Parquet"],
  ["jsonl", "JSON Lines"],
];

/** Python that reads the exported designs of a run and draws its front. */
export function snippet(run, list) {
  const name = (axis) => axis.key + (axis.band ? "_" + axis.band : "");
  const [up, across = up] = list;
  return [
    "# " + run + ': ./kirchhoff export "' + run + '" --output designs.parquet',
    "import pandas as pd",
    "",
    'designs = pd.read_parquet("designs.parquet")  # or pd.read_csv("designs.csv")',
    "front = designs[designs.front]",
    ...(up
      ? [
          'ax = designs[designs.feasible].plot.scatter("' + name(across) + '", "' + name(up) + '", s=2, c="0.7")',
          'front.plot.scatter("' + name(across) + '", "' + name(up) + '", ax=ax)',
          'print(front.sort_values("' + name(up) + '").dropna(axis="columns", how="all"))',
        ]
      : ["print(front)"]),
    "",
  ].join("\n");
}

// Rows inside every brush.
function brushedRows() {
  const rows = [];
  for (let row = 0; row < store.data.n; row++) if (store.shown[row]) rows.push(row);
  return rows;
}

function saveBrushed() {
  const { data, meets, members } = store;
  const text = designsCsv({ axes: store.axes, columnOf: plottedColumn, data, rows: brushedRows(), meets, members });
  save(store.run + "-brushed.csv", text, "text/csv");
}

const fileName = (name) => (store.run ?? "kirchhoff") + "-" + name.toLowerCase().replace(/[^a-z0-9]+/g, "-");

async function savePicture({ element, name }, kind) {
  if (kind === "png") save(fileName(name) + ".png", await asPng(element));
  else save(fileName(name) + ".svg", await asSvg(element), "image/svg+xml");
}

export class TakeAway extends Component {
  constructor() {
    super();
    this.state = { open: false, pictures: [], trouble: "" };
    this.outside = (event) => {
      if (this.state.open && !this.base.contains(event.target)) this.base.open = false;
    };
    this.escape = (event) => {
      if (!this.state.open || event.key !== "Escape") return;
      this.base.open = false;
      this.base.querySelector("summary").focus();
      event.preventDefault();
    };
  }

  componentDidMount() {
    addEventListener("pointerdown", this.outside);
    this.base.addEventListener("keydown", this.escape);
  }

  componentWillUnmount() {
    removeEventListener("pointerdown", this.outside);
  }

  render({ run }, { open, pictures, trouble }) {
    const toggled = (event) => {
      const isOpen = event.currentTarget.open;
      this.setState({ open: isOpen, pictures: isOpen ? figures() : [] });
    };
    return h(
      "details.menu",
      { ontoggle: toggled },
      h("summary.quiet", null, "Export"),
      open
        ? h("div.menu-body", null, this.tables(run), this.pictures(pictures), this.notebook(run), this.notices(trouble))
        : null,
    );
  }

  tables(run) {
    const file = (format) => "/api/runs/" + encodeURIComponent(run.id) + "/table." + format;
    const brushed = brushedRows().length;
    return h(
      "section",
      null,
      h("h3", null, "Designs"),
      report || !run.hasLog
        ? null
        : h(
            "p",
            null,
            "All ",
            integer(run.evaluated),
            ": ",
            FORMATS.map(([format, name]) => [
              h("a", { href: file(format), download: run.id + "." + format }, name),
              " ",
            ]),
          ),
      h(
        "p",
        null,
        store.view.brush.size ? "Brushed, " : "Loaded, ",
        integer(brushed),
        ": ",
        h("button.link", { type: "button", disabled: !brushed, onclick: saveBrushed }, "CSV"),
      ),
    );
  }

  pictures(list) {
    return h(
      "section",
      null,
      h("h3", null, "Pictures of this page"),
      list.length ? null : h("p.muted", null, "None here."),
      list.map((picture) =>
        h(
          "p",
          { key: picture.name },
          picture.name,
          ": ",
          ["png", "svg"].map((kind) => [
            h(
              "button.link",
              {
                type: "button",
                "aria-label": picture.name + " as " + kind.toUpperCase(),
                onclick: () => savePicture(picture, kind),
              },
              kind.toUpperCase(),
            ),
            " ",
          ]),
        ),
      ),
    );
  }

  notebook(run) {
    const text = snippet(run.id, axes());
    return h(
      "section",
      null,
      h("h3", null, "Notebook"),
      h("pre.snippet", { tabindex: 0 }, text),
      h("button.quiet", { type: "button", onclick: (event) => copy(text, event.currentTarget) }, "Copy"),
    );
  }

  notices(trouble) {
    if (report) return null;
    const turn = async (event) => {
      const { checked } = event.currentTarget;
      this.setState({ trouble: await turnNotices(checked) });
    };
    return h(
      "section",
      null,
      h(
        "label",
        null,
        h("input", { type: "checkbox", checked: noticesAreOn(), onchange: turn }),
        " Notify me at the end, at a stall, at a new knee",
      ),
      h("p.muted", null, "While this page is open, also in the background."),
      trouble ? h("p.bad", { role: "alert" }, trouble) : null,
    );
  }
}
