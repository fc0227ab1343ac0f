package dev.switchboard.settings;

/** Why a value can't be taken, as a sentence that reads on from the variable's name. Never holds a secret. */
final class Refusal extends Exception {
    private final String sentence;

    Refusal(String sentence) {
        // Control flow inside this package: nobody reads its stack.
        super(sentence, null, false, false);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
