package levee.engine;

/** Is told how far reading has come. Called for every batch, so it has to be quick. */
public interface ReadProgress {
    /** Tells nobody. */
    ReadProgress NONE = new ReadProgress() {
        @Override
        public void began(Analyzer.Location input) {}

        @Override
        public void read(long bytes, long rows) {}

        @Override
        public void finished() {}
    };

    /** Reading of an input begins. */
    void began(Analyzer.Location input);

    /**
     * @param bytes bytes of the present input so far, as they lie in the file
     * @param rows packets or records of it so far
     */
    void read(long bytes, long rows);

    /** The present input is at its end. */
    void finished();
}
