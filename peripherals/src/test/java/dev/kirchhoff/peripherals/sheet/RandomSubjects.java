package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Io.IoKind;
import dev.kirchhoff.arch.chip.LoopAmplifier;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.peripherals.analog.AmplifiedColumn;
import dev.kirchhoff.peripherals.analog.LoopRow;
import dev.kirchhoff.peripherals.analog.MuxedColumns;
import dev.kirchhoff.peripherals.analog.SampledColumn;
import dev.kirchhoff.peripherals.analog.SwitchedLines;
import dev.kirchhoff.peripherals.array.ArrayCells;
import dev.kirchhoff.peripherals.array.RandomCells;
import dev.kirchhoff.peripherals.array.WrittenCells;
import dev.kirchhoff.peripherals.array.WrittenColumns;
import dev.kirchhoff.peripherals.digital.Accumulation;
import dev.kirchhoff.peripherals.digital.AddedCodes;
import dev.kirchhoff.peripherals.digital.Operands;
import dev.kirchhoff.peripherals.digital.SlicedCodes;
import dev.kirchhoff.peripherals.input.DigitPulse;
import dev.kirchhoff.peripherals.input.DrivenRow;
import dev.kirchhoff.peripherals.input.SelectedRows;
import dev.kirchhoff.peripherals.link.OffChipLink;
import dev.kirchhoff.peripherals.link.TileLinks;
import dev.kirchhoff.peripherals.link.Wiring;
import dev.kirchhoff.peripherals.memory.MemorySize;
import dev.kirchhoff.peripherals.neurosim.MeasuredCells;
import dev.kirchhoff.peripherals.random.RandomCircuits;
import dev.kirchhoff.peripherals.readout.AddedColumn;
import dev.kirchhoff.peripherals.readout.RandomColumns;
import dev.kirchhoff.peripherals.readout.ReadoutColumn;
import dev.kirchhoff.peripherals.readout.ReadoutNames;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Subjects that the circuits of one vocabulary are sized for, drawn at random.
 *
 * @param vocabulary names that their equations read
 * @param process process of a subject
 * @param draw a random subject
 */
