package levee.drill;

/** Something that sends packets, one at a time: a connection, a flood, or what starts others. */
interface Actor {
    /** What {@link #act} returns when it was the last time. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Acts at the time {@link Stage#now}; sends one packet at the most.
     *
     * @return when to act next, in nanoseconds since 1970, or {@link #NEVER}
     */
    long act(Stage stage);
}
