package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MappingOptions.Overflow;
import dev.kirchhoff.arch.workload.MappingOptions.Schedule;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.CrossbarMapping;
import dev.kirchhoff.mapper.duplicate.Copies;
import dev.kirchhoff.mapper.duplicate.Duplication;
import dev.kirchhoff.mapper.duplicate.PhaseCopies;
import dev.kirchhoff.mapper.duplicate.Stage;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.mapping.PhaseLoading.LayerLoad;
import dev.kirchhoff.mapper.schedule.ChipCut;
import dev.kirchhoff.mapper.schedule.CrossbarSpan;
import dev.kirchhoff.mapper.schedule.PhasePlan;
import dev.kirchhoff.mapper.schedule.TileRates;
import dev.kirchhoff.peripherals.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Mapper of programs onto a chip: copies within the chip's crossbars, crossbars that layers share,
 * chips or phases where they do not fit, positions. Programs share the chip and run one after
 * another; each gets the extra crossbars of its own share.
 */
public final class Mapper {
  private static final int ATTEMPTS = 4;
  private final Duplication duplication = new Duplication();

  /**
   * Maps a design.
   *
   * @param counts counts of the programs of its jobs, in order
   */
  public Mapping map(Design design, Timing timing, List<ProgramCounts> counts) {
    ArrayUse use = ArrayUse.of(design);
    return new Fitting(design, timing, use, granule(use, design.mapping())).map(counts);
  }

  /** Copies that every layer has: one, or those that fill tiles of its own. */
  private static Copies baseCopies(ProgramCounts counts) {
    int[] copies = new int[counts.stages()];
    for (int l = 0; l < counts.layers(); l++) {
      if (counts.isOnCrossbars(l)) {
        copies[counts.stage(l)] =
            counts.mapping(l).map(CrossbarMapping::region).orElseThrow().copies();
      }
    }
    return Copies.ofStages(copies);
  }

  /** Crossbars of which a layer takes whole multiples; own tiles are whole already. */
  private static int granule(ArrayUse use, MappingOptions mapping) {
    if (mapping.floorplan() != Floorplan.SHARED) {
      return 1;
    }
    return switch (mapping.allocation().granularity()) {
      case CROSSBAR -> 1;
      case PE -> use.perPe();
      case TILE -> use.perTile();
    };
  }

  private static double crossbars(List<MappedProgram> programs) {
    double sum = 0;
    for (MappedProgram program : programs) {
      sum += program.crossbars();
    }
    return sum;
  }

  /**
   * Programs with their crossbars.
   *
   * @param cut chips of their layers; empty where they may not take several
   */
  private record Draft(List<MappedProgram> programs, double crossbars, Optional<ChipCut> cut) {
    int chips() {
      return cut.map(ChipCut::chips).orElse(1);
    }
  }

  /** Rules by which a design's programs are fitted onto its chip. */
  private final class Fitting {
    private final Design design;
    private final MappingOptions options;
    private final Timing timing;
    private final ArrayUse use;
    private final int granule;
    private final boolean hasFittingTiles;
    private final boolean onChips;
    private final double perChip;

    private Fitting(Design design, Timing timing, ArrayUse use, int granule) {
      this.design = design;
      this.timing = timing;
      this.use = use;
      this.granule = granule;
      options = design.mapping();
      OptionalInt tiles = design.chip().tile().count();
      hasFittingTiles = tiles.isEmpty();
      onChips = !hasFittingTiles && options.overflow() == Overflow.CHIPS;
      perChip =
          tiles.isPresent() ? (double) tiles.getAsInt() * use.perTile() : Double.POSITIVE_INFINITY;
    }

