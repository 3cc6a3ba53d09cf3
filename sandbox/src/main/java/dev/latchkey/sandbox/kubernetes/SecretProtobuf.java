// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ObjectNode;

/// Reads a Secret in Kubernetes' protobuf form: Helm's code writes its releases so.
///
/// The form is `k8s\0`, then `runtime.Unknown` (1 type, 2 raw), in it the Secret (1 metadata, 2
/// data, 3 type, 4 stringData, 5 immutable).
///
/// @see <a href="https://github.com/kubernetes/api/blob/master/core/v1/generated.proto">fields</a>
final class SecretProtobuf {
  private static final byte[] MAGIC = {'k', '8', 's', 0};

  private final byte[] bytes;
  private int at;

  private SecretProtobuf(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  /// The object as a JSON tree.
  static ObjectNode read(byte[] body) {
    if (body.length < MAGIC.length || !Arrays.equals(body, 0, 4, MAGIC, 0, 4)) {
      throw Refusal.badRequest("the body is no protobuf of Kubernetes");
    }
    ObjectNode object = Trees.object();
    var raw = new Object[] {new byte[0]};
    try {
      new SecretProtobuf(body, MAGIC.length)
          .fields(
              (field, value) -> {
                if (field == 1) {
                  texts(value, object, "apiVersion", "kind");
                } else if (field == 2) {
                  raw[0] = value;
                }
              });
      if (!Trees.text(object, "kind").equals("Secret")) {
        throw Refusal.unsupportedMediaType(
            "application/vnd.kubernetes.protobuf of " + Trees.text(object, "kind"),
            "application/json, application/yaml");
      }
      new SecretProtobuf((byte[]) raw[0], 0).fields((field, value) -> secret(object, field, value));
    } catch (ArrayIndexOutOfBoundsException | NegativeArraySizeException e) {
      throw Refusal.badRequest("unable to decode the protobuf: unexpected end");
    }
    return object;
  }

  private static void secret(ObjectNode secret, int field, byte[] value) {
    switch (field) {
      case 1 ->
          new SecretProtobuf(value, 0)
              .fields((number, part) -> metadata(Trees.child(secret, "metadata"), number, part));
      case 2 -> entry(Trees.child(secret, "data"), value, Coding.BASE64);
      case 3 -> secret.put("type", text(value));
      case 4 -> entry(Trees.child(secret, "stringData"), value, Coding.TEXT);
      case 5 -> secret.put("immutable", value.length > 0 && value[0] != 0);
      default -> {} // nothing else is in a Secret
    }
  }

  private static void metadata(ObjectNode metadata, int field, byte[] value) {
    switch (field) {
      case 1 -> putText(metadata, "name", value);
      case 2 -> putText(metadata, "generateName", value);
      case 3 -> putText(metadata, "namespace", value);
      case 5 -> putText(metadata, "uid", value);
      case 6 -> putText(metadata, "resourceVersion", value);
      case 11 -> entry(Trees.child(metadata, "labels"), value, Coding.TEXT);
      case 12 -> entry(Trees.child(metadata, "annotations"), value, Coding.TEXT);
      default -> {} // the server sets the rest
    }
  }

  private static void putText(ObjectNode object, String name, byte[] value) {
    if (value.length > 0) {
      object.put(name, text(value));
    }
  }

  private enum Coding {
    TEXT,
    BASE64
  }

  private static void entry(ObjectNode map, byte[] bytes, Coding coding) {
    var parts = new byte[][] {new byte[0], new byte[0]};
    new SecretProtobuf(bytes, 0)
        .fields(
            (field, value) -> {
              if (field == 1 || field == 2) {
                parts[field - 1] = value;
              }
            });
    map.put(
        text(parts[0]),
        switch (coding) {
          case TEXT -> text(parts[1]);
          case BASE64 -> Base64.getEncoder().encodeToString(parts[1]);
        });
  }

  private static void texts(byte[] message, ObjectNode object, String first, String second) {
    new SecretProtobuf(message, 0)
        .fields((field, value) -> object.put(field == 1 ? first : second, text(value)));
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  /// Walks over the fields; a number comes as the one byte that says whether it is 0.
  private void fields(BiConsumer<Integer, byte[]> each) {
    while (at < bytes.length) {
      int tag = (int) varint();
      each.accept(tag >>> 3, value(tag & 7));
    }
  }

  private byte[] value(int wireType) {
    return switch (wireType) {
      case 0 -> new byte[] {(byte) (varint() == 0 ? 0 : 1)};
      case 1 -> take(8);
      case 2 -> take((int) varint());
      case 5 -> take(4);
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
