package dev.kirchhoff.dse.cli;

import static dev.kirchhoff.dse.cli.KernelSpecs.DCT;
import static dev.kirchhoff.dse.cli.KernelSpecs.HOPFIELD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of specs of kernels that are wrong: each problem at its line and column, all at once. */
class BadKernelInputTest {
  @TempDir private Path folder;

  private CommandRun check(String text) {
    return CommandRun.of("check", KernelSpecs.write(folder, "a", text));
  }

  private CommandRun checkWorkload(String workload, String... more) {
    return check(KernelSpecs.text(workload, more));
  }

  /** An array of bytes of zeros. */
  private void npy(String name, int rows, int columns) throws IOException {
    String header =
        "{'descr': '|u1', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, columns);
    header += " ".repeat(63 - (10 + header.length()) % 64) + "\n";
    ByteBuffer file =
        ByteBuffer.allocate(10 + header.length() + rows * columns).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) 1).put((byte) 0).putShort((short) header.length());
    file.put(header.getBytes(StandardCharsets.US_ASCII));
    Files.write(folder.resolve(name), file.array());
  }

  @Test
  void anUnknownKernelAndAnUnknownKeyGetTheNearestName() {
    checkWorkload("{kernel: hopfeld}")
        .refuses("a.yaml:3:20 workload.kernel: unknown kernel 'hopfeld'; did you mean hopfield?");
    checkWorkload("{kernel: dct, blok: 8, quality: 200, copies: 0.5}")
        .refuses(
            "a.yaml:3:25 workload.blok: unknown key of a dct kernel; did you mean block?",
            "a.yaml:3:43 workload.quality: is 200, must be 1..100",
            "a.yaml:3:56 workload.copies: is 0.5, must be a whole number 1..64",
            "a.yaml: 3 problems, nothing was evaluated");
    checkWorkload("{kernel: dct, network: resnet18}")
        .refuses("a.yaml:3:25 workload.network: unknown key of a dct kernel");
  }

  @Test
  void aKernelIsNoChoiceWithinOneMapping() {
    checkWorkload("{kernel: {any: [dct, hopfield]}}")
        .refuses(
            "a.yaml:3:12 workload.kernel: must be one word; write kernels to choose from as items"
                + " of any");
    checkWorkload("{any: [" + DCT + ", " + HOPFIELD + "]}").exits(0);
  }

  @Test
  void aBareNameOfAKernelIsToldHowItIsWritten() {
    checkWorkload("dct")
        .refuses(
            "a.yaml:3:11 workload: unknown network 'dct', but there is a kernel of this name:"
                + " {kernel: dct}");
  }

  @Test
  void aKernelStandsInAListOnce() {
    checkWorkload("[" + DCT + ", {kernel: dct, block: 4}]")
        .refuses(
            "a.yaml:3:48 workload: dct is given twice; figures are told apart by this word, so that a"
                + " workload has each kernel once");
  }

  @Test
  void aSystemMustBeSquareAndItsFileBeThere() throws IOException {
    Files.writeString(
        folder.resolve("oblong.mtx"),
        "%%MatrixMarket matrix coordinate real general\n2 3 2\n1 1 1.0\n2 2 1.0\n");
    Files.writeString(folder.resolve("word.mtx"), "a matrix\n");
    String workload = "{kernel: conjugateGradient, matrix: {kind: file, file: %s}}";
    checkWorkload(workload.formatted("oblong.mtx"))
        .refuses(
            "a.yaml:3:66 workload.matrix.file: holds a matrix of 2 x 3; a system to solve must be"
                + " square");
    checkWorkload(workload.formatted("no.mtx"))
        .refuses("a.yaml:3:66 workload.matrix.file: no.mtx does not exist");
    checkWorkload(workload.formatted("word.mtx")).refuses("a.yaml:3:66 workload.matrix.file: ");
    checkWorkload(workload.formatted("{any: [oblong.mtx, no.mtx]}"))
        .refuses(
            "a.yaml:3:73 workload.matrix.file: holds a matrix of 2 x 3",
            "a.yaml:3:85 workload.matrix.file: no.mtx does not exist",
            "a.yaml: 2 problems, nothing was evaluated");
  }

  @Test
  void anImageMustBeOneAndOfASizeThatCanBeRead() throws IOException {
    npy("small.npy", 4, 4);
    npy("wide.npy", 8, 8192);
    npy("huge.npy", 8192, 8192);
    npy("good.npy", 16, 16);
    Files.writeString(folder.resolve("text.png"), "no image");
    checkWorkload("{kernel: dct, image: good.npy}").exits(0);
    checkWorkload("{kernel: dct, image: small.npy}")
        .refuses("a.yaml:3:32 workload.image: is 4 x 4, must be 8 x 8 at least");
    checkWorkload("{kernel: dct, image: huge.npy}")
        .refuses("a.yaml:3:32 workload.image: huge.npy is 64 MB, at most 64 MB can be read");
    checkWorkload("{kernel: dct, image: text.png}")
        .refuses("a.yaml:3:32 workload.image: is neither a PNG image nor an .npy array");
    checkWorkload("{kernel: dct, image: no.png}")
        .refuses("a.yaml:3:32 workload.image: no.png does not exist");
  }

  @Test
  void partsThatAKernelNeedsAreToldUnlessAChoiceHasThem() {
    String spec = KernelSpecs.text("{kernel: sparseCoding, patches: 1, iterations: 2}");
    check(spec).exits(0);
    check(spec.replace("transpose: shared", "transpose: none"))
        .refuses(
            "a.yaml:8:31 pe.transpose: is none, but the kernel sparseCoding reads its matrix in both"
                + " directions; allowed here: shared or own");
    check(spec.replace("transpose: shared", "transpose: {any: [none, own]}")).exits(0);
    check(KernelSpecs.text("{kernel: ising, spins: 8}").replace("random: digital, ", ""))
        .refuses(
            "a.yaml:3:11 pe.random: is none, but the kernel ising draws random numbers; allowed"
                + " here: digital, counter or device");
    checkWorkload("{kernel: feedbackSolve}")
        .refuses(
            "a.yaml:3:11 pe.feedback: is none, but the kernel feedbackSolve closes a loop of"
                + " amplifiers around its array; allowed here: amplifiers");
  }

  @Test
  void cellsOfSignsAloneHoldNoMatrixOfAKernel() {
    String signs =
        KernelSpecs.text(DCT)
            .replace("weights: 6, inputs: 8", "weights: 1, inputs: 1")
            .replace("encoding: differential", "encoding: xnor");
    check(signs)
        .refuses(
            "a.yaml:9:67 crossbar.weights.encoding: is xnor, whose cells hold signs alone, but the"
                + " elements of the kernel dct have magnitudes; allowed here: differential or"
                + " offset");
  }

  @Test
  void elementsOfAKernelLieInEqualCells() {
    String mixed =
        KernelSpecs.text(DCT)
            .replace("encoding: differential", "encoding: differential, oneBitCells: 1");
    check(mixed)
        .refuses(
            "crossbar.weights.oneBitCells: mixes cells of two sizes, but the elements of the"
                + " kernel dct lie in equal ones; allowed here: 0");
  }

  @Test
  void gatesNeedDifferentialCells() {
    String offset =
        KernelSpecs.text("{kernel: statefulAdder}")
            .replace("encoding: differential", "encoding: offset");
    check(offset)
        .refuses(
            "a.yaml:9:67 crossbar.weights.encoding: is offset, whose cells hold a 0 in the middle"
                + " of their window, but the gates of the kernel statefulAdder need it at the end;"
                + " allowed here: differential");
    check(offset.replace("encoding: offset", "encoding: {any: [differential, offset]}")).exits(0);
  }

  /** A key out of range hides no file that is missing. */
  @Test
  void filesAreCheckedBesideOtherParts() {
    String spec =
        KernelSpecs.text("{kernel: jacobi, matrix: {kind: file, file: none.mtx}, load: no.mtx}")
            .replace("columnsPerAdc: 8", "columnsPerAdc: 0");
    check(spec)
        .refuses(
            "a.yaml:3:55 workload.matrix.file: none.mtx does not exist",
            "a.yaml:3:72 workload.load: no.mtx does not exist",
            "pe.readout.columnsPerAdc: is 0, must be");
  }

  @Test
  void figuresOfKernelsNeedAKernel() {
    String noKernel = " is of kernels, and the workload has none";
    checkWorkload(
            "lenet5",
            "constraints: [qualityLoss <= 0.2, area <= 1 mm2]",
            "objectives: {minimise: [energyToSolution]}",
            "record: [iterations]")
        .refuses(
            "a.yaml:11:15 constraints[0]: qualityLoss" + noKernel,
            "a.yaml:12:25 objectives.minimise: energyToSolution" + noKernel,
            "a.yaml:13:10 record: iterations" + noKernel,
            "a.yaml: 3 problems, nothing was evaluated");
    checkWorkload("[" + DCT + ", lenet5]", "constraints: ['qualityLoss[lenet5] <= 0.2']")
        .refuses(
            "a.yaml:11:15 constraints[0]: qualityLoss is of kernels, and lenet5 is a network; write"
                + " qualityLoss[dct]");
    checkWorkload("[" + DCT + ", lenet5]", "constraints: ['qualityLoss[dtc] <= 0.2']")
        .refuses(
            "a.yaml:11:15 constraints[0]: no network 'dtc' in the workload; did you mean dct?");
    checkWorkload("[" + DCT + ", lenet5]", "constraints: ['qualityLoss[dct] <= 0.2']").exits(0);
    checkWorkload("{any: [lenet5, " + DCT + "]}", "constraints: [qualityLoss <= 0.2]").exits(0);
  }

  @Test
  void samplesAndFitsAreOfNetworks() {
    String spec = KernelSpecs.write(folder, "a", KernelSpecs.text(DCT));
    String samples = folder.resolve("samples.npy").toString();
    CommandRun.of("simulate", spec, "--samples", samples)
        .refuses("--samples is of networks, and the workload has the kernel dct alone");
    CommandRun.of("simulate", spec, "--costs")
        .refuses("--min-bits, --costs and --designs are of networks");
  }

  @Test
  void everyCommandRefusesABadKernelBeforeItStarts() throws IOException {
    String bad = KernelSpecs.write(folder, "a", KernelSpecs.text("{kernel: dct, keep: 65}"));
    for (String command : new String[] {"evaluate", "explain", "map", "sweep", "explore"}) {
      CommandRun.of(command, bad).refuses("a.yaml:3:31 workload.keep: is 65, ");
    }
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  private static final String CLUSTERS = "{kernel: kMeans, passes: 2}";

  @Test
  void aQualityIsAskedForInItsOwnDirection() {
    checkWorkload(CLUSTERS, "objectives: {maximise: [quality]}")
        .refuses(
            "a.yaml:11:25 objectives.maximise: quality of kMeans is inertia, of which less is"
                + " better; write minimise: [quality]");
    checkWorkload(CLUSTERS, "objectives: {minimise: [quality]}").exits(0);
    checkWorkload(
            "{kernel: kMeans, passes: 2, measure: accuracy}", "objectives: {minimise: [quality]}")
        .refuses(
            "a.yaml:11:25 objectives.minimise: quality of kMeans is accuracy, of which more is"
                + " better; write maximise: [quality]");
    checkWorkload(CLUSTERS, "constraints: [quality >= 7]")
        .refuses(
            "a.yaml:11:15 constraints[0]: quality of kMeans is inertia, of which less is better;"
                + " write quality <= 7");
    checkWorkload("[" + DCT + ", " + CLUSTERS + "]", "constraints: ['quality[dct] >= 20']")
        .exits(0);
    checkWorkload("[" + DCT + ", " + CLUSTERS + "]", "constraints: ['quality[dct] <= 20']")
        .refuses(
            "a.yaml:11:15 constraints[0]: quality of dct is PSNR [dB], of which more is better;"
                + " write quality[dct] >= 20");
  }

  @Test
  void qualitiesOfSeveralMeasuresHaveNoOrder() {
    checkWorkload("[" + DCT + ", " + CLUSTERS + "]", "objectives: {maximise: [quality]}")
        .refuses(
            "a.yaml:11:25 objectives.maximise: quality is PSNR [dB] of dct and inertia of kMeans,"
                + " which have no common order; take qualityLoss, or a limit on one of them:"
                + " quality[dct]");
    checkWorkload(
            "{kernel: dct, rows: 16, columns: 16, measure: {any: [psnr, rate]}}",
            "objectives: {maximise: [quality]}")
        .refuses(
            "a.yaml:11:25 objectives.maximise: quality is PSNR [dB] or rate [bit/pixel] of dct,"
                + " which have no common order; take qualityLoss, or one measure");
  }

  /** More combinations than are tried: a value of one knob is tried all the same. */
  @Test
  void aMeasureAmongManyKnobsIsFound() {
    checkWorkload(
            "{kernel: dct, rows: 16, columns: 16, measure: {any: [psnr, rate]}, keep: {from: 1,"
                + " to: 40, step: 1}}",
            "objectives: {maximise: [quality]}")
        .refuses(
            "a.yaml:11:25 objectives.maximise: quality is PSNR [dB] or rate [bit/pixel] of dct,"
                + " which have no common order; take qualityLoss, or one measure");
  }

  @Test
  void aMeasureIsOneOfTheTasks() {
    checkWorkload("{kernel: ising, spins: 8, measure: energy}")
        .refuses(
            "a.yaml:3:46 workload.measure: is energy, which the task has not with these settings;"
                + " it has cut, success");
    checkWorkload("{kernel: ising, spins: 8, measure: cutt}")
        .refuses("a.yaml:3:46 workload.measure: is 'cutt', must be one of cut, energy, success");
  }
}