    private List<MappedProgram> programs(List<ProgramCounts> counts) {
      TileRates rates = TileRates.of(timing, design.chip().tile().units());
      double weights = 0;
      for (Job job : design.jobs()) {
        weights += job.weight();
      }
      List<MappedProgram> programs = new ArrayList<>();
      for (int j = 0; j < counts.size(); j++) {
        ProgramCounts counted = counts.get(j);
        Job job = design.jobs().get(j);
        ProgramTimes times =
            ProgramTimes.of(counted, rates, timing.pass(), job.isKernel(), use.perTile(), granule);
        programs.add(
            new MappedProgram(
                job,
                job.weight() / weights,
                counted,
                times,
                baseCopies(counted),
                Optional.empty(),
                Optional.empty()));
      }
      return programs;
    }

    private Mapping map(List<ProgramCounts> counts) {
      List<MappedProgram> programs = programs(counts);
      Draft one = cut(programs, crossbarsOfCopies(programs));
      boolean anyNumber = onChips && options.batching().chips().isEmpty();
      double available = anyNumber ? Double.POSITIVE_INFINITY : perChip * one.chips();
      boolean pipelined = options.schedule() == Schedule.PIPELINED;
      boolean fits = onChips ? missing(one) == 0 : one.crossbars() <= available;
      Draft draft = duplicates() && fits ? duplicated(one, available, pipelined) : one;
      if (CrossbarSharing.isWanted(options) && !use.takesTurns()) {
        draft = shared(draft, pipelined, false);
        if (draft.crossbars() > available) {
          draft = shared(draft, pipelined, true);
        }
        draft = cut(draft.programs(), draft.crossbars());
      }
      double missing = onChips ? missing(draft) : Math.max(0, draft.crossbars() - available);
      if (missing > 0 && options.overflow() == Overflow.RELOAD) {
        return inPhases(draft.programs(), available);
      }
      double tilesOfChip =
          hasFittingTiles
              ? Math.max(1, Math.ceil(draft.crossbars() / use.perTile()))
              : design.chip().tile().count().getAsInt();
      Mapping.Size size =
          new Mapping.Size(tilesOfChip, draft.chips(), draft.crossbars(), missing, pipelined);
      return mapping(draft.programs(), size, draft.cut(), Optional.empty());
    }

    private double crossbarsOfCopies(List<MappedProgram> programs) {
      double sum = 0;
      for (MappedProgram program : programs) {
        sum += program.crossbarsOfCopies();
      }
      return sum;
    }

    /** Crossbars that the chips of a draft lack. */
    private double missing(Draft draft) {
      return draft.cut().map(ChipCut::missing).orElse(0.0);
    }

    /** True if there are copies: bought, or filling a layer's PEs or tiles. */
    private boolean duplicates() {
      return options.floorplan() == Floorplan.SHARED
          && (options.extraCrossbars() > 0
              || options.allocation().granularity() != MappingOptions.Granularity.CROSSBAR);
    }

    /** Lays programs on chips, where they may take several. */
    private Draft cut(List<MappedProgram> programs, double crossbars) {
      if (!onChips) {
        return new Draft(programs, crossbars, Optional.empty());
      }
      List<ChipCut.Demand> demands = new ArrayList<>();
      for (LayerLoad layer : loads(programs)) {
        demands.add(new ChipCut.Demand(layer.crossbars(), layer.live_bits()));
      }
      OptionalInt most = options.batching().chips();
      ChipCut cut =
          most.isPresent()
              ? ChipCut.onAtMost(demands, perChip, most.getAsInt())
              : ChipCut.onFewest(demands, perChip);
      return new Draft(programs, crossbars, Optional.of(cut));
    }

    private List<LayerLoad> loads(List<MappedProgram> programs) {
      List<LayerLoad> loads = new ArrayList<>();
      for (int j = 0; j < programs.size(); j++) {
        MappedProgram program = programs.get(j);
        double[] live = program.counts().bits().aliveBefore();
        for (int l = 0; l < program.layers(); l++) {
          double crossbars = program.crossbars(l);
          double stored = program.isWritten(l) ? 0 : crossbars;
          boolean isReused = program.counts().stores(l) && program.counts().isReused(l);
          loads.add(new LayerLoad(j, crossbars, stored, live[l], isReused));
        }
      }
      return loads;
    }

