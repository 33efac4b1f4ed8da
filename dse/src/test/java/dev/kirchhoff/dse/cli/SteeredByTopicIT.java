package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunLogReader;
import dev.kirchhoff.dse.steer.CommandFiles;
import dev.kirchhoff.dse.stream.Endpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands through the built-in broker's topic to a search in a process of its own. */
@Timeout(300)
class SteeredByTopicIT {
  private static final String ID = "steered";
  private static final String COMMANDS = "kirchhoff.command.v1";

  @TempDir Path temporary;

  @Test
  @Tag("slow")
  void commandsOfItsTopicReachTheSearchOnceAndItsAnswersReachTheirs() throws Exception {
    DataDirectory data = DataDirectory.open(temporary.resolve("data"));
    RunDirectory run = data.run(new RunId(ID));
    List<String> explore =
        new ArrayList<>(List.of("explore", CommandRun.example("bench/resnet18-12db")));
    explore.addAll(List.of("--budget", "5000000", "--engine", "random", "--run-id", ID));
    explore.addAll(List.of("--data", data.root().toString()));
    try (ProgramProcess process = ProgramProcess.start(temporary, explore)) {
      process.await(
          () ->
              Files.exists(run.published()) && Endpoint.ofLivingBroker(data.broker()).isPresent());
      Endpoint endpoint = Endpoint.ofLivingBroker(data.broker()).orElseThrow();
      Map<String, Object> client = new HashMap<>(endpoint.target().client());
      RunEvent.Command limit = new RunEvent.Command("c-1", "constrain", "area <= 90 mm2");
      try (KafkaProducer<String, byte[]> producer =
          new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
        RunEvent.Command pause = new RunEvent.Command("c-0", "pause", null);
        producer.send(of(ID, EventJson.dataBytes(pause))).get();
        process.await(() -> acks(run).size() == 1);
        producer.send(of("another", EventJson.dataBytes(limit))).get();
        producer.send(of(ID, "{".getBytes(StandardCharsets.UTF_8))).get();
        producer.send(of(ID, "{\"kind\":\"stop\"}".getBytes(StandardCharsets.UTF_8))).get();
        new CommandFiles(run.commands()).write(limit);
        producer.send(of(ID, EventJson.dataBytes(limit))).get();
        producer.send(of(ID, EventJson.dataBytes(limit))).get();
        RunEvent.Command bad = new RunEvent.Command("c-2", "constrain", "areaa <= 4 mm2");
        producer.send(of(ID, EventJson.dataBytes(bad))).get();
        process.await(() -> acks(run).size() == 3);
        assertEquals(List.of("c-0 true", "c-1 true", "c-2 false"), acks(run));
        assertEquals(acks(run), answers(client, 3));
        RunEvent.Command stop = new RunEvent.Command("c-3", "stop", null);
        producer.send(of(ID, EventJson.dataBytes(stop))).get();
        process.await(() -> acks(run).size() == 4);
      }
      String said = process.output("err");
      assertEquals(2, said.split("is no command and is left out", -1).length - 1, said);
      assertTrue(said.contains("it has no id (command)"), said);
    }
  }

  private static ProducerRecord<String, byte[]> of(String run, byte[] value) {
    return new ProducerRecord<>(COMMANDS, run, value);
  }

  private static List<String> acks(RunDirectory run) {
    List<String> acks = new ArrayList<>();
    try (RunLogReader log = RunLogReader.open(run)) {
      for (Optional<RunLogReader.Entry> next = log.next(); next.isPresent(); next = log.next()) {
        if (next.get().envelope().event() instanceof RunEvent.Ack ack) {
          acks.add(ack.command() + " " + ack.accepted());
        }
      }
    }
    return acks;
  }

  /** The first answers in their topic. */
  private static List<String> answers(Map<String, Object> client, int count) throws Exception {
    List<String> answers = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> topic = List.of(new TopicPartition("kirchhoff.ack.v1", 0));
      consumer.assign(topic);
      consumer.seekToBeginning(topic);
      while (answers.size() < count) {
        for (ConsumerRecord<String, byte[]> found : consumer.poll(Duration.ofMillis(200))) {
          RunEvent.Ack ack =
              (RunEvent.Ack)
                  EventJson.data(RunEvent.Ack.TYPE, found.value(), 0, found.value().length);
          answers.add(ack.command() + " " + ack.accepted());
        }
      }
    }
    return answers;
  }
}
