package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.survey.Survey;
import dev.kirchhoff.dse.survey.SurveyFamily;
import dev.kirchhoff.dse.survey.SurveyPrediction;
import dev.kirchhoff.dse.survey.SurveyQuantity;
import dev.kirchhoff.dse.survey.SurveyRanking;
import dev.kirchhoff.dse.survey.SurveyRow;
import dev.kirchhoff.dse.survey.SurveyScore;

/** A survey as JSON; errors as mean |ln(ours / paper)|. */
final class SurveyJson {
  private SurveyJson() {}

  static ObjectNode of(Survey survey) {
    ObjectNode root = Console.mapper().createObjectNode();
    root.put("version", ModelVersion.text());
    ArrayNode families = root.putArray("families");
    for (SurveyFamily family : SurveyFamily.values()) {
      families.addObject().put("family", family.word()).put("assumes", family.assumes());
    }
    ArrayNode macros = root.putArray("macros");
    survey.predictions().forEach(prediction -> put(prediction, macros.addObject()));
    ArrayNode scores = root.putArray("scores");
    ArrayNode rankings = root.putArray("rankings");
    for (SurveyQuantity quantity : SurveyQuantity.values()) {
      SurveyScore.of(survey.predictions(), quantity).forEach(s -> put(s, scores.addObject()));
      SurveyRanking.of(survey.predictions(), quantity, SurveyText.SEED)
          .ifPresent(ranking -> put(ranking, rankings.addObject()));
    }
    SurveyScore.overall(survey.predictions())
        .ifPresent(
            all ->
                root.putObject("overall")
                    .put("factorsOne", all.factorsOne())
                    .put("withFactor", all.withFactor())
                    .put("chipLeftOut", all.leftOut())
                    .put("null", all.nullModel()));
    ArrayNode omissions = root.putArray("omissions");
    for (Survey.Omission omission : survey.omissions()) {
      ObjectNode node = omissions.addObject().put("row", omission.row().row());
      omission.quantity().ifPresent(quantity -> node.put("quantity", quantity.word()));
      node.put("reason", omission.reason());
    }
    root.put("aim", SurveyText.AIM);
    return root;
  }

  private static void put(SurveyPrediction prediction, ObjectNode node) {
    SurveyRow row = prediction.spec().row();
    node.put("row", row.row())
        .put("chip", row.chip())
        .put("name", row.paper().brief())
        .put("title", row.paper().title())
        .put("venue", row.paper().venue())
        .put("year", row.paper().year())
        .put("family", prediction.family().word())
        .put("converter", row.converter().kind())
        .put("converterSource", row.converter().source())
        .put("precision", row.precision());
    ObjectNode figures = node.putObject("figures");
    for (SurveyQuantity quantity : SurveyQuantity.values()) {
      prediction
          .figure(quantity)
          .ifPresent(
              figure ->
                  figures
                      .putObject(quantity.word())
                      .put("published", figure.published())
                      .put("ours", figure.ours())
                      .put("logRatio", figure.logRatio()));
    }
    row.bestCase().ifPresent(why -> node.put("bestCase", why));
    row.design().ifPresent(design -> node.put("design", design));
    prediction.gallery().ifPresent(log -> node.put("galleryLogRatio", log));
    if (!row.remark().isEmpty()) {
      node.put("remark", row.remark());
    }
    node.put("spec", prediction.spec().text());
  }

  private static void put(SurveyScore score, ObjectNode node) {
    node.put("family", score.family().map(SurveyFamily::word).orElse("all"))
        .put("quantity", score.quantity().word())
        .put("chips", score.chips())
        .put("settings", score.settings())
        .put("factorsOne", score.factorsOne());
    score.factor().ifPresent(factor -> node.put("factor", factor));
    node.put("withFactor", score.withFactor())
        .put("chipLeftOut", score.leftOut())
        .put("null", score.nullModel());
    node.putObject("band").put("low", score.band().low()).put("high", score.band().high());
  }

  private static void put(SurveyRanking ranking, ObjectNode node) {
    node.put("quantity", ranking.quantity().word())
        .put("pairs", ranking.pairs())
        .put("chips", ranking.chips())
        .put("factorsOne", ranking.factorsOne())
        .put("chipLeftOut", ranking.leftOut())
        .put("lower", ranking.lower())
        .put("null", ranking.nullModel());
  }
}
