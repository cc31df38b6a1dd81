package levee.sharing;

/** Whether a fingerprint that others may see says who was attacked. */
public enum TargetPrivacy {
    /** The target is {@code Anonymous}, and what names it indirectly is left out. */
    HIDE,
    SHOW
}
