// The chip of a design as it is mapped: tiles on their fabric, then the PEs of a tile, the crossbars of a PE and the blocks of
// weights on a crossbar; coloured by layer, utilization, energy or load of the links, with a table of the same numbers.
import { h, draw, make } from "/assets/dom.js";
import { listen } from "/assets/store.js";
import { workWord } from "/assets/metrics.js";
import { ask } from "/assets/models.js";
import { integer, percent, three, withUnit } from "/assets/format.js";
import { partColour } from "/assets/parts.js";
import {
  tilePlan,
  nodeCentre,
  linkBusy,
  cellsOfTile,
  usage,
  areaPlan,
  areaOfPe,
  ramp,
  layerColour,
  inkOn,
  css,
} from "/assets/chipPlan.js";

const COLOURS = [
  ["layer", "Layer"],
  ["utilization", "Utilization"],
  ["energy", "Energy"],
  ["links", "Link load"],
];
const GAP = 0.07; // of a tile, on each side, where links run
const ROWS = 200; // of the table
const TALLEST = 620;

export function chipView(parent, { run, design, query = "" }) {
  const state = {
    chip: null,
    failure: "",
    tile: null, // number of the tile that is looked into
    pe: null,
    crossbar: null,
    load: 0,
    blocks: null, // of the tile
    colour: "layer",
    focus: 0,
  };
  const address = (more = "") =>
    "/api/runs/" +
    encodeURIComponent(run) +
    "/designs/" +
    design +
    "/chip" +
    [query, more].filter(Boolean).reduce((text, part, k) => text + (k ? "&" : "?") + part, "");
  const head = make("div.chip-head");
  const canvas = make("canvas.chip-canvas", { tabindex: "0", role: "img" });
  const status = make("p.small.chip-status", { role: "status" });
  const legend = make("div.chip-legend");
  const table = make("div");
  const section = make(
    "section.panel.block.chip-map",
    { "aria-label": "Chip" },
    head,
    make("div.chip-plan", null, canvas),
    status,
    legend,
    table,
  );
  parent.append(section);
  let shapes = []; // what can be pointed at: { x, y, width, height, open, words, use }
  let closed = false;

  function set(part) {
    Object.assign(state, part);
    show();
  }

  async function load() {
    show();
    try {
      const chip = await ask(address());
      if (!closed) set({ chip });
    } catch (problem) {
      if (!closed) set({ failure: problem.message });
    }
  }

  async function enterTile(tile) {
    set({ tile, pe: null, crossbar: null, load: 0, blocks: null, focus: 0 });
    try {
      const { blocks } = await ask(address("tile=" + tile));
      if (!closed && state.tile === tile) set({ blocks, load: Math.min(...blocks.map((b) => b.load ?? 0), Infinity) });
    } catch (problem) {
      if (!closed) set({ failure: problem.message });
    }
  }

  function up() {
    if (state.crossbar != null) set({ crossbar: null, focus: state.crossbar });
    else if (state.pe != null) set({ pe: null, focus: state.pe });
    else if (state.tile != null)
      set({ tile: null, blocks: null, focus: Math.max(0, state.chip.tiles.tile.indexOf(state.tile)) });
  }

  // Blocks of the load that is looked at, of the tile, PE or crossbar.
  function blocksHere(pe = state.pe, crossbar = state.crossbar) {
    return (state.blocks ?? []).filter(
      (block) =>
        (block.load ?? 0) === state.load &&
        (pe == null || block.pe === pe) &&
        (crossbar == null || block.crossbar === crossbar),
    );
  }

  const layerName = (k) => {
    const { layers } = state.chip;
    const several = layers.some((layer) => layer.network !== layers[0].network);
    return (several ? layers[k].network + "/" : "") + layers[k].name;
  };
  const colourMode = () => (state.tile != null && state.colour === "links" ? "layer" : state.colour);

  // Cells of the level that is looked at: { name, place, use, share, open }, and their tops.
  function items() {
    const { chip } = state;
    const { size, tiles } = chip;
    if (state.tile == null) {
      const all = cellsOfTile(chip);
      return tiles.tile.map((tile, k) => ({
        name: tiles.count[k] > 1 ? integer(tiles.count[k]) + " tiles from " + tile : "Tile " + tile,
        use: {
          layer: tiles.layer[k],
          layers: tiles.layers[k],
          crossbars: tiles.crossbars[k],
          cells: tiles.cells[k],
          energy_uJ: tiles.energy_uJ[k],
        },
        share: tiles.cells[k] / (all * tiles.count[k]),
        open: () => enterTile(tile),
      }));
    }
    const perCrossbar = size.rows * size.columns;
    if (state.pe == null) {
      return Array.from({ length: size.pesPerTile }, (_, pe) => {
        const use = usage(chip, blocksHere(pe, null));
        return {
          name: "PE " + pe,
          use,
          share: use.cells / (perCrossbar * size.crossbarsPerPe),
          open: () => set({ pe, focus: 0 }),
        };
      });
    }
    if (state.crossbar == null) {
      return Array.from({ length: size.crossbarsPerPe }, (_, crossbar) => {
        const use = usage(chip, blocksHere(state.pe, crossbar));
        return {
          name: "Crossbar " + crossbar,
          use,
          share: use.cells / perCrossbar,
          open: () => set({ crossbar, focus: 0 }),
        };
      });
    }
    return blocksHere().map((block) => {
      const use = usage(chip, [block]);
      return { name: "Block of " + layerName(block.layer), block, use, share: use.cells / perCrossbar, open: null };
    });
  }

  function wordsOf(item) {
    const { use } = item;
    if (use.layer < 0) return item.name + ": holds no weights";
    const layers =
      use.layers > 1 ? layerName(use.layer) + " and " + (use.layers - 1) + " more layers" : layerName(use.layer);
    const { block } = item;
    return (
      item.name +
      ": " +
      (block
        ? "copy " +
          (block.copy + 1) +
          ", wordlines " +
          lines(block.row, block.rows) +
          ", bitlines " +
          lines(block.column, block.columns) +
          "; rows from " +
          block.matrixRow +
          " and columns from " +
          block.matrixColumn +
          " of the matrix"
        : layers + ", " + integer(use.crossbars) + (use.crossbars === 1 ? " crossbar" : " crossbars")) +
      ", " +
      percent(item.share) +
      " of its cells used, " +
      withUnit(use.energy_uJ, "uJ")
    );
  }

  const lines = (first, count) => first + " to " + (first + count - 1);

  // Colour of a cell, as [red, green, blue]; null for one without weights.
  function colourOf(item, most) {
    if (item.use.layer < 0) return null;
    if (colourMode() === "utilization") return ramp(item.share);
    if (colourMode() === "energy") return ramp(most > 0 ? item.use.energy_uJ / item.count / most : 0);
    return layerColour(item.use.layer, state.chip.layers.length);
  }

  function show() {
    if (closed) return;
    drawHead();
    if (!state.chip) {
      canvas.hidden = true;
      draw(status, state.failure || "Laying out the chip…");
      draw(legend);
      draw(table);
      return;
    }
    canvas.hidden = false;
    const list = items();
    const { tiles } = state.chip;
    list.forEach((item, k) => (item.count = state.tile == null ? tiles.count[k] : 1));
    const most = Math.max(0, ...list.map((item) => item.use.energy_uJ / item.count));
    paint(list, most);
    drawStatus();
    drawLegend(most);
    drawTable(list);
  }

  function drawHead() {
    const { chip } = state;
    const crumb = (words, action) =>
      action ? h("button.link", { type: "button", onclick: action }, words) : h("b", { "aria-current": "page" }, words);
    const path = [
      ["Chip", state.tile != null ? () => set({ tile: null, pe: null, crossbar: null, blocks: null, focus: 0 }) : null],
    ];
    if (state.tile != null)
      path.push(["Tile " + state.tile, state.pe != null ? () => set({ pe: null, crossbar: null, focus: 0 }) : null]);
    if (state.pe != null)
      path.push(["PE " + state.pe, state.crossbar != null ? () => set({ crossbar: null, focus: 0 }) : null]);
    if (state.crossbar != null) path.push(["Crossbar " + state.crossbar, null]);
    draw(
      head,
      h("h3", null, "Chip as it is mapped"),
      h(
        "nav.chip-path",
        { "aria-label": "Place on the chip" },
        path.map(([words, action], k) => h("span", { key: k }, k ? " › " : "", crumb(words, action))),
      ),
      chip && state.tile != null && loads().length > 1
        ? h(
            "label.small",
            null,
            "Load ",
            h(
              "select.quiet",
              { value: state.load, onchange: (event) => set({ load: Number(event.target.value) }) },
              loads().map((n) => h("option", { key: n, value: n }, String(n + 1) + " of " + chip.size.loads)),
            ),
          )
        : null,
      chip
        ? h(
            "div.segments.chip-colours",
            { role: "group", "aria-label": "Colour by" },
            COLOURS.filter(([key]) => key !== "links" || state.tile == null).map(([key, words]) =>
              h(
                "button.quiet",
                {
                  key,
                  type: "button",
                  "aria-pressed": String(colourMode() === key),
                  onclick: () => set({ colour: key }),
                },
                words,
              ),
            ),
          )
        : null,
    );
  }

  function loads() {
    return [...new Set((state.blocks ?? []).map((block) => block.load ?? 0))].sort((a, b) => a - b);
  }

  // Lays out and paints what is looked at.
  function paint(list, most) {
    const width = Math.max(240, canvas.parentElement.clientWidth);
    const { places, across, down } = state.tile == null ? tilesAt(width) : insideAt(width, list);
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.round(across * ratio);
    canvas.height = Math.round(down * ratio);
    canvas.style.width = across + "px";
    canvas.style.height = down + "px";
    const g = canvas.getContext("2d");
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    const style = getComputedStyle(document.documentElement);
    const ink = (name) => style.getPropertyValue("--" + name).trim();
    g.clearRect(0, 0, across, down);
    if (state.tile == null) paintGrid(g, places, ink);
    else paintParts(g, places, ink);
    shapes = list.map((item, k) => ({ ...places.cells[k], item }));
    const dim = state.tile == null && state.colour === "links";
    shapes.forEach(({ x, y, width: w, height: tall, item }) => {
      const colour = dim ? null : colourOf(item, most);
      g.fillStyle = colour ? css(colour) : ink("sunken");
      g.fillRect(x, y, w, tall);
      if (w >= 5 && tall >= 5) {
        g.strokeStyle = ink("strong");
        g.lineWidth = 1;
        g.strokeRect(x + 0.5, y + 0.5, w - 1, tall - 1);
      }
      const label = item.use.layer < 0 ? "" : labelOf(item, dim);
      if (label && w >= 7 * label.length + 4 && tall >= 14) {
        g.fillStyle = colour ? inkOn(colour) : ink("muted");
        g.font = "11px system-ui, sans-serif";
        g.textAlign = "center";
        g.textBaseline = "middle";
        g.fillText(label, x + w / 2, y + tall / 2);
      }
    });
    if (state.tile == null) paintLinks(g, places, ink);
    const focused = shapes[state.focus];
    if (focused && document.activeElement === canvas) {
      g.strokeStyle = ink("accent");
      g.lineWidth = 2.5;
      g.strokeRect(focused.x - 1, focused.y - 1, focused.width + 2, focused.height + 2);
    }
    canvas.setAttribute(
      "aria-label",
      summary() + " Arrow keys move, Enter opens, Backspace goes up; the table holds the same.",
    );
  }

  function labelOf({ use, share }, dim) {
    if (dim) return "";
    if (colourMode() === "utilization") return Math.round(100 * share) + " %";
    if (colourMode() === "energy") return three(use.energy_uJ);
    return state.chip.layers[use.layer].name + (use.layers > 1 ? "+" : "");
  }

  function tilesAt(width) {
    const { chip } = state;
    const plan = tilePlan(chip);
    const port = chip.links.from.includes(-1) || chip.links.to.includes(-1) ? 0.5 : 0;
    const across = plan.right - plan.left + port;
    const step = Math.min(64, width / across, Math.max(4, TALLEST / (plan.bottom - plan.top)));
    const gap = step >= 10 ? GAP : step >= 4 ? 0.04 : 0;
    const at = (x, y) => [(x - plan.left + port) * step, (y - plan.top) * step];
    return {
      across: across * step,
      down: (plan.bottom - plan.top) * step,
      places: {
        plan,
        step,
        at,
        cells: plan.cells.map((cell) => {
          const [x, y] = at(cell.x, cell.y);
          const side = cell.size * step;
          return { x: x + gap * side, y: y + gap * side, width: side * (1 - 2 * gap), height: side * (1 - 2 * gap) };
        }),
      },
    };
  }

  // Nodes without weights, as faint squares, where there is room for them.
  function paintGrid(g, { plan, step, at }, ink) {
    if (step < 8 || plan.schematic) return;
    g.strokeStyle = ink("line");
    g.lineWidth = 1;
    const nodes = Math.round(state.chip.size.tiles / state.chip.size.chips / plan.across ** 2);
    for (let node = 0; node < nodes; node++) {
      const [column, row] = [node % plan.columns, Math.floor(node / plan.columns)];
      if (column < plan.left || column >= plan.right || row < plan.top || row >= plan.bottom) continue;
      const [x, y] = at(column, row);
      g.strokeRect(x + GAP * step + 0.5, y + GAP * step + 0.5, step * (1 - 2 * GAP) - 1, step * (1 - 2 * GAP) - 1);
    }
  }

  function paintLinks(g, { plan, step, at }, ink) {
    const { chip } = state;
    if (!chip.gridColumns || chip.tiles.side > 1 || step < 10) return;
    const loud = state.colour === "links";
    const most = Math.max(...chip.links.bits.map((_, k) => linkBusy(chip, k)), 0);
    for (let k = chip.links.bits.length - 1; k >= 0; k--) {
      const [from, to] = [chip.links.from[k], chip.links.to[k]].map((node) =>
        nodeCentre(chip, plan, chip.links.chip[k], node),
      );
      const long = Math.hypot(to.x - from.x, to.y - from.y) || 1;
      if (long > 1.6) continue; // a link that wraps round
      // Both directions of a pair lie beside each other, to the right of their way.
      const [ax, ay] = [(-(to.y - from.y) / long) * 0.1, ((to.x - from.x) / long) * 0.1];
      const share = most > 0 ? linkBusy(chip, k) / most : 0;
      const [x0, y0] = at(from.x + ax, from.y + ay);
      const [x1, y1] = at(to.x + ax, to.y + ay);
      g.strokeStyle = loud ? css(linkColour(share)) : ink("muted");
      g.globalAlpha = loud ? 1 : 0.35;
      g.lineWidth = loud ? Math.max(1.5, Math.min(7, step * 0.12) * (0.25 + 0.75 * share)) : 1;
      g.beginPath();
      g.moveTo(x0, y0);
      g.lineTo(x1, y1);
      g.stroke();
    }
    g.globalAlpha = 1;
  }

  function insideAt(width, list) {
    const { chip } = state;
    const { size } = chip;
    const side = Math.min(width, 560);
    if (state.crossbar != null) {
      // A crossbar as it is: wordlines down, bitlines across.
      const scale = Math.min(side / size.columns, TALLEST / size.rows);
      const cells = list.map(({ block }) => ({
        x: block.column * scale,
        y: block.row * scale,
        width: block.columns * scale,
        height: block.rows * scale,
      }));
      return { across: size.columns * scale, down: size.rows * scale, places: { cells, parts: [], frame: true } };
    }
    const areas = (level, not) =>
      chip.areas
        .filter((area) => area.level === level && area.part !== not)
        .map(({ part, area_um2 }) => ({ part, area_um2 }));
    const crossbars_um2 = chip.areas.find((area) => area.level === "pe" && area.part === "crossbar")?.area_um2 ?? 0;
    const plan =
      state.pe == null
        ? areaPlan(size.pesPerTile, areaOfPe(chip), areas("tile"))
        : areaPlan(size.crossbarsPerPe, crossbars_um2 / size.crossbarsPerPe, areas("pe", "crossbar"));
    const inset = ({ x, y, width: w, height: tall, ...rest }) => ({
      ...rest,
      x: x * side + 1.5,
      y: y * side + 1.5,
      width: Math.max(1, w * side - 3),
      height: Math.max(1, tall * side - 3),
    });
    return { across: side, down: side, places: { cells: plan.cells.map(inset), parts: plan.parts.map(inset) } };
  }

  function paintParts(g, { parts, frame }, ink) {
    if (frame) {
      g.fillStyle = ink("sunken");
      g.fillRect(0, 0, canvas.width, canvas.height);
    }
    const style = getComputedStyle(document.documentElement);
    for (const part of parts) {
      const name = partColour(part.part).slice(4, -1);
      g.fillStyle = style.getPropertyValue(name).trim() || ink("part-rest");
      g.globalAlpha = 0.55;
      g.fillRect(part.x, part.y, part.width, part.height);
      g.globalAlpha = 1;
      if (part.width >= 6.2 * part.part.length && part.height >= 13) {
        g.fillStyle = ink("ink");
        g.font = "11px system-ui, sans-serif";
        g.textAlign = "center";
        g.textBaseline = "middle";
        g.fillText(part.part, part.x + part.width / 2, part.y + part.height / 2);
      }
    }
  }

  function summary() {
    const { chip } = state;
    const { size, tiles, links } = chip;
    if (state.tile != null) {
      if (!state.blocks) return "Reading the blocks of the tile…";
      if (state.crossbar != null)
        return size.rows + " wordlines and " + size.columns + " bitlines; blocks at their true lines.";
      return state.pe != null
        ? integer(size.crossbarsPerPe) +
            " crossbars with what serves them; areas are true, places inside the PE are schematic."
        : integer(size.pesPerTile) +
            " PEs beside the parts of the tile; areas are true, places inside the tile are schematic.";
    }
    if (!chip.fits) return "The workload does not fit this chip, so no tile has a place.";
    const used = tiles.count.reduce((sum, count) => sum + count, 0);
    const words = [
      integer(used) +
        " of " +
        integer(size.tiles) +
        " tiles hold weights" +
        (size.chips > 1 ? ", on " + integer(size.chips) + " chips" : ""),
      chip.gridColumns
        ? "each at its place on the " + wordsOfFabric(chip.fabric)
        : "in the order of tiles, as a " + wordsOfFabric(chip.fabric) + " has no grid (schematic)",
    ];
    if (tiles.side > 1) words.push("squares of " + tiles.side + " nodes a side are drawn as one");
    if (size.loads > 1) words.push("written over in up to " + integer(size.loads) + " loads");
    if (links.bits.length < chip.linkCount)
      words.push("the most loaded " + integer(links.bits.length) + " of " + integer(chip.linkCount) + " links");
    return words.join("; ") + ".";
  }

  function drawStatus() {
    const focused = shapes[state.focus]?.item;
    draw(status, summary(), h("br"), focused ? h("b", null, wordsOf(focused)) : "");
  }

  function drawLegend(most) {
    const { chip } = state;
    const mode = state.tile == null ? state.colour : colourMode();
    const bar = (low, high, words, colour = ramp) =>
      h(
        "div.chip-bar",
        null,
        h("span.muted", null, words),
        h("small", null, low),
        h("i", {
          style: {
            background: "linear-gradient(90deg, " + [0, 0.25, 0.5, 0.75, 1].map((s) => css(colour(s))).join(", ") + ")",
          },
        }),
        h("small", null, high),
      );
    if (mode === "utilization") return draw(legend, bar("0 %", "100 %", "used cells of all cells"));
    if (mode === "energy")
      return draw(
        legend,
        bar(
          "0",
          withUnit(most, "uJ"),
          "dynamic energy of a mean " + workWord() + "; a layer's is spread over the cells that it uses",
        ),
      );
    if (mode === "links") {
      const busiest = Math.max(0, ...chip.links.bits.map((_, k) => linkBusy(chip, k)));
      return draw(
        legend,
        chip.gridColumns && chip.tiles.side === 1
          ? bar(
              "0 %",
              percent(busiest),
              "share of the time between two " + workWord() + "s that a link is busy",
              linkColour,
            )
          : h("p.small.muted", null, "Links are in the table; they are drawn where each node of a grid has room."),
      );
    }
    const here = new Set(state.tile == null ? chip.tiles.layer : blocksHere().map((block) => block.layer));
    draw(
      legend,
      h(
        "ul.chip-layers",
        { "aria-label": "Layers" },
        chip.layers.map((layer, k) =>
          here.has(k)
            ? h(
                "li",
                { key: k },
                h("i", { style: { background: css(layerColour(k, chip.layers.length)) } }),
                layerName(k),
                layer.copies > 1 ? h("small.muted", null, " × " + integer(layer.copies)) : null,
              )
            : null,
        ),
      ),
    );
  }

  function drawTable(list) {
    const links = state.tile == null && state.colour === "links";
    const rows = links ? linkRows() : list.map((item, k) => [item, k]).filter(([item]) => item.use.layer >= 0);
    const shown = rows.slice(0, ROWS);
    draw(
      table,
      h(
        "details.chip-table",
        null,
        h("summary", null, links ? "Loaded links as a table" : "The same as a table"),
        h(
          "div.scroll",
          { tabindex: "0", role: "region", "aria-label": "Table of the chip" },
          h(
            "table.list",
            null,
            h(
              "thead",
              null,
              links
                ? h(
                    "tr",
                    null,
                    ["From", "To", workWord() === "task" ? "Bits of a task" : "Bits of an inference", "Busy"].map(
                      (words, k) => h(k > 1 ? "th.num" : "th", { key: k }, words),
                    ),
                  )
                : h(
                    "tr",
                    null,
                    ["", "Layer", "Layers", "Crossbars", "Cells used", "Energy"].map((words, k) =>
                      h(k > 1 ? "th.num" : "th", { key: k }, words),
                    ),
                  ),
            ),
            h(
              "tbody",
              null,
              links
                ? shown.map((row, k) =>
                    h(
                      "tr",
                      { key: k },
                      row.map((words, c) => h(c > 1 ? "td.num" : "td", { key: c }, words)),
                    ),
                  )
                : shown.map(([item, k]) =>
                    h(
                      "tr",
                      { key: k },
                      h(
                        "td",
                        null,
                        item.open ? h("button.link", { type: "button", onclick: item.open }, item.name) : item.name,
                      ),
                      h("td", null, layerName(item.use.layer)),
                      h("td.num", null, integer(item.use.layers)),
                      h("td.num", null, integer(item.use.crossbars)),
                      h("td.num", null, percent(item.share)),
                      h("td.num", null, withUnit(item.use.energy_uJ, "uJ")),
                    ),
                  ),
            ),
          ),
        ),
        rows.length > ROWS
          ? h("p.small.muted", null, "The first " + integer(ROWS) + " of " + integer(rows.length) + ".")
          : null,
      ),
    );
  }

  function linkRows() {
    const { chip } = state;
    const end = (node, of) => (node < 0 ? "port" : "node " + node) + (chip.size.chips > 1 ? " of chip " + of : "");
    return chip.links.bits.map((bits, k) => [
      end(chip.links.from[k], chip.links.chip[k]),
      end(chip.links.to[k], chip.links.chip[k]),
      integer(bits),
      percent(linkBusy(chip, k)),
    ]);
  }

  function pointed(event) {
    const box = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    return shapes.findIndex((s) => x >= s.x && x <= s.x + s.width && y >= s.y && y <= s.y + s.height);
  }

  function focusOn(k) {
    if (k === state.focus || k < 0) return;
    state.focus = k;
    show();
  }

  canvas.addEventListener("pointermove", (event) => {
    const k = pointed(event);
    canvas.style.cursor = shapes[k]?.item.open ? "pointer" : "default";
    if (k >= 0 && k !== state.focus) {
      state.focus = k;
      drawStatus();
    }
  });
  canvas.addEventListener("click", (event) => {
    const k = pointed(event);
    if (k < 0) return;
    state.focus = k;
    shapes[k].item.open ? shapes[k].item.open() : show();
  });
  canvas.addEventListener("focus", () => show());
  canvas.addEventListener("blur", () => show());
  canvas.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (way) focusOn(neighbour(way));
    else if (event.key === "Enter" || event.key === " ") shapes[state.focus]?.item.open?.();
    else if (event.key === "Backspace" || (event.key === "Escape" && state.tile != null)) up();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // The nearest shape in a direction.
  function neighbour([dx, dy]) {
    const from = shapes[state.focus];
    if (!from) return 0;
    const centre = (s) => [s.x + s.width / 2, s.y + s.height / 2];
    const [x, y] = centre(from);
    let best = -1;
    let least = Infinity;
    shapes.forEach((shape, k) => {
      const [ax, ay] = centre(shape);
      const along = (ax - x) * dx + (ay - y) * dy;
      const aside = Math.abs((ax - x) * dy) + Math.abs((ay - y) * dx);
      const cost = along + 3 * aside;
      if (k !== state.focus && along > 0.5 && cost < least) [best, least] = [k, cost];
    });
    return best;
  }

  const stop = listen((what) => what.has("theme") && show());
  let width = 0;
  const resized = new ResizeObserver(([{ contentRect }]) => {
    if (Math.abs(contentRect.width - width) < 1) return;
    width = contentRect.width;
    if (state.chip) show();
  });
  resized.observe(canvas.parentElement);
  load();
  return {
    close() {
      closed = true;
      stop();
      resized.disconnect();
    },
  };
}

// Of links, which are thin: the ramp without its dark end, which does not read on a dark page.
function linkColour(share) {
  return ramp(0.3 + 0.7 * share);
}

const FABRICS = {
  mesh: "mesh",
  concentratedMesh: "concentrated mesh",
  torus: "torus",
  ring: "ring",
  bus: "bus",
  hTree: "tree",
  fatTree: "fat tree",
  reconfigurable: "reconfigurable fabric",
  none: "chip without a fabric",
};

function wordsOfFabric(word) {
  return FABRICS[word] ?? word;
}
