// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.schema;

import java.util.List;

/// What a field or an element may hold.
public sealed interface Value {
  /// A text, number or truth value.
  ///
  /// @param type OpenAPI's word: `string`, `integer`, `number`, `boolean`
  /// @param format OpenAPI's format; empty when it has none
  record Scalar(String type, String format) implements Value {}

  /// A value with a form of its own that has no named fields: a quantity, a time, any JSON.
  record Special(Form form) implements Value {}

  /// A list.
  record Listing(Value element, Ownership ownership) implements Value {}

  /// An object with free keys.
  ///
  /// @param whole whether it is one value to its owners
  record Dictionary(Value element, Whole whole) implements Value {}

  /// An object with the fields of a type, found when it is asked for: types refer to themselves.
  ///
  /// @param whole whether it is one value to its owners here, whatever its type says
  record Reference(Class<?> model, Whole whole) implements Value {
    /// The type that is meant.
    public Structure structure() {
      return Structures.of(model);
    }
  }

  /// Whether the owners of an object own a value as one or its parts.
  enum Whole {
    /// Nothing is said, which means its parts.
    UNSAID(""),
    GRANULAR("granular"),
    ATOMIC("atomic");

    private final String word;

    Whole(String word) {
      this.word = word;
    }

    /// Kubernetes' word; empty when nothing is said.
    public String word() {
      return word;
    }
  }

  /// How a list is divided among owners.
  sealed interface Ownership {
    /// It is one value.
    record Atomic() implements Ownership {}

    /// Each element is one.
    record ByValue() implements Ownership {}

    /// Elements are told apart by the values of these fields.
    record ByKeys(List<String> keys) implements Ownership {}
  }

  /// The values that are no plain scalar and have no fields.
  enum Form {
    QUANTITY("io.k8s.apimachinery.pkg.api.resource.Quantity"),
    INT_OR_STRING("io.k8s.apimachinery.pkg.util.intstr.IntOrString"),
    TIME("io.k8s.apimachinery.pkg.apis.meta.v1.Time"),
    MICRO_TIME("io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"),
    FIELDS("io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1"),
    RAW("io.k8s.apimachinery.pkg.runtime.RawExtension"),
    JSON("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON"),
    SCHEMA_OR_BOOL(
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool"),
    SCHEMA_OR_ARRAY(
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray"),
    SCHEMA_OR_TEXTS(
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray");

    private final String openApiName;

    Form(String openApiName) {
      this.openApiName = openApiName;
    }

    /// Its name in OpenAPI documents.
    public String openApiName() {
      return openApiName;
    }
  }
}
