package levee.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import levee.archive.ArchiveReader;
import levee.archive.FlowBlock;
import levee.archive.FlowFilter;
import levee.model.Attack.Volume;
import levee.model.EpochNanos;
import levee.model.HostTraffic.Archived;
import levee.model.HostTraffic.ArchivedPeer;
import levee.model.HostTraffic.ArchivedService;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.model.Talkers.Side;

/**
 * What the archive of flows holds of an address, of the last minutes. Reading ends after so many flows or so long, whatever
 * is asked for how often: one reads at a time.
 */
final class ArchivedTraffic {
    private static final Duration RANGE = Duration.ofMinutes(10);

    /** A flow is told of after it has gone on, and written some seconds later. */
    private static final Duration LATE = Duration.ofMinutes(1);

    static final int MOST_FLOWS = 200_000;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_WAIT_SECONDS = 3;
    private static final int MOST_PEERS = 50;
    private static final int MOST_SERVICES = 50;

    private final Path folder;
    private final InstantSource clock;
    private final int mostFlows;
    private final ReentrantLock reading = new ReentrantLock();

    ArchivedTraffic(Path folder, InstantSource clock) {
        this(folder, clock, MOST_FLOWS);
    }

    /** The same with another limit. */
    ArchivedTraffic(Path folder, InstantSource clock, int mostFlows) {
        this.folder = folder;
        this.clock = clock;
        this.mostFlows = mostFlows;
    }

    /** From any thread, which reads. Empty if there is nothing; what cannot be read in time is said to be incomplete. */
    Optional<Archived> of(IpAddress address) {
        Instant from = clock.instant().minus(RANGE);
        try {
            if (!reading.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return Optional.of(nothing(from));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(nothing(from));
        }
        try {
            Reading found = new Reading(address, EpochNanos.of(from), mostFlows);
            ArchiveReader.Summary read = new ArchiveReader(folder).scan(filter(address, from), found);
            return found.flows == 0
                    ? Optional.empty()
                    : Optional.of(found.result(
                            from, read.damaged() == 0 && read.unreadable().isEmpty()));
        } catch (IOException e) {
            return Optional.of(nothing(from));
        } finally {
            reading.unlock();
        }
    }

    private static Archived nothing(Instant from) {
        return new Archived(from, false, 0, List.of(), List.of());
    }

    private static FlowFilter filter(IpAddress address, Instant from) {
        return new FlowFilter(
                List.of(Prefix.host(address)),
                List.of(),
                OptionalInt.empty(),
                Set.of(),
                Set.of(),
                EpochNanos.of(from),
                Long.MAX_VALUE);
    }

    /** What a flow has in common with others: a service, at which end. */
    private record ServiceKey(int protocol, int port, Side side) {}

    private static final class Sum {
        long flows;
        Volume received = Volume.NONE;
        Volume sent = Volume.NONE;

        void add(boolean isSent, Volume volume) {
            flows++;
            if (isSent) {
                sent = sent.plus(volume);
            } else {
                received = received.plus(volume);
            }
        }

        long bytes() {
            return received.bytes() + sent.bytes();
        }
    }

    /** Bounded by the number of flows that are read. */
    private static final class Reading implements ArchiveReader.Visitor {
        private final IpAddress address;
        private final long enoughNanos;
        private final int mostFlows;
        private final long began = System.nanoTime();
        private final Map<IpAddress, Sum> peers = new HashMap<>();
        private final Map<ServiceKey, Sum> services = new HashMap<>();
        private long flows;
        private boolean isCutOff;

        Reading(IpAddress address, long fromNanos, int mostFlows) {
            this.address = address;
            this.mostFlows = mostFlows;
            enoughNanos = fromNanos - LATE.toNanos();
        }

        @Override
        public void visit(FlowBlock block, int[] rows, int count) {
            for (int i = count - 1; i >= 0; i--) {
                if (flows == mostFlows) {
                    isCutOff = true;
                    return;
                }
                flows++;
                add(block, rows[i]);
            }
        }

        private void add(FlowBlock block, int row) {
            boolean isSent = block.sourceHigh[row] == address.high() && block.sourceLow[row] == address.low();
            Volume volume = new Volume(block.packets[row], block.bytes[row]);
            IpAddress peer = isSent
                    ? new IpAddress(block.destinationHigh[row], block.destinationLow[row])
                    : new IpAddress(block.sourceHigh[row], block.sourceLow[row]);
            peers.computeIfAbsent(peer, p -> new Sum()).add(isSent, volume);
            int protocol = block.protocol[row] & 0xff;
            boolean hasPorts = Protocols.hasPorts(protocol);
            int own = !hasPorts ? 0 : isSent ? block.sourcePort[row] : block.destinationPort[row];
            int other = !hasPorts ? 0 : isSent ? block.destinationPort[row] : block.sourcePort[row];
            ServiceKey key = new ServiceKey(protocol, Math.min(own, other), own <= other ? Side.OWN : Side.REMOTE);
            services.computeIfAbsent(key, k -> new Sum()).add(isSent, volume);
        }

        @Override
        public void progress(long bytes, long totalBytes) {
            // Nobody looks on.
        }

        @Override
        public boolean goesOn(long receivedNanos) {
            if (System.nanoTime() - began > MOST_NANOS) {
                isCutOff = true;
            }
            return !isCutOff && receivedNanos >= enoughNanos;
        }

        Archived result(Instant from, boolean isSound) {
            return new Archived(
                    from,
                    isSound && !isCutOff,
                    flows,
                    peers.entrySet().stream()
                            .sorted(Comparator.comparingLong((Map.Entry<IpAddress, Sum> entry) ->
                                            entry.getValue().bytes())
                                    .reversed()
                                    .thenComparing(Map.Entry::getKey))
                            .limit(MOST_PEERS)
                            .map(entry -> new ArchivedPeer(
                                    entry.getKey(),
                                    entry.getValue().flows,
                                    entry.getValue().received,
                                    entry.getValue().sent))
                            .toList(),
                    services.entrySet().stream()
                            .sorted(Comparator.comparingLong((Map.Entry<ServiceKey, Sum> entry) ->
                                            entry.getValue().bytes())
                                    .reversed()
                                    .thenComparing(entry -> entry.getKey().toString()))
                            .limit(MOST_SERVICES)
                            .map(entry -> new ArchivedService(
                                    entry.getKey().protocol(),
                                    entry.getKey().port(),
                                    entry.getKey().side(),
                                    entry.getValue().flows,
                                    entry.getValue().received,
                                    entry.getValue().sent))
                            .toList());
        }
    }
}
