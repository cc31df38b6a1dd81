package levee.sharing;

/**
 * A fingerprint in the format of the DDoS Clearing House.
 *
 * @param key identifies the attack, and names the file
 * @param json the indented document with a line end
 */
public record Fingerprint(String key, String json) {
    /** The name that the format gives the file. */
    public String fileName() {
        return key + ".json";
    }
}
