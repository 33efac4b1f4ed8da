package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.dashboards.view.FrontMember;
import dev.kirchhoff.dashboards.view.Runs;
import java.util.ArrayList;
import java.util.List;

/** Fronts of all runs in their first two objectives, thinned for pictures of some 64 pixels. */
final class FrontPictures {
  private static final int MEMBERS = 120;

  private FrontPictures() {}

  /** The fronts that changed after a position, by run, and the position now. */
  static ObjectNode since(Runs runs, long position) {
    ObjectNode answer = EventJson.mapper().createObjectNode();
    synchronized (runs) {
      answer.put("position", runs.position());
      ObjectNode fronts = answer.putObject("fronts");
      for (String id : runs.ids()) {
        runs.read(
            id,
            entry -> {
              if (entry.frontAt() > position || position == 0) {
                fronts.set(id, picture(entry));
              }
              return entry;
            });
      }
    }
    return answer;
  }

  private static ObjectNode picture(Runs.Entry entry) {
    List<FrontMember> front = new ArrayList<>(entry.view().front());
    front.removeIf(member -> member.values().size() < 2);
    ObjectNode picture = EventJson.mapper().createObjectNode();
    ArrayNode across = picture.putArray("across");
    ArrayNode up = picture.putArray("up");
    int step = Math.max(1, (front.size() + MEMBERS - 1) / MEMBERS);
    for (int i = 0; i < front.size(); i += step) {
      up.add(front.get(i).values().get(0).floatValue());
      across.add(front.get(i).values().get(1).floatValue());
    }
    ArrayNode axes = picture.putArray("axes");
    List<String> scales =
        entry.view().scales().stream().limit(2).map(scale -> scale.word()).toList();
    entry
        .view()
        .header()
        .filter(header -> header.axes() != null)
        .ifPresent(
            header -> {
              for (int k = 0; k < Math.min(2, header.axes().size()); k++) {
                axes.addObject()
                    .put("name", header.axes().get(k).name())
                    .put("maximise", header.axes().get(k).maximise())
                    .put("scale", scales.get(k));
              }
            });
    return picture;
  }
}
