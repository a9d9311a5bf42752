package io.openqpr.code.image;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The edges of a symbol's dark areas as closed lines, to be filled as one shape. Modules drawn one
/// by one would show hairlines between them when a printer or a screen rounds.
///
/// Dark is always to the right of the way, so holes run the other way round, and every filling rule
/// gives the same picture.
final class Outline {

  private static final int RIGHT = 0;
  private static final int DOWN = 1;
  private static final int LEFT = 2;
  private static final int UP = 3;
  private static final int DIRECTIONS = 4;

  private final Symbol symbol;
  private final BitSet walkedToTheRight = new BitSet();

  private Outline(Symbol symbol) {
    this.symbol = symbol;
  }

  /// A corner of a line, in modules.
  record Corner(int x, int y) {}

  /// Lines that end where they begin; that corner is named once.
  static List<List<Corner>> of(Symbol symbol) {
    return new Outline(symbol).lines();
  }

  private List<List<Corner>> lines() {
    var lines = new ArrayList<List<Corner>>();
    for (int y = 0; y <= symbol.size(); y++) {
      for (int x = 0; x < symbol.size(); x++) {
        if (isEdge(x, y, RIGHT) && !walkedToTheRight.get(index(x, y)) && !isEdge(x - 1, y, RIGHT)) {
          lines.add(lineFrom(x, y));
        }
      }
    }
    return lines;
  }

  private List<Corner> lineFrom(int startX, int startY) {
    var corners = new ArrayList<Corner>();
    int x = startX;
    int y = startY;
    int direction = RIGHT;
    do {
      corners.add(new Corner(x, y));
      do {
        if (direction == RIGHT) {
          walkedToTheRight.set(index(x, y));
        }
        x += direction == RIGHT ? 1 : direction == LEFT ? -1 : 0;
        y += direction == DOWN ? 1 : direction == UP ? -1 : 0;
      } while (!turns(x, y, direction));
      direction = turned(x, y, direction);
    } while (x != startX || y != startY || direction != RIGHT);
    return corners;
  }

  private boolean turns(int x, int y, int direction) {
    return turned(x, y, direction) != direction;
  }

  /// To the right where there is a way, else straight on, else to the left.
  private int turned(int x, int y, int direction) {
    for (int turn = 1; turn >= -1; turn--) {
      int next = (direction + turn + DIRECTIONS) % DIRECTIONS;
      if (isEdge(x, y, next)) {
        return next;
      }
    }
    throw new IllegalStateException("a line ends at " + x + ", " + y);
  }

  /// Whether, going one module from this corner, dark is to the right and light to the left.
  private boolean isEdge(int x, int y, int direction) {
    return switch (direction) {
      case RIGHT -> symbol.dark(x, y) && !symbol.dark(x, y - 1);
      case DOWN -> symbol.dark(x - 1, y) && !symbol.dark(x, y);
      case LEFT -> symbol.dark(x - 1, y - 1) && !symbol.dark(x - 1, y);
      default -> symbol.dark(x, y - 1) && !symbol.dark(x - 1, y - 1);
    };
  }

  private int index(int x, int y) {
    return y * (symbol.size() + 1) + x;
  }
}
