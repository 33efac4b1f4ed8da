// Many points as an image: counts in cells by class, blended in the order of the classes. Pure but for the canvas that it
// draws into.

// Draws points. `u` and `v` are columns on the axes' scales, `px` and `py` { scale, offset } take them to pixels; `classOf` gives
// the class of a row (−1 = not drawn) and `colours` [r, g, b, most opacity] of each class.
export function drawRaster(g, { u, v, n, px, py, box, classOf, colours, cell = 3 }) {
  const width = Math.max(1, Math.ceil(box.width / cell));
  const height = Math.max(1, Math.ceil(box.height / cell));
  const cells = width * height;
  const counts = new Uint32Array(cells * colours.length);
  const sx = px.scale / cell;
  const ox = (px.offset - box.left) / cell;
  const sy = py.scale / cell;
  const oy = (py.offset - box.top) / cell;
  for (let row = 0; row < n; row++) {
    const kind = classOf[row];
    if (kind < 0) continue;
    const x = u[row] * sx + ox;
    const y = v[row] * sy + oy;
    if (x >= 0 && y >= 0 && x < width && y < height) counts[kind * cells + (y | 0) * width + (x | 0)]++;
  }
  const image = new ImageData(width, height);
  const to = image.data;
  colours.forEach(([red, green, blue, most], kind) => {
    let largest = 1;
    for (let at = kind * cells; at < (kind + 1) * cells; at++) if (counts[at] > largest) largest = counts[at];
    const k = 1 / Math.log(1 + largest);
    for (let at = 0, from = kind * cells; at < cells; at++, from++) {
      const count = counts[from];
      if (!count) continue;
      const alpha = most * (0.35 + 0.65 * Math.log(1 + count) * k);
      const under = (to[4 * at + 3] / 255) * (1 - alpha);
      const whole = alpha + under;
      to[4 * at] = (red * alpha + to[4 * at] * under) / whole;
      to[4 * at + 1] = (green * alpha + to[4 * at + 1] * under) / whole;
      to[4 * at + 2] = (blue * alpha + to[4 * at + 2] * under) / whole;
      to[4 * at + 3] = 255 * whole;
    }
  });
  const layer = new OffscreenCanvas(width, height);
  layer.getContext("2d").putImageData(image, 0, 0);
  g.imageSmoothingEnabled = false;
  g.drawImage(layer, box.left, box.top, width * cell, height * cell);
}
