package dev.kirchhoff.arch.chip;

import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.spec.View;

/** Binder of the sections that parts share: models with their given figures, devices of cells. */
public interface PartBinder {
  /** Model of a part; the library's default where its section names none. */
  ComponentModel model(View.Section part);

  /** Device of a cell, of the cell's own area where that is given. */
  Device device(View.Section cell);
}
