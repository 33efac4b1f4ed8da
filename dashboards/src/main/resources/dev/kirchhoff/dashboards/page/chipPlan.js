// Places and figures of tiles, PEs, crossbars and blocks of a chip as the server lays it out. Pure: no document.

/** Tiles of a chip in the cells of its grid: { columns, rows, schematic, cells: [{ k, x, y, size }] } in units of a node. */
export function tilePlan(chip) {
  const { tiles, gridColumns, size } = chip;
  const count = tiles.tile.length;
  const ofChip = Math.max(1, Math.round(size.tiles / size.chips));
  const atNode = new Map(); // tiles of each node, as several may share a router
  for (let k = 0; k < count; k++) {
    const key = tiles.chip[k] + ":" + tiles.node[k];
    atNode.set(key, [...(atNode.get(key) ?? []), k]);
  }
  const most = Math.max(1, ...[...atNode.values()].map((list) => list.length));
  const across = gridColumns && tiles.side === 1 ? Math.ceil(Math.sqrt(most)) : 1;
  const columns = gridColumns || Math.max(1, Math.ceil(Math.sqrt(ofChip)));
  const cells = [];
  for (let k = 0; k < count; k++) {
    const place = gridColumns ? tiles.node[k] : tiles.tile[k] - tiles.chip[k] * ofChip;
    const among = gridColumns && tiles.side === 1 ? atNode.get(tiles.chip[k] + ":" + tiles.node[k]).indexOf(k) : 0;
    const x = (place % columns) + tiles.chip[k] * (columns + 1) + (among % across) / across;
    const y = Math.floor(place / columns) + Math.floor(among / across) / across;
    cells.push({ k, x, y, size: (gridColumns ? tiles.side : 1) / across });
  }
  const right = Math.max(1, ...cells.map((cell) => cell.x + cell.size));
  const bottom = Math.max(1, ...cells.map((cell) => cell.y + cell.size));
  const left = Math.min(...cells.map((cell) => Math.floor(cell.x)), right - 1);
  const top = Math.min(...cells.map((cell) => Math.floor(cell.y)), bottom - 1);
  return { columns, across, left, top, right, bottom, schematic: !gridColumns, cells };
}

/** Centre of a node of a chip in the units of a plan; the port lies left of the first node. */
export function nodeCentre(chip, plan, ofChip, node) {
  const shift = ofChip * (plan.columns + 1);
  return node < 0
    ? { x: plan.left + shift - 0.35, y: plan.top + 0.5 }
    : { x: (node % plan.columns) + shift + 0.5, y: Math.floor(node / plan.columns) + 0.5 };
}

/** Share of the time between two inferences that a link is busy. */
export function linkBusy(chip, k) {
  return chip.links.bits[k] / (chip.link_bitPerNs * chip.links.capacity[k]) / chip.interval_ns;
}

/** Cells of a tile, all its loads together. */
export function cellsOfTile({ size }) {
  return size.pesPerTile * size.crossbarsPerPe * size.rows * size.columns * size.loads;
}

/** Cells that all copies of a layer use. */
export function cellsOfLayer(chip, layer) {
  const { crossbars, utilization } = chip.layers[layer];
  return crossbars * utilization * chip.size.rows * chip.size.columns;
}

/** Dynamic energy of a mean inference that cells of a layer take, in proportion to all that it uses. */
export function energyOf(chip, layer, cells) {
  const of = chip.layers[layer];
  return of.crossbars ? (of.share * of.energy_uJ * cells) / cellsOfLayer(chip, layer) : 0;
}

/** Use of some blocks: { layer of most cells or -1, layers, blocks, crossbars, cells, energy_uJ }. */
export function usage(chip, blocks) {
  const cellsOf = new Map();
  const crossbars = new Set();
  let cells = 0;
  let energy_uJ = 0;
  for (const block of blocks) {
    const own = block.rows * block.columns;
    cellsOf.set(block.layer, (cellsOf.get(block.layer) ?? 0) + own);
    crossbars.add(block.pe + "." + block.crossbar);
    cells += own;
    energy_uJ += energyOf(chip, block.layer, own);
  }
  const layer = [...cellsOf].sort((a, b) => b[1] - a[1])[0]?.[0] ?? -1;
  return { layer, layers: cellsOf.size, blocks: blocks.length, crossbars: crossbars.size, cells, energy_uJ };
}

/** Columns of a grid of so many equal cells, without a hole and next to a square. */
export function gridOf(count) {
  let columns = Math.max(1, Math.ceil(Math.sqrt(count)));
  while (count % columns) columns++;
  return { columns, rows: count / columns };
}

/**
 * Rectangles of a PE or tile with true areas, in the unit square: equal cells for what it repeats, and strips beside them
 * for its own parts. `own` is [{ part, area_um2 }], `cell_um2` the area of one cell.
 */
export function areaPlan(count, cell_um2, own) {
  const cells_um2 = count * cell_um2;
  const rest_um2 = own.reduce((sum, part) => sum + part.area_um2, 0);
  const all_um2 = cells_um2 + rest_um2;
  const width = all_um2 > 0 ? cells_um2 / all_um2 : 1;
  const { columns, rows } = gridOf(count);
  const cells = Array.from({ length: count }, (_, k) => ({
    k,
    x: ((k % columns) * width) / columns,
    y: Math.floor(k / columns) / rows,
    width: width / columns,
    height: 1 / rows,
  }));
  let y = 0;
  const parts = own
    .filter((part) => part.area_um2 > 0)
    .sort((a, b) => b.area_um2 - a.area_um2)
    .map((part) => {
      const height = part.area_um2 / rest_um2;
      const at = { part: part.part, area_um2: part.area_um2, x: width, y, width: 1 - width, height };
      y += height;
      return at;
    });
  return { cells, parts, all_um2, columns };
}

/** Area of one PE with all that is in it. */
export function areaOfPe({ areas }) {
  return areas.filter((area) => area.level === "pe").reduce((sum, area) => sum + area.area_um2, 0);
}

// Stops of cividis (Nuñez, Anderton, Renslow 2018), which the colour-blind see alike.
const STOPS = [
  "#00224e",
  "#123570",
  "#3b496c",
  "#575d6d",
  "#707173",
  "#8a8678",
  "#a59c74",
  "#c3b369",
  "#e1cc55",
  "#fee838",
];

/** Colour of a share from 0 to 1 as [red, green, blue]. */
export function ramp(share) {
  const at = Math.min(1, Math.max(0, share)) * (STOPS.length - 1);
  const k = Math.min(STOPS.length - 2, Math.floor(at));
  const channel = (text, c) => parseInt(text.slice(1 + 2 * c, 3 + 2 * c), 16);
  return [0, 1, 2].map((c) => {
    const [a, b] = [channel(STOPS[k], c), channel(STOPS[k + 1], c)];
    return Math.round(a + (b - a) * (at - k));
  });
}

/** Colour of a layer: along the ramp in the order of the layers, neighbours told apart by their lightness. */
export function layerColour(layer, count) {
  const [r, g, b] = ramp(count > 1 ? layer / (count - 1) : 0.5);
  const by = layer % 2 ? 1 : 0.82;
  return [r, g, b].map((channel) => Math.min(255, Math.round(channel * by)));
}

/** Ink that reads on a colour. */
export function inkOn([r, g, b]) {
  const linear = [r, g, b].map((channel) => (channel / 255) ** 2.2);
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] > 0.2 ? "#15191e" : "#ffffff";
}

export const css = ([r, g, b]) => "rgb(" + r + " " + g + " " + b + ")";