    /**
     * Spends extra crossbars. Chips of a given number may have no room for copies that all of them
     * together would have; then fewer are made.
     */
    private Draft duplicated(Draft one, double available, boolean pipelined) {
      double share = Math.min(options.extraCrossbars(), available / one.crossbars() - 1);
      List<MappedProgram> base = one.programs();
      for (int attempt = 0; attempt < ATTEMPTS; attempt++, share /= 2) {
        List<MappedProgram> copied = new ArrayList<>();
        for (MappedProgram program : base) {
          double budget = Math.floor(program.crossbarsOfCopies() * (1 + share) + 1e-9);
          copied.add(
              program.withCopies(
                  pipelined
                      ? Duplication.slowest(program.times().stages(), budget)
                      : duplication.total(program.times().stages(), budget)));
        }
        Draft draft = cut(copied, crossbarsOfCopies(copied));
        if (missing(draft) == 0) {
          return draft;
        }
        base = single(copied);
      }
      return cut(base, one.crossbars());
    }

    private List<MappedProgram> single(List<MappedProgram> programs) {
      return programs.stream()
          .map(program -> program.withCopies(Copies.oneEach(program.counts().stages())))
          .toList();
    }

    /**
     * Lets layers share crossbars.
     *
     * @param tight so closely that they wait for each other
     */
    private Draft shared(Draft draft, boolean pipelined, boolean tight) {
      List<MappedProgram> sharing = new ArrayList<>();
      for (MappedProgram program : draft.programs()) {
        sharing.add(
            program.withSharing(
                Optional.of(
                    CrossbarSharing.of(
                        program.counts(),
                        program.times(),
                        program.copies(),
                        use.side(),
                        pipelined,
                        tight))));
      }
      return new Draft(sharing, crossbars(sharing), draft.cut());
    }

    /**
     * True if matrices that several layers use may stay beside the largest of the others. Without
     * room for them each of these layers loads a matrix of its own.
     */
    private boolean haveReusedRoom(List<MappedProgram> programs, double available) {
      double reused = 0;
      double largest = 0;
      for (LayerLoad load : loads(programs)) {
        reused += load.isReused() ? load.crossbars() : 0;
        largest = load.isReused() ? largest : Math.max(largest, load.crossbars());
      }
      return reused == 0 || reused + largest <= available;
    }

    /** Loads weights in phases; layers run one by one, on crossbars of their own. */
    private Mapping inPhases(List<MappedProgram> programs, double available) {
      List<MappedProgram> unshared =
          haveReusedRoom(programs, available)
              ? programs.stream().map(program -> program.withSharing(Optional.empty())).toList()
              : programs(
                  programs.stream()
                      .map(program -> program.counts().withSeparateMatrices())
                      .toList());
      double tiles = design.chip().tile().count().getAsInt();
      int batch = options.batching().batch().orElse(1);
      double buffer_B = design.chip().tile().buffer().map(Memory::size_B).orElse(0.0);
      double buffers_bits = tiles * buffer_B * Units.BITS_PER_BYTE;
      double crossbar_ns = timing.programming().crossbars_ns(1, tiles, use.side().cells());
      NextLevel next = NextLevel.of(design.chip(), timing);
      PhaseLoading loading =
          PhaseLoading.plan(
              loads(unshared),
              new PhasePlan.Writing(tiles * use.perTile(), tiles, crossbar_ns),
              next,
              batch,
              buffers_bits);
      double missing = crossbars(unshared) - available;
      if (duplicates()) {
        unshared = copied(unshared, loading, tiles, crossbar_ns, batch);
        loading = loading.withCopies(loads(unshared), next);
      }
      Mapping.Size size = new Mapping.Size(tiles, 1, crossbars(unshared), missing, false);
      return mapping(unshared, size, Optional.empty(), Optional.of(loading));
    }

