package levee.alert;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The first line's worth of an answer. Of a long one the rest is not received. */
final class BoundedBody implements HttpResponse.BodySubscriber<String> {
    /** Short answers are received whole, so that the connection can be used again. */
    private static final int MOST_BYTES = 16_384;

    private static final int LONGEST_EXCERPT = 200;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<String> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription started) {
        subscription = started;
        started.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[Math.min(buffer.remaining(), MOST_BYTES - received.size())];
            buffer.get(bytes);
            received.writeBytes(bytes);
        }
        Flow.Subscription current = subscription;
        if (current == null) {
            return;
        }
        if (received.size() >= MOST_BYTES) {
            current.cancel();
            onComplete();
        } else {
            current.request(1);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        body.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        body.complete(Plain.line(received.toString(StandardCharsets.UTF_8).strip(), LONGEST_EXCERPT));
    }
}
