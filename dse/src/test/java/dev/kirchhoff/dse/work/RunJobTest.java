package dev.kirchhoff.dse.work;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.simulate.PairedCount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RunJobTest {
  private static final JsonNode SPEC = JsonNodeFactory.instance.objectNode().put("kirchhoff", 1);

  private static SimulationJob simulation(Optional<CarriedNetwork> carried) {
    return new SimulationJob("r", "1+a", SPEC, "mine", 20, 7, 1, carried);
  }

  @Test
  void everyJobComesThroughItsJson() throws Exception {
    List<RunJob> jobs =
        List.of(
            new SweepJob("r", "1+a", true, OptionalInt.of(5), 3, SPEC),
            new SweepJob("r", "1+a", false, OptionalInt.empty(), 3, SPEC),
            simulation(Optional.empty()));
    for (RunJob job : jobs) {
      assertEquals(job, RunJob.parse(job.toJson()));
    }
  }

  @Test
  void aNetworkOfTheUsersTravelsBitForBit() throws Exception {
    byte[] model = {1, 0, -1};
    float[] values = {0.1f, Float.MIN_VALUE, -3, 1e30f};
    DataSet test = DataSet.of("digits", List.of(1, 2), 3, values, new int[] {2, 0});
    DataSet calibration = DataSet.of("digits", List.of(1, 2), 3, new float[2], new int[] {1});
    SimulationJob sent =
        simulation(Optional.of(new CarriedNetwork(Optional.of(model), test, calibration)));
    CarriedNetwork come = ((SimulationJob) RunJob.parse(sent.toJson())).carried().orElseThrow();
    assertArrayEquals(model, come.model().orElseThrow());
    assertEquals(List.of(1, 2), come.test().shape());
    assertEquals(3, come.test().classes());
    for (int i = 0; i < 2; i++) {
      assertEquals(test.label(i), come.test().label(i));
      for (int k = 0; k < 2; k++) {
        assertEquals(test.value(i, k), come.test().value(i, k));
      }
    }
    assertEquals(1, come.calibration().size());
  }

  @Test
  void samplesTravelWithoutLabelsToo() throws Exception {
    DataSet test = DataSet.of("sentences", List.of(2), new float[] {1, 2, 3, 4});
    SimulationJob sent =
        simulation(Optional.of(new CarriedNetwork(Optional.empty(), test, test.first(1))));
    CarriedNetwork come = ((SimulationJob) RunJob.parse(sent.toJson())).carried().orElseThrow();
    assertEquals(2, come.test().size());
    assertEquals(4f, come.test().value(1, 1));
    assertTrue(come.test().labels().isEmpty());
    assertEquals(1, come.calibration().size());
  }

  @Test
  void jobsThatDifferHaveTasksThatDiffer() {
    UnitDesigns designs = new Chunk(0, 10);
    WorkUnit one =
        new EncodedJob(new SweepJob("r", "1+a", true, OptionalInt.empty(), 3, SPEC)).unit(designs);
    WorkUnit other =
        new EncodedJob(new SweepJob("r", "1+a", true, OptionalInt.empty(), 4, SPEC)).unit(designs);
    assertNotEquals(one.id(), other.id());
    assertEquals(Optional.of(one), WorkUnit.of(one.id()));
  }

  @Test
  void jsonOfOthersIsRefusedWithWhatItLacks() {
    assertRefused("{}", "kind");
    assertRefused("{\"kind\":\"sweep\",\"run\":\"r\",\"version\":\"1\",\"spec\":{}}", "logged");
    assertRefused("{\"kind\":\"else\",\"run\":\"r\",\"version\":\"1\",\"spec\":{}}", "else");
  }

  private static void assertRefused(String json, String word) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    String message = assertThrows(IOException.class, () -> RunJob.parse(bytes)).getMessage();
    assertTrue(message.contains(word), message);
  }

  @Test
  void aCountAndARefusalComeThroughTheirJson() {
    for (PairedCount count :
        List.of(new PairedCount(20, 1, 16, 15, 3, 1), new PairedCount(20, 1, 16))) {
      assertEquals(
          count, SimulatedCount.of(new SimulatedCount(Optional.of(count), "").toJson()).orThrow());
    }
    SimulatedCount refused =
        SimulatedCount.of(new SimulatedCount(Optional.empty(), "One-bit weights.").toJson());
    assertEquals(
        "One-bit weights.",
        assertThrows(IllegalArgumentException.class, refused::orThrow).getMessage());
    byte[] none = "{}".getBytes(StandardCharsets.UTF_8);
    assertThrows(IllegalStateException.class, () -> SimulatedCount.of(none));
  }
}
