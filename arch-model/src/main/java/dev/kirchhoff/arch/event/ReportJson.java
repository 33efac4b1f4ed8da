package dev.kirchhoff.arch.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * JSON of reports: records bound by Jackson, indented. A component that is an empty {@link
 * Optional} or {@link OptionalDouble} is left out; keys stand in the order of components.
 */
public final class ReportJson {
  private static final ObjectMapper MAPPER = mapper(SerializationFeature.INDENT_OUTPUT);

  private ReportJson() {}

  private static ObjectMapper mapper(SerializationFeature feature) {
    ObjectMapper mapper =
        JsonMapper.builder()
            .enable(feature)
            .addModule(
                new SimpleModule()
                    .addSerializer(new OptionalSerializer())
                    .addSerializer(new OptionalDoubleSerializer()))
            .build();
    for (Class<?> type : List.of(Optional.class, OptionalDouble.class)) {
      mapper
          .configOverride(type)
          .setInclude(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS));
    }
    return mapper;
  }

  /** The mapper of reports. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** A report as text. */
  public static String text(Object report) {
    try {
      return MAPPER.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report could not be written as JSON.", e);
    }
  }

  /** Writes the number that is there. */
  private static final class OptionalDoubleSerializer extends StdSerializer<OptionalDouble> {
    OptionalDoubleSerializer() {
      super(OptionalDouble.class);
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, OptionalDouble value) {
      return value.isEmpty();
    }

    @Override
    public void serialize(OptionalDouble value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isPresent()) {
        json.writeNumber(value.getAsDouble());
      } else {
        json.writeNull();
      }
    }
  }

  /** Writes the value that is there. */
  private static final class OptionalSerializer extends StdSerializer<Optional<?>> {
    OptionalSerializer() {
      super(Optional.class, false);
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, Optional<?> value) {
      return value.isEmpty();
    }

    @Override
    public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(value.orElse(null), json);
    }
  }
}
