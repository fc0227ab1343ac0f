package dev.switchboard.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one benchmark found: a table of figures, and the goals they were held against. */
final class Report {
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final String name;
    private final String title;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final List<Goal> goals = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param title what was measured, in which unit */
    Report(String name, String title) {
        this.name = name;
        this.title = title;
    }

    /** A goal of the issue beside what was found. */
    private record Goal(String goal, String found, boolean met) {}

    /** A row: names of columns and what stands in them, in turn. */
    Report row(Object... columnsAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            row.put(String.valueOf(columnsAndValues[i]), columnsAndValues[i + 1]);
        }
        rows.add(row);
        return this;
    }

    /** Holds a figure against the most it may be. */
    Report atMost(String goal, double found, double most) {
        goals.add(new Goal(goal, Spread.number(found), found <= most));
        return this;
    }

    /** Holds a figure against the least it may be. */
    Report atLeast(String goal, double found, double least) {
        goals.add(new Goal(goal, Spread.number(found), found >= least));
        return this;
    }

    /** Something that helps to read the figures. */
    Report note(String words) {
        notes.add(words);
        return this;
    }

    /** A table that reads as text and as Markdown. */
    void print(PrintStream out) {
        out.println();
        out.println("## " + name + ": " + title);
        out.println();
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        Map<String, Integer> widths = new LinkedHashMap<>();
        columns.forEach(column -> widths.put(
                column,
                rows.stream().mapToInt(row -> cell(row, column).length()).reduce(column.length(), Math::max)));
        print(out, widths, columns.stream().toList());
        print(out, widths, widths.values().stream().map("-"::repeat).toList());
        rows.forEach(row -> print(
                out, widths, columns.stream().map(column -> cell(row, column)).toList()));
        out.println();
        goals.forEach(goal ->
                out.println("- " + (goal.met() ? "met: " : "MISSED: ") + goal.goal() + "; found " + goal.found()));
        notes.forEach(note -> out.println("- " + note));
        out.flush();
    }

    private static void print(PrintStream out, Map<String, Integer> widths, List<String> cells) {
        StringBuilder line = new StringBuilder("|");
        int column = 0;
        for (int width : widths.values()) {
            String cell = cells.get(column++);
            line.append(' ')
                    .append(cell)
                    .append(" ".repeat(width - cell.length()))
                    .append(" |");
        }
        out.println(line);
    }

    private static String cell(Map<String, Object> row, String column) {
        Object value = row.getOrDefault(column, "");
        return value instanceof Number number ? Spread.number(number.doubleValue()) : String.valueOf(value);
    }

    /** Writes {@code NAME-DATE.json}. */
    void write(Path folder, Map<String, String> machine) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("title", title);
        json.put("machine", machine);
        json.put("rows", rows.stream().map(Report::written).toList());
        json.put("goals", goals);
        json.put("notes", notes);
        Files.createDirectories(folder);
        String date = machine.getOrDefault("date", "undated").replace(":", "");
        Files.writeString(folder.resolve(name + '-' + date + ".json"), JSON.toJson(json) + '\n');
    }

    private static Map<String, Object> written(Map<String, Object> row) {
        Map<String, Object> written = new LinkedHashMap<>();
        row.forEach((column, value) -> written.put(column, value instanceof Spread spread ? figures(spread) : value));
        return written;
    }

    private static Map<String, Object> figures(Spread spread) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("median", spread.median());
        figures.put("least", spread.least());
        figures.put("most", spread.most());
        figures.put("rounds", spread.rounds());
        return figures;
    }
}
