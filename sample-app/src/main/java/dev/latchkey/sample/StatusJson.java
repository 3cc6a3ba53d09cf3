// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;

/// The status as JSON.
final class StatusJson {
  private StatusJson() {}

  static String of(boolean ready, Map<WantedSecret, Reading> readings) throws IOException {
    var text = new StringWriter();
    try (var json = JsonProviders.createWriter(text)) {
      json.writeStartObject().writeBooleanField("ready", ready).writeStartArray("secrets");
      for (var entry : readings.entrySet()) {
        json.writeStartObject()
            .writeStringField("name", entry.getKey().name())
            .writeStringField("as", entry.getKey().as());
        write(json, entry.getValue());
        json.writeEndObject();
      }
      json.writeEndArray().writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonWriter json, Reading reading) throws IOException {
    switch (reading) {
      case Reading.Pending _ -> json.writeStringField("state", "pending");
      case Reading.Read read ->
          json.writeStringField("state", "read").writeStringField("readAt", read.at().toString());
      case Reading.Refused refused -> {
        json.writeStringField("state", "refused")
            .writeStringField("refusedAt", refused.at().toString());
        write(json, refused.refusal());
      }
      case Reading.Outdated outdated -> {
        json.writeStringField("state", "outdated")
            .writeStringField("readAt", outdated.readAt().toString())
            .writeStringField("refusedAt", outdated.refusedAt().toString());
        write(json, outdated.refusal());
      }
    }
  }

  private static void write(JsonWriter json, Refusal refusal) throws IOException {
    json.writeStringField("hop", refusal.hop().words()).writeStringField("code", refusal.code());
  }
}
