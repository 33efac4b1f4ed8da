package dev.kirchhoff.arch.event;

import java.util.Optional;

/**
 * The Kafka topics of events. Which events a topic carries is fixed by their type; the creator of a
 * topic sets its retention. There is no order between topics.
 */
public enum EventTopic {
  RUN("kirchhoff.run.v1"),
  EVALUATION("kirchhoff.evaluation.v1"),
  FRONT("kirchhoff.front.v1"),
  DESIGN("kirchhoff.design.v1"),
  COMMAND("kirchhoff.command.v1"),
  ACK("kirchhoff.ack.v1"),
  PROGRESS("kirchhoff.progress.v1");

  private final String topicName;

  EventTopic(String topicName) {
    this.topicName = topicName;
  }

  /** Name of the topic in Kafka. */
  public String topicName() {
    return topicName;
  }

  /** The topic that carries events of a type; empty if no topic does. */
  public static Optional<EventTopic> of(String type) {
    return switch (type) {
      case RunEvent.Run.TYPE -> Optional.of(RUN);
      case RunEvent.Evaluations.TYPE, RunEvent.Round.TYPE -> Optional.of(EVALUATION);
      case RunEvent.Front.TYPE -> Optional.of(FRONT);
      case RunEvent.DesignDetails.TYPE -> Optional.of(DESIGN);
      case RunEvent.Command.TYPE -> Optional.of(COMMAND);
      case RunEvent.Ack.TYPE -> Optional.of(ACK);
      case RunEvent.Progress.TYPE -> Optional.of(PROGRESS);
      default -> Optional.empty();
    };
  }
}