    private List<MappedProgram> copied(
        List<MappedProgram> programs,
        PhaseLoading loading,
        double tiles,
        double crossbar_ns,
        int batch) {
      List<PhaseCopies.Loaded> loaded = new ArrayList<>();
      int index = 0;
      for (MappedProgram program : programs) {
        for (int l = 0; l < program.layers(); l++, index++) {
          if (program.counts().stores(l)) {
            OptionalInt phase = loading.phases().phaseOf(index);
            boolean isCopied = !program.isWritten(l);
            Stage stage =
                isCopied
                    ? program.times().stages().stage(program.counts().stage(l))
                    : new Stage(0, 0, 0, program.crossbars(l));
            loaded.add(new PhaseCopies.Loaded(phase, program.share(), stage, isCopied));
          }
        }
      }
      PhaseCopies.Chip chip = new PhaseCopies.Chip(tiles, use.perTile(), granule, crossbar_ns);
      Copies copies = PhaseCopies.of(duplication, chip, loaded, options.extraCrossbars(), batch);
      List<MappedProgram> copied = new ArrayList<>();
      int next = 0;
      for (MappedProgram program : programs) {
        int[] ofStages = new int[program.counts().stages()];
        for (int s = 0; s < ofStages.length; s++) {
          ofStages[s] = copies.of(next++);
        }
        copied.add(program.withCopies(Copies.ofStages(ofStages)));
      }
      return copied;
    }

    private Mapping mapping(
        List<MappedProgram> programs,
        Mapping.Size size,
        Optional<ChipCut> cut,
        Optional<PhaseLoading> loading) {
      List<List<CrossbarSpan>> spans = spans(programs, size, cut, loading);
      return new Mapping(
          use,
          PeakState.of(design, use),
          use.takesTurns() ? withTurns(programs, spans, size.isPipelined()) : programs,
          size,
          cut,
          loading,
          spans,
          Fabric.of(design.chip().uncore().interconnect(), (int) size.tilesOfChip()));
    }

    private List<MappedProgram> withTurns(
        List<MappedProgram> programs, List<List<CrossbarSpan>> spans, boolean isPipelined) {
      List<MappedProgram> taking = new ArrayList<>();
      for (int j = 0; j < programs.size(); j++) {
        MappedProgram program = programs.get(j);
        taking.add(
            program.withTurns(ArrayTurns.of(program::reads_ns, spans.get(j), use, isPipelined)));
      }
      return taking;
    }

    /**
     * Crossbars of each layer: one behind the other on the tiles of one chip, where the phases put
     * them, or on the chips that the cut gives them.
     */
    private List<List<CrossbarSpan>> spans(
        List<MappedProgram> programs,
        Mapping.Size size,
        Optional<ChipCut> cut,
        Optional<PhaseLoading> loading) {
      double ofChip = (double) use.perTile() * (int) size.tilesOfChip();
      List<List<CrossbarSpan>> spans = new ArrayList<>();
      double end = 0;
      int layer = 0;
      for (MappedProgram program : programs) {
        List<CrossbarSpan> ofProgram = new ArrayList<>(program.layers());
        for (int l = 0; l < program.layers(); l++, layer++) {
          double crossbars = program.crossbars(l);
          int storing = program.counts().storing(l);
          if (storing != l) {
            ofProgram.add(ofProgram.get(storing));
            continue;
          }
          if (loading.isPresent()) {
            ofProgram.add(new CrossbarSpan(loading.get().position(layer), crossbars));
            continue;
          }
          if (cut.isPresent() && crossbars > 0) {
            end = Math.max(end, cut.get().chipOf(layer) * ofChip);
          }
          ofProgram.add(new CrossbarSpan(end, crossbars));
          end += crossbars;
        }
        spans.add(ofProgram);
      }
      return spans;
    }
  }
}
