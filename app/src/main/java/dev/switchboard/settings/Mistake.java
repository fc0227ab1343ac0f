package dev.switchboard.settings;

/**
 * One thing the operator has to mend before the program can start. Holds no secret and no line break.
 *
 * @param variable the variable, or the option, that is wrong
 * @param problem what is wrong with it, and what to do where that isn't plain; reads on from the variable's name
 * @param example a right value
 */
public record Mistake(String variable, String problem, String example) {
    public Mistake {
        variable = Quoted.oneLine(variable);
        problem = Quoted.oneLine(problem);
        example = Quoted.oneLine(example);
    }

    /** The mistake as one line for a terminal, without a line break at its end. */
    public String line() {
        return variable + ": " + problem + ", for example " + example;
    }
}