record RandomSubjects<T>(
    Vocabulary<T> vocabulary, Function<T, Process> process, Function<Random, T> draw) {
  private static final ComponentModel MODEL = ComponentModel.standard();

  /** Subjects of all circuits of the catalogue. */
  static final List<RandomSubjects<?>> ALL =
      List.of(
          new RandomSubjects<>(ReadoutNames.VOCABULARY, ReadoutColumn::process, RandomColumns::of),
          new RandomSubjects<>(
              AddedColumn.Built.VOCABULARY,
              AddedColumn.Built::process,
              r -> {
                AddedColumn column = new AddedColumn(whole(r, 512), whole(r, 8), whole(r, 8));
                return new AddedColumn.Built(process(r), column);
              }),
          new RandomSubjects<>(
              AmplifiedColumn.NAMES, AmplifiedColumn::process, RandomSubjects::amplified),
          new RandomSubjects<>(
              SampledColumn.NAMES,
              SampledColumn::process,
              r -> {
                ReadoutColumn column = RandomColumns.of(r);
                double hold_ns = within(r, 0.1, 1e5);
                double pulse_ns = within(r, 0.1, 100);
                return new SampledColumn(
                    column.process(), column.signal(), hold_ns, whole(r, 8), pulse_ns);
              }),
          new RandomSubjects<>(
              SwitchedLines.NAMES,
              SwitchedLines::process,
              r ->
                  new SwitchedLines(
                      process(r),
                      whole(r, 512),
                      whole(r, 512),
                      within(r, 0.1, 1e4),
                      within(r, 0.1, 1e4))),
          new RandomSubjects<>(
              MuxedColumns.NAMES,
              MuxedColumns::process,
              r ->
                  r.nextBoolean()
                      ? MuxedColumns.ofCurrents(process(r), whole(r, 64), within(r, 0.1, 1e4))
                      : MuxedColumns.ofVoltages(
                          process(r),
                          whole(r, 64),
                          within(r, 1, 1e4),
                          whole(r, 12),
                          within(r, 0.1, 100))),
          new RandomSubjects<>(
              LoopRow.NAMES,
              LoopRow::process,
              r -> {
                LoopAmplifier amplifier =
                    new LoopAmplifier(
                        within(r, 2, 1e6), within(r, 0.01, 10), within(r, 1e-4, 0.05), MODEL);
                return new LoopRow(
                    process(r), amplifier, within(r, 1, 1e3), within(r, 0.1, 1e4), kT_fJ(r));
              }),
          new RandomSubjects<>(
              DigitPulse.NAMES,
              DigitPulse::process,
              r -> new DigitPulse(process(r), within(r, 1e-3, 100), r.nextBoolean())),
          new RandomSubjects<>(DrivenRow.NAMES, DrivenRow::process, RandomSubjects::row),
          new RandomSubjects<>(
              SelectedRows.NAMES,
              SelectedRows::process,
              r -> new SelectedRows(process(r), whole(r, 512), whole(r, 8))),
          new RandomSubjects<>(MemorySize.VOCABULARY, MemorySize::process, RandomSubjects::memory),
          new RandomSubjects<>(
              OffChipLink.VOCABULARY,
              OffChipLink::process,
              r -> {
                IoKind kind = IoKind.values()[r.nextInt(IoKind.values().length)];
                return new OffChipLink(process(r), kind, within(r, 0.1, 1e3));
              }),
          new RandomSubjects<>(
              Wiring.VOCABULARY,
              Wiring::process,
              r -> new Wiring(process(r), whole(r, 512), within(r, 1, 1e4), within(r, 1, 1e5))),
          new RandomSubjects<>(ArrayCells.VOCABULARY, ArrayCells::process, RandomCells::of),
          new RandomSubjects<>(
              WrittenColumns.VOCABULARY, WrittenColumns::process, RandomCells::columns),
          new RandomSubjects<>(
              WrittenCells.VOCABULARY, c -> c.array().cells().process(), RandomCells::written),
          new RandomSubjects<>(
              MeasuredCells.VOCABULARY,
              c -> c.cells().process(),
              r -> new MeasuredCells(RandomCells.of(r), whole(r, 32))),
          new RandomSubjects<>(
              TileLinks.VOCABULARY,
              TileLinks::process,
              r ->
                  new TileLinks(
                      process(r),
                      2 + whole(r, 15),
                      whole(r, 16),
                      whole(r, 512),
                      new TileLinks.Wires(within(r, 1, 1e4), within(r, 1, 1e5), within(r, 1, 1e4)),
                      within(r, 0.1, 10))),
          new RandomSubjects<>(
              AddedCodes.VOCABULARY,
              AddedCodes::process,
              r -> {
                Accumulation sum =
                    new Accumulation(
                        whole(r, 12), whole(r, 8), whole(r, 8), whole(r, 8), whole(r, 8), 1);
                Accumulation groups =
                    new Accumulation(
                        whole(r, 12), whole(r, 4), whole(r, 4), whole(r, 8), 1, whole(r, 64));
                return new AddedCodes(process(r), whole(r, 48), r.nextBoolean() ? sum : groups);
              }),
          new RandomSubjects<>(
              SlicedCodes.VOCABULARY,
              SlicedCodes::process,
              r -> new SlicedCodes(process(r), whole(r, 12), whole(r, 16), whole(r, 16))),
          new RandomSubjects<>(
              Operands.VOCABULARY,
              Operands::process,
              r -> new Operands(process(r), whole(r, 16), whole(r, 16))),
          new RandomSubjects<>(
              RandomCircuits.VOCABULARY, process -> process, RandomSubjects::process),
          new RandomSubjects<>(
              RandomCircuits.OF_DELAYS,
              RandomCircuits.Delay::process,
              r -> {
                RandomSource.Counter counter =
                    new RandomSource.Counter(
                        1, within(r, 1, 1e5), 0.3, within(r, 1, 1e5), within(r, 0.1, 10), MODEL);
                return new RandomCircuits.Delay(process(r), counter);
              }));

  /** A circuit's sheet, if it is sized for such subjects. */
  Optional<Sheet<T>> sheet(CircuitFile file) {
    return SheetLinker.link(file, Circuits.CATALOGUE, vocabulary, new Problems());
  }

  /** A circuit of random sizes, as often as asked. */
  Stream<Solution> solutions(Sheet<T> sheet, int cases, long seed) {
    Random random = new Random(seed);
    return Stream.generate(() -> draw.apply(random))
        .limit(cases)
        .map(
            subject -> {
              double node_nm = process.apply(subject).node_nm();
              return Solution.of(sheet, subject, node_nm, ConstantChanges.NONE);
            });
  }

  private static Process process(Random r) {
    return RandomColumns.process(r);
  }

  private static int whole(Random r, int most) {
    return (int) within(r, 1, most + 1);
  }

  private static double within(Random r, double least, double most) {
    return least * StrictMath.pow(most / least, r.nextDouble());
  }

  /** Thermal energy between 250 and 400 K. */
  private static double kT_fJ(Random r) {
    return 1.380649e-8 * (250 + 150 * r.nextDouble());
  }

  private static AmplifiedColumn amplified(Random r) {
    ReadoutColumn column = RandomColumns.of(r);
    Signal current =
        Signal.ofCurrent(
            Circuits.CATALOGUE,
            column.process(),
            column.load(),
            column.bits(),
            r.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(1),
            r.nextBoolean(),
            300);
    return new AmplifiedColumn(
        column.process(),
        current,
        column.load(),
        within(r, 1, 1e3),
        within(r, 1, 1e4),
        within(r, 0.01, 100),
        within(r, 0.01, 100),
        r.nextInt(8) == 0 ? 0 : within(r, 0.01, 1e3));
  }

  private static DrivenRow row(Random r) {
    Process process = process(r);
    Input.Swing swing =
        r.nextBoolean()
            ? Input.Swing.SUPPLY
            : new Input.Swing(r.nextDouble(), OptionalDouble.of(2 * r.nextDouble()));
    double read_V = 0.05 + 0.4 * r.nextDouble();
    int bits = whole(r, 16);
    DrivenRow.Line line =
        new DrivenRow.Line(
            bits,
            r.nextBoolean(),
            within(r, 1, 1e3),
            within(r, 1, 1e4),
            read_V,
            read_V + r.nextDouble(),
            r.nextBoolean(),
            swing);
    Optional<DrivenRow.SignedLine> beside =
        r.nextBoolean()
            ? Optional.empty()
            : Optional.of(
                new DrivenRow.SignedLine(within(r, 1, 1e3), within(r, 0.1, 100), r.nextBoolean()));
    Optional<DrivenRow.Levels> levels =
        r.nextBoolean()
            ? Optional.empty()
            : Optional.of(
                new DrivenRow.Levels(
                    bits + r.nextInt(8),
                    read_V,
                    whole(r, 512),
                    within(r, 0.01, 100),
                    within(r, 0.01, 100),
                    kT_fJ(r)));
    return new DrivenRow(
        process,
        line,
        beside,
        levels,
        new DrivenRow.Train(1 + 3 * r.nextDouble(), 1 + r.nextInt(8)));
  }

  private static MemorySize memory(Random r) {
    Memory.MemoryKind kind =
        Memory.MemoryKind.values()[r.nextInt(Memory.MemoryKind.values().length)];
    Memory memory = new Memory(kind, whole(r, 1 << 22), whole(r, 1024), 1 + r.nextInt(2), MODEL);
    return new MemorySize(process(r), memory, within(r, 0.1, 10));
  }
}
