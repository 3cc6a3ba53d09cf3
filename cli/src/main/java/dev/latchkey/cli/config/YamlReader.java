// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Scalar;
import dev.latchkey.cli.config.Value.Scalar.Kind;
import dev.latchkey.cli.config.Value.Scalar.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/// Turns YAML text into values that know their spots.
final class YamlReader {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setCodePointLimit(32 << 20)
          .setMaxAliasesForCollections(
              Integer.MAX_VALUE) // what they make together is bounded below
          .build();
  private static final int VALUES_MAX = 500_000;
  private static final int DEPTH_MAX = 64;

  private final Complaints complaints;
  private final Function<Optional<Mark>, Place> places;
  private int values;
  private boolean endless;

  private YamlReader(Complaints complaints, Function<Optional<Mark>, Place> places) {
    this.complaints = complaints;
    this.places = places;
  }

  /// The values of a file; empty when it holds none or is not YAML, which is then complained about.
  static Optional<Value> file(String name, String content, Complaints complaints) {
    Function<Optional<Mark>, Place> places =
        mark ->
            mark.map(at -> new Place(name, at.getLine() + 1, at.getColumn() + 1))
                .orElseGet(() -> Place.whole(name));
    var reader = new YamlReader(complaints, places);
    try {
      return reader.read(content, reader::root);
    } catch (MarkedYamlEngineException e) {
      var place = places.apply(e.getProblemMark());
      complaints.add(new ConfigProblem.NotYaml(Spot.written(place, ""), YamlWording.of(e)));
    } catch (YamlEngineException e) {
      var spot = Spot.written(Place.whole(name), "");
      complaints.add(new ConfigProblem.NotYaml(spot, YamlWording.of(e)));
    }
    return Optional.empty();
  }

  /// The values of a variable that holds a JSON array; all of them have the spot of the text that
  /// uses the variable. JSON is YAML, so one reader does for both.
  static Optional<Value> variable(Scalar text, Complaints complaints) {
    var reader = new YamlReader(complaints, _ -> text.spot().place());
    try {
      return reader.read(text.text(), _ -> text.spot());
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      int column = e.getProblemMark().map(Mark::getColumn).orElse(0) + 1;
      complaints.add(new ConfigProblem.ListNotJson(text.spot(), line, column, YamlWording.of(e)));
    } catch (YamlEngineException e) {
      complaints.add(new ConfigProblem.ListNotJson(text.spot(), 1, 1, YamlWording.of(e)));
    }
    return Optional.empty();
  }

  /// What YAML takes an unquoted text for.
  static Kind kind(String plain) {
    return kind(new JsonSchema().getScalarResolver().resolve(plain, true));
  }

  private static Kind kind(Tag tag) {
    return Tag.INT.equals(tag)
        ? Kind.WHOLE
        : Tag.FLOAT.equals(tag)
            ? Kind.DECIMAL
            : Tag.BOOL.equals(tag) ? Kind.BOOLEAN : Tag.NULL.equals(tag) ? Kind.NOTHING : Kind.TEXT;
  }

  private Optional<Value> read(String text, Function<Node, Spot> root) {
    return compose(text).map(node -> value(node, root.apply(node), 0)).filter(_ -> !endless);
  }

  private Optional<Node> compose(String text) {
    return new Compose(SETTINGS)
        .composeString(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private Spot root(Node node) {
    return Spot.written(place(node), "");
  }

  private Place place(Node node) {
    return places.apply(node.getStartMark());
  }

  private Value value(Node node, Spot spot, int depth) {
    values++;
    if (values > VALUES_MAX || depth > DEPTH_MAX) {
      if (!endless) {
        complaints.add(new ConfigProblem.TooManyAliases(Spot.written(spot.place(), "")));
      }
      endless = true;
      return Scalar.text(spot, "").lost();
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, spot);
      case SequenceNode sequence -> sequence(sequence, spot, depth);
      case MappingNode mapping -> mapping(mapping, spot, depth);
      default -> throw new IllegalStateException("this is a bug in latchkey: " + node.getTag());
    };
  }

  private static Value scalar(ScalarNode node, Spot spot) {
    var style = node.isPlain() ? Style.PLAIN : Style.QUOTED;
    return new Scalar(spot, node.getValue(), kind(node.getTag()), style);
  }

  private Value sequence(SequenceNode node, Spot spot, int depth) {
    var items = new ArrayList<Value>();
    for (Node item : node.getValue()) {
      items.add(value(item, entry(spot.item(items.size(), place(item)), items.size()), depth + 1));
    }
    return new Value.Sequence(spot, items);
  }

  private static Spot entry(Spot spot, int index) {
    return switch (spot.source()) {
      case Source.Variable(var name, var entry) when entry == 0 ->
          spot.from(new Source.Variable(name, index + 1));
      case Source.Variable _, Source.Written _ -> spot;
    };
  }

  private Value mapping(MappingNode node, Spot spot, int depth) {
    var fields = new LinkedHashMap<String, Value.Field>();
    for (NodeTuple tuple : node.getValue()) {
      var keySpot = new Spot(place(tuple.getKeyNode()), spot.path(), spot.source());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        complaints.add(new ConfigProblem.WrongType(keySpot, "texts as keys", "keyed by a list"));
        continue;
      }
      String name = key.getValue();
      var before = fields.get(name);
      if (before != null) {
        int line = before.key().place().line();
        complaints.add(new ConfigProblem.KeyTwice(keySpot, name, line));
      }
      var place = place(tuple.getValueNode());
      var value = value(tuple.getValueNode(), spot.key(name, place), depth + 1);
      fields.put(name, new Value.Field(keySpot, value));
    }
    return new Value.Mapping(spot, fields);
  }
}
