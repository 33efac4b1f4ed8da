package dev.kirchhoff.dashboards.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.EventOrder;
import dev.kirchhoff.arch.event.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The answer to a command, with the command in the words of the command line.
 *
 * @param order place of its event
 * @param time instant in UTC, as written
 * @param ack the answer
 */
public record Answer(EventOrder order, String time, RunEvent.Ack ack) {

  /** The command in words: {@code limit area <= 40 mm2}; its id where it cannot be read. */
  public String command() {
    JsonNode command = ack.applied();
    String kind = command == null ? "" : command.path("kind").asText();
    return switch (kind) {
      case "pause", "stop" -> kind;
      case "resume" -> "continue";
      case "constrain" -> "limit " + command.path("constraint").asText();
      case "release" -> "unlimit " + command.path("constraint").asText();
      case "pin" -> "pin " + String.join(" ", knobs(command, true));
      case "free" -> "free " + String.join(" ", knobs(command, false));
      case "inject" -> injected(command);
      case "exclude" -> excluded(command);
      case "budget" ->
          "budget " + String.format(Locale.ROOT, "%,d", command.path("budget").asLong());
      default -> String.valueOf(ack.command());
    };
  }

  /** The design that the command excluded; empty unless it is one that did. */
  Optional<ExcludedDesign> exclusion() {
    JsonNode command = ack.applied();
    if (!ack.accepted() || command == null || !"exclude".equals(command.path("kind").asText())) {
      return Optional.empty();
    }
    Optional<String> missed =
        Optional.of(command.path("constraint").asText()).filter(text -> !text.isEmpty());
    return Optional.of(new ExcludedDesign(order, command.path("index").asLong(), missed));
  }

  private static String excluded(JsonNode command) {
    String missed = command.path("constraint").asText();
    return "exclude #"
        + command.path("index").asLong()
        + (missed.isEmpty() ? "" : ": simulated chips miss " + missed);
  }

  private static String injected(JsonNode command) {
    boolean isChange = command.hasNonNull("index");
    List<String> words = new ArrayList<>();
    words.add("inject");
    words.add(isChange ? "#" + command.path("index").asLong() : "start");
    words.addAll(knobs(command, true));
    return String.join(" ", words);
  }

  private static List<String> knobs(JsonNode command, boolean withValues) {
    List<String> words = new ArrayList<>();
    command
        .path("knobs")
        .properties()
        .forEach(
            knob -> words.add(knob.getKey() + (withValues ? "=" + knob.getValue().asText() : "")));
    return words;
  }

  /** The result in words: {@code accepted after 12,000 designs}. */
  public String result() {
    return ack.accepted()
        ? "accepted after " + String.format(Locale.ROOT, "%,d", ack.atIndex()) + " designs"
        : "refused: " + (ack.reason() == null ? "" : ack.reason());
  }
}
