package levee.flowexport;

import levee.model.IpAddress;

/** A datagram, where it came from, and when. */
record ReceivedDatagram(IpAddress from, long nanos, byte[] bytes) {}
