package dev.kirchhoff.peripherals.scaling;

/**
 * Classes of circuits that scale by one rule each. One blanket C V^2 rule misses a ReRAM chip
 * family between 180 nm and 40 nm by 3.7x, because sensing and cell currents do not follow it.
 */
public enum ScalingClass {
  /** Digital gates: {@link LogicScaling}. */
  LOGIC(
      5,
      180,
      "energy with the side of 6T cells, area Stillmaker and Baas 2017, doi"
          + " 10.1016/j.vlsi.2017.02.002; read") {
    @Override
    double energy(double node_nm, double supply_V) {
      return LogicScaling.energy(node_nm, supply_V);
    }

    @Override
    double area(double node_nm) {
      return LogicScaling.area(node_nm);
    }
  },
  /**
   * SRAM: energy as logic (periphery dominates), area as the 6T cell. Cells compiled from foundry
   * announcements at IEDM and VLSI (TSMC, Intel): 4.65 um2 at 180 nm to 0.021 um2 at 5 nm; they
   * vary by about 15 % between foundries.
   */
  SRAM(5, 180, "6T cells announced at IEDM and VLSI (TSMC, Intel), read; energy as logic") {
    @Override
    double energy(double node_nm, double supply_V) {
      return LogicScaling.energy(node_nm, supply_V);
    }

    @Override
    double area(double node_nm) {
      return SramCell.area_um2(node_nm);
    }
  },
  /**
   * Wires of a given length: capacitance per length does not change with the node (0.2 fF/um, see
   * {@link Process}), so energy ~ V^2 and area ~ node.
   */
  WIRE(5, 180, "ITRS interconnect, 0.2 fF/um at every node; read") {
    @Override
    double energy(double node_nm, double supply_V) {
      return supply_V * supply_V;
    }

    @Override
    double area(double node_nm) {
      return node_nm;
    }
  },
  /**
   * Converters, amplifiers, capacitors: energy ~ node V^2, area ~ node. Matching and noise keep
   * analogue circuits from shrinking with the square. Fitted: the ADC survey regression has area ~
   * node^0.993 and energy ~ node^1.88 with the supply inside (Accelergy ADC plug-in, coefficients
   * from Murmann's survey), which leaves about node^1 beside V^2.
   */
  ANALOG(7, 180, "Murmann's ADC survey as regressed in arXiv 2404.06553; fitted") {
    @Override
    double energy(double node_nm, double supply_V) {
      return node_nm * supply_V * supply_V;
    }

    @Override
    double area(double node_nm) {
      return node_nm;
    }
  },
  /**
   * Cell arrays: area in squares of the feature size; energy is that of the cells' currents and
   * does not scale.
   */
  ARRAY(5, 180, "cells in squares of the feature size") {
    @Override
    double energy(double node_nm, double supply_V) {
      return 1;
    }

    @Override
    double area(double node_nm) {
      return node_nm * node_nm;
    }
  },
  /**
   * Thick-oxide circuits at the write voltage: no change below 40 nm, node^2 above (assumed: gate
   * lengths of 1.8 V and 2.5 V devices stop at 150 to 280 nm); energy ~ V^2 of the write voltage,
   * which is not the core supply.
   */
  HIGH_VOLTAGE(5, 180, "gate lengths of 1.8 V and 2.5 V devices; assumed") {
    @Override
    double energy(double node_nm, double supply_V) {
      return 1;
    }

    @Override
    double area(double node_nm) {
      double effective_nm = Math.max(node_nm, HIGH_VOLTAGE_FLOOR_NM);
      return effective_nm * effective_nm;
    }
  },
  /** Pads and links off the chip: set by interface standards, no scaling. */
  INPUT_OUTPUT(5, 180, "set by the world outside; no scaling") {
    @Override
    double energy(double node_nm, double supply_V) {
      return 1;
    }

    @Override
    double area(double node_nm) {
      return 1;
    }
  };

  private static final double HIGH_VOLTAGE_FLOOR_NM = 40;

  private final double smallest_nm;
  private final double largest_nm;
  private final String source;

  ScalingClass(double smallest_nm, double largest_nm, String source) {
    this.smallest_nm = smallest_nm;
    this.largest_nm = largest_nm;
    this.source = source;
  }

  /** Smallest node that the rule was made for; below, its trend is continued. */
  public double smallest_nm() {
    return smallest_nm;
  }

  /** Largest node that the rule was made for. */
  public double largest_nm() {
    return largest_nm;
  }

  /** Source of the scaling rule. */
  public String source() {
    return source;
  }

  /** Relative energy of one circuit over node and supply. */
  abstract double energy(double node_nm, double supply_V);

  /** Relative area of one circuit over the node. */
  abstract double area(double node_nm);

  /** Factor on energy (and on power at an unchanged rate) from one node and supply to another. */
  public double energyFactor(double from_nm, double from_V, double to_nm, double to_V) {
    return from_nm == to_nm && from_V == to_V ? 1 : energy(to_nm, to_V) / energy(from_nm, from_V);
  }

  /** Factor on area from one node to another. */
  public double areaFactor(double from_nm, double to_nm) {
    return from_nm == to_nm ? 1 : area(to_nm) / area(from_nm);
  }

  /** Factor on leakage: total transistor width ~ node, drawn from the supply. */
  public double leakageFactor(double from_nm, double from_V, double to_nm, double to_V) {
    if (this == INPUT_OUTPUT || (from_nm == to_nm && from_V == to_V)) {
      return 1;
    }
    return (to_nm * to_V) / (from_nm * from_V);
  }

  /** Name of the class in an explanation. */
  public String word() {
    return switch (this) {
      case LOGIC -> "logic";
      case SRAM -> "SRAM";
      case WIRE -> "wire";
      case ANALOG -> "analogue";
      case ARRAY -> "array";
      case HIGH_VOLTAGE -> "high voltage";
      case INPUT_OUTPUT -> "I/O";
    };
  }
}
