package levee.drill;

/** One, and when it is over another. */
record After(Actor first, Actor then) implements Actor {
    @Override
    public long act(Stage stage) {
        long again = first.act(stage);
        if (again == NEVER) {
            stage.add(stage.now + 1_000_000, then);
        }
        return again;
    }
}
