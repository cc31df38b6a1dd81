package levee.evaluation;

import java.io.IOException;

/** A document is not what it should be; the message says where and what was expected there. */
public final class InvalidDocumentException extends IOException {
    private static final long serialVersionUID = 1L;

    InvalidDocumentException(String message) {
        super(message);
    }
}
