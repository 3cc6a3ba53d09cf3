// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Trees;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads objects in Kubernetes' protobuf form: kubectl and Helm send so what they make.
///
/// The form is `k8s\0`, then `runtime.Unknown` (1 type, 2 raw), in it the object. What a field is
/// stands in [ProtobufMessages]; fields that are not there are skipped.
///
/// @see <a
///   href="https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding">the
///   form</a>
final class Protobuf {
  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final byte[] bytes;
  private int at;

  private Protobuf(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  /// What stands behind a field's tag: a number, or the bytes of anything else.
  private record Wire(long number, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private interface Reader {
    void field(int number, Wire value);
  }

  /// The object as a JSON tree.
  static ObjectNode read(byte[] body) {
    if (body.length < MAGIC.length || !Arrays.equals(body, 0, 4, MAGIC, 0, 4)) {
      throw Refusal.badRequest("the body is no protobuf of Kubernetes");
    }
    try {
      ObjectNode object = Trees.object();
      var raw = new byte[1][0];
      new Protobuf(body, MAGIC.length)
          .fields(
              (number, value) -> {
                if (number == 1) {
                  type(object, value.bytes());
                } else if (number == 2) {
                  raw[0] = value.bytes();
                }
              });
      String apiVersion = Trees.text(object, "apiVersion");
      String kind = Trees.text(object, "kind");
      String message =
          ProtobufMessages.of(apiVersion, kind)
              .orElseThrow(
                  () ->
                      Refusal.unsupportedMediaType(
                          "application/vnd.kubernetes.protobuf of " + kind,
                          "application/json, application/yaml"));
      fill(object, message, raw[0]);
      return object;
    } catch (ArrayIndexOutOfBoundsException | NegativeArraySizeException e) {
      throw Refusal.badRequest("unable to decode the protobuf: unexpected end");
    }
  }

  private static void type(ObjectNode object, byte[] bytes) {
    new Protobuf(bytes, 0)
        .fields((number, value) -> object.put(number == 1 ? "apiVersion" : "kind", value.text()));
  }

  private static void fill(ObjectNode object, String message, byte[] bytes) {
    var fields = ProtobufMessages.fields(message);
    new Protobuf(bytes, 0)
        .fields(
            (number, value) ->
                Optional.ofNullable(fields.get(number))
                    .ifPresent(field -> put(object, field, value)));
  }

  private static void put(ObjectNode object, ProtobufMessages.Field field, Wire value) {
    if (field.name().isEmpty()) {
      fill(object, field.type(), value.bytes());
    } else if (field.isList()) {
      Trees.list(object, field.name()).add(node(field.elementType(), value));
    } else if (field.isMap()) {
      entry(Trees.child(object, field.name()), field.elementType(), value.bytes());
    } else if (field.keepsZero() || !isZero(field.type(), value)) {
      object.set(field.name(), node(field.type(), value));
    }
  }

  /// Whether JSON would leave the field out. Clients write empty objects in JSON as well.
  private static boolean isZero(String type, Wire value) {
    return switch (type) {
      case "int", "bool" -> value.number() == 0;
      case "string", "bytes", "time", "quantity" -> value.bytes().length == 0;
      default -> false;
    };
  }

  private static void entry(ObjectNode map, String type, byte[] bytes) {
    var parts = new Wire[] {new Wire(0, new byte[0]), new Wire(0, new byte[0])};
    new Protobuf(bytes, 0)
        .fields(
            (number, value) -> {
              if (number == 1 || number == 2) {
                parts[number - 1] = value;
              }
            });
    map.set(parts[0].text(), node(type, parts[1]));
  }

  private static JsonNode node(String type, Wire value) {
    return switch (type) {
      case "string" -> NODES.stringNode(value.text());
      case "int" -> NODES.numberNode(value.number());
      case "bool" -> NODES.booleanNode(value.number() != 0);
      case "bytes" -> NODES.stringNode(Base64.getEncoder().encodeToString(value.bytes()));
      case "time" -> time(value.bytes());
      case "quantity" -> quantity(value.bytes());
      case "intOrString" -> intOrString(value.bytes());
      case "texts" -> texts(value.bytes());
      default -> {
        ObjectNode object = Trees.object();
        fill(object, type, value.bytes());
        yield object;
      }
    };
  }

  /// 1 seconds, 2 nanoseconds.
  private static JsonNode time(byte[] bytes) {
    var parts = new long[2];
    new Protobuf(bytes, 0)
        .fields(
            (number, value) -> {
              if (number == 1 || number == 2) {
                parts[number - 1] = value.number();
              }
            });
    return NODES.stringNode(Instant.ofEpochSecond(parts[0], parts[1]).toString());
  }

  /// 1 its text.
  private static JsonNode quantity(byte[] bytes) {
    var text = new String[] {"0"};
    new Protobuf(bytes, 0).fields((_, value) -> text[0] = value.text());
    return NODES.stringNode(text[0]);
  }

  /// 1 which of them (0 number, 1 text), 2 the number, 3 the text.
  private static JsonNode intOrString(byte[] bytes) {
    var parts = new JsonNode[] {NODES.numberNode(0), NODES.numberNode(0), NODES.stringNode("")};
    new Protobuf(bytes, 0)
        .fields(
            (number, value) -> {
              if (number >= 1 && number <= 3) {
                parts[number - 1] = node(number == 3 ? "string" : "int", value);
              }
            });
    return parts[0].intValue() == 1 ? parts[2] : parts[1];
  }

  private static JsonNode texts(byte[] bytes) {
    var texts = Trees.array();
    new Protobuf(bytes, 0).fields((_, value) -> texts.add(value.text()));
    return texts;
  }

  private void fields(Reader reader) {
    while (at < bytes.length) {
      int tag = (int) varint();
      reader.field(tag >>> 3, value(tag & 7));
    }
  }

  private Wire value(int wireType) {
    return switch (wireType) {
      case 0 -> new Wire(varint(), new byte[0]);
      case 1 -> new Wire(0, take(8));
      case 2 -> new Wire(0, take((int) varint()));
      case 5 -> new Wire(0, take(4));
      default -> throw Refusal.badRequest("unable to decode the protobuf: wire type " + wireType);
    };
  }

  private byte[] take(int length) {
    if (length < 0 || length > bytes.length - at) {
      throw Refusal.badRequest("unable to decode the protobuf: unexpected end");
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw Refusal.badRequest("unable to decode the protobuf: number too long");
  }
}
