package levee.server;

import java.util.List;
import java.util.Optional;

/** What other modules let the server do. */
public interface Addition {
    /** Nothing more than what it does by itself. */
    Addition NONE = new Addition() {
        @Override
        public List<Operation> operations() {
            return List.of();
        }

        @Override
        public Optional<byte[]> page(Problem problem) {
            return Optional.empty();
        }
    };

    List<Operation> operations();

    /** How a problem is told to somebody who looks at it in a browser; empty where as to programs. */
    Optional<byte[]> page(Problem problem);
}
